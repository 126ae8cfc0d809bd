import { Chart } from 'cdk8s';
import { App } from 'podwright';
import { KubeDeployment, KubeIngress, KubeService } from 'podwright/k8s';
import base from './base.json';
import { environments } from './environments';

// biome-ignore lint/suspicious/noExplicitAny: settings of any shape
function merge(a: any, b: any): any {
  if (typeof a !== 'object' || typeof b !== 'object' || Array.isArray(a)) return b ?? a;
  const result = { ...a };
  for (const [key, value] of Object.entries(b)) result[key] = key in result ? merge(result[key], value) : value;
  return result;
}

const app = new App();
for (const [name, own] of Object.entries(environments)) {
  const settings = merge(base, own);
  const { web, labels } = settings;
  const chart = new Chart(app, name, { namespace: `${settings.namespace}-${name}`, labels });
  const selector = { app: 'web' };
  new KubeDeployment(chart, 'web', {
    spec: {
      replicas: settings.replicas,
      selector: { matchLabels: selector },
      template: {
        metadata: { labels: { ...selector, ...labels } },
        spec: {
          tolerations: settings.tolerations,
          containers: [
            {
              name: 'web',
              image: web.image,
              ports: [{ name: 'http', containerPort: web.port }],
              env: Object.keys(web.env).map((key) => ({ name: key, value: web.env[key] })),
              resources: { limits: { memory: web.memory } },
              readinessProbe: {
                httpGet: { path: web.probe.path, port: 'http' },
                periodSeconds: web.probe.period,
              },
            },
          ],
        },
      },
    },
  });
  new KubeService(chart, 'web-service', {
    spec: { selector, type: 'ClusterIP', ports: [{ port: 80, targetPort: 'http' }] },
  });
  new KubeIngress(chart, 'web-ingress', {
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: settings.host,
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: 'web-service', port: { number: 80 } } } },
            ],
          },
        },
      ],
    },
  });
}
app.synth();

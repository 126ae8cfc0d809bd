import { Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { App } from 'podwright';

const app = new App();
const chart = new Chart(app, 'plus');

const settings = new kplus.ConfigMap(chart, 'settings', {
  metadata: { name: 'settings' },
  data: { 'app.ini': 'threads = 4', level: 'info' },
});

const deployment = new kplus.Deployment(chart, 'web', {
  metadata: { name: 'web', labels: { tier: 'front' }, annotations: { 'example.com/team': 'web' } },
  replicas: 2,
  minReady: Duration.seconds(5),
  progressDeadline: Duration.minutes(5),
  containers: [
    {
      name: 'web',
      image: 'nginx:1.27',
      portNumber: 8080,
      envVariables: {
        LEVEL: kplus.EnvValue.fromConfigMap(settings, 'level'),
        MODE: kplus.EnvValue.fromValue('production'),
      },
      resources: {
        cpu: { request: kplus.Cpu.millis(100), limit: kplus.Cpu.units(1) },
        memory: { request: Size.mebibytes(64), limit: Size.mebibytes(128) },
      },
      liveness: kplus.Probe.fromHttpGet('/live', { port: 8080, periodSeconds: Duration.seconds(15) }),
      securityContext: { user: 1000, group: 2000 },
    },
  ],
});
deployment.metadata.addLabel('release', 'stable');
const cache = kplus.Volume.fromEmptyDir(chart, 'cache', 'cache', { sizeLimit: Size.mebibytes(32) });
deployment.containers[0]?.mount('/var/cache', cache);

const service = deployment.exposeViaService({ name: 'web', ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
new kplus.Ingress(chart, 'ingress', {
  rules: [{ host: 'web.example.com', path: '/shop', backend: kplus.IngressBackend.fromService(service) }],
});

const job = new kplus.CronJob(chart, 'nightly', {
  schedule: { toString: () => '0', expressionString: '0 2 * * *' } as never,
  timeZone: 'Etc/UTC',
  successfulJobsRetained: 2,
  containers: [{ name: 'nightly', image: 'report:1', args: ['--all'] }],
});
job.metadata.addAnnotation('example.com/why', 'books');

new kplus.HorizontalPodAutoscaler(chart, 'autoscaler', {
  target: new kplus.Deployment(chart, 'scaled', { containers: [{ image: 'scaled:1', portNumber: 9000 }] }),
  minReplicas: 2,
  maxReplicas: 6,
  metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(70))],
});

app.synth();

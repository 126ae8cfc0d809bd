import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { App, Patch, Pod, patch } from 'podwright';

const app = new App();
const chart = new Chart(app, 'raw');

const config = new ApiObject(chart, 'config', {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'config', namespace: 'raw', labels: { app: 'raw' } },
  data: { 'main.conf': 'a = 1\nb = 2\n' },
});
config.addJsonPatch(JsonPatch.add('/metadata/annotations', { 'example.com/checked': 'yes' }));

const stateful = new ApiObject(chart, 'db', {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'db', namespace: 'raw' },
  spec: {
    serviceName: 'db',
    replicas: 3,
    podManagementPolicy: 'Parallel',
    selector: { matchLabels: { app: 'db' } },
    template: {
      metadata: { labels: { app: 'db' } },
      spec: {
        containers: [
          {
            name: 'db',
            image: 'postgres:17',
            ports: [{ name: 'sql', containerPort: 5432 }],
            volumeMounts: [{ name: 'data', mountPath: '/var/lib/postgresql' }],
            lifecycle: { preStop: { exec: { command: ['pg_ctl', 'stop'] } } },
          },
        ],
      },
    },
    volumeClaimTemplates: [
      {
        metadata: { name: 'data' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
      },
    ],
  },
});
stateful.addJsonPatch(
  JsonPatch.replace('/spec/replicas', 5),
  JsonPatch.add('/spec/template/spec/terminationGracePeriodSeconds', 90),
  JsonPatch.add('/spec/template/spec/containers/0/env', [{ name: 'PGDATA', value: '/var/lib/postgresql/data' }]),
);

new ApiObject(chart, 'policy', {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'policy', namespace: 'raw' },
  spec: {
    podSelector: { matchLabels: { app: 'db' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ protocol: 'TCP', port: 5432 }] }],
    egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }],
  },
});

const pod = new Pod(chart, 'client', { containers: [{ name: 'client', image: 'psql:17' }] });
patch(pod, Patch.merge({ spec: { hostname: 'client', priorityClassName: 'low' } }));
patch(pod, Patch.json([{ op: 'add', path: '/spec/dnsPolicy', value: 'Default' }]));
patch(
  pod,
  Patch.strategic({
    spec: { containers: [{ name: 'client', stdin: true, terminationMessagePolicy: 'File' }] },
  }),
);

app.synth();

import { ApiObject, Chart } from 'cdk8s';
import { App, Pod } from 'podwright';

interface Shard {
  id: string;
  port: number;
  memory: string;
  zone?: string;
}

const shards: Shard[] = [
  { id: 'alpha', port: 7001, memory: '128Mi' },
  { id: 'beta', port: 7002, memory: '256Mi', zone: 'eu-1' },
  { id: 'gamma', port: 7003, memory: '512Mi', zone: 'eu-2' },
];

const environments = {
  dev: { replicas: 1, level: 'debug' },
  prod: { replicas: 3, level: 'warn' },
};

const app = new App();
const chart = new Chart(app, 'loops');

for (const { id, port, memory, zone = 'eu-0' } of shards) {
  new Pod(chart, `shard-${id}`, {
    metadata: { labels: { shard: id, zone } },
    containers: [
      {
        name: id,
        image: `store:${port - 7000}.0`,
        args: ['--port', `${port}`],
        ports: [{ name: `p-${id}`, containerPort: port }],
        resources: { requests: { memory } },
      },
    ],
  });
}

Object.entries(environments).forEach(([name, { replicas, level }]) => {
  const labels = { app: 'web', env: name };
  new ApiObject(chart, `web-${name}`, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `web-${name}`, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: ['web', 'log'].map((role, index) => ({
            name: `${role}-${name}`,
            image: [role, 'stable'].join(':'),
            env: [
              { name: 'LEVEL', value: level },
              { name: 'INDEX', value: `${index}` },
            ],
            ports: [{ containerPort: 8080 + index }],
          })),
        },
      },
    },
  });
});

const ports = new Map([
  ['http', 80],
  ['https', 443],
]);
new ApiObject(chart, 'web', {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: {
    selector: { app: 'web' },
    ports: [...ports].map(([name, port]) => ({ name, port, targetPort: 8000 + port })),
  },
});

app.synth();

import { Chart } from 'cdk8s';
import { App, Job, Pod, ScheduledJob } from 'podwright';

const app = new App();
const chart = new Chart(app, 'plain', { namespace: 'plain', labels: { team: 'vision' } });

new Pod(chart, 'web', {
  metadata: { annotations: { 'example.com/owner': 'vision' } },
  terminationGracePeriodSeconds: 20,
  nodeSelector: { 'kubernetes.io/arch': 'amd64' },
  tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'web', effect: 'NoSchedule' }],
  volumes: [
    { name: 'cache', emptyDir: { sizeLimit: '64Mi' } },
    { name: 'config', configMap: { name: 'web', optional: true, defaultMode: 420 } },
  ],
  containers: [
    {
      name: 'nginx',
      image: 'nginx:1.27',
      imagePullPolicy: 'IfNotPresent',
      env: { MODE: 'production', THREADS: 4 },
      ports: [
        { name: 'http', containerPort: 8080 },
        { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
      ],
      resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
      readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 5, failureThreshold: 3 },
      volumeMounts: [
        { name: 'cache', mountPath: '/var/cache' },
        { name: 'config', mountPath: '/etc/web', readOnly: true },
      ],
    },
  ],
});

new Job(chart, 'migrate', {
  backoffLimit: 2,
  ttlSecondsAfterFinished: 600,
  containers: [{ name: 'migrate', image: 'migrate:2', command: ['migrate', 'up'] }],
});

new ScheduledJob(chart, 'sweep', {
  schedule: '0 3 * * *',
  timeZone: 'Etc/UTC',
  concurrencyPolicy: 'Forbid',
  containers: [{ name: 'sweep', image: 'busybox:1.37', args: ['sh', '-c', 'echo swept'] }],
});

app.synth();

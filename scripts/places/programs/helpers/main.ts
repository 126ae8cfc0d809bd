import { Chart } from 'cdk8s';
import { App, Pod } from 'podwright';
import { DEFAULTS, onNodes, probe, resources, service } from './parts';

const app = new App();
const chart = new Chart(app, 'helpers');

const common = { restartPolicy: 'Always', terminationGracePeriodSeconds: DEFAULTS.grace };
const dataVolume = 'data';
const dataPath = '/data';
const mount = { name: dataVolume, mountPath: dataPath };

new Pod(chart, 'api', {
  ...common,
  ...onNodes('cpu'),
  volumes: [{ name: dataVolume, emptyDir: {} }],
  containers: [
    service('api', 8000, { livenessProbe: probe('/live', 8000), volumeMounts: [mount] }),
    service('proxy', 8443, { resources: resources('200m', '256Mi') }),
  ],
});

function worker(name: string, options: { queue: string; threads?: number }) {
  const { queue, threads = 2 } = options;
  const env = [
    { name: 'QUEUE', value: queue },
    { name: 'THREADS', value: String(threads) },
  ];
  const pod = new Pod(chart, name, { ...common, dnsPolicy: 'ClusterFirst' });
  pod.addContainer({ ...service('worker', 8001), env });
  pod.addVolume({ name: 'scratch', emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } });
  pod.addMount({ name: 'scratch', mountPath: '/scratch' });
  return pod;
}

worker('worker-mail', { queue: 'mail' });
worker('worker-video', { queue: 'video', threads: 8 }).addEnv({ LOG_LEVEL: 'debug' });

app.synth();

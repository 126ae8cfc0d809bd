import { Chart, Duration, Size } from 'cdk8s';
import { App, Claim, HashedConfigMap, ModelServer, ScheduledJob, Team, TrainingJob } from 'podwright';

const app = new App();
const teams = new Chart(app, 'teams');
const { name: namespace } = new Team(teams, 'vision', {
  quota: { 'requests.cpu': 16, 'requests.memory': '64Gi', pods: 40 },
  members: [{ kind: 'Group', name: 'vision' }],
});

const chart = new Chart(app, 'vision', { namespace });
const claim = new Claim(chart, 'models', { storage: Size.gibibytes(20), storageClassName: 'fast' });
const prompts = new HashedConfigMap(chart, 'prompts', { data: { 'system.txt': 'be brief' } });

const server = new ModelServer(chart, 'captions', {
  loadSeconds: Duration.minutes(3).toSeconds(),
  port: 8000,
  healthPath: '/healthz',
  replicas: 2,
  minReadySeconds: 5,
  volumes: [{ name: 'prompts', configMap: { name: prompts.name } }],
  containers: [
    {
      name: 'server',
      image: 'captions:4',
      args: ['--port', '8000'],
      env: { MODEL: 'small', BATCH: 16 },
      resources: { requests: { cpu: '1', memory: '2Gi' } },
      volumeMounts: [{ name: 'prompts', mountPath: '/prompts' }],
    },
  ],
});
server.addVolume({ name: 'models', persistentVolumeClaim: { claimName: claim.name } });
server.addMount({ name: 'models', mountPath: '/models', readOnly: true }, { containers: ['server'] });

new TrainingJob(chart, 'finetune', {
  nodes: 2,
  restarts: 3,
  checkpoints: { storage: '50Gi', accessModes: ['ReadWriteMany'] },
  containers: [
    {
      name: 'trainer',
      image: 'trainer:7',
      command: ['python3', 'train.py'],
      env: { EPOCHS: 3, LEARNING_RATE: '1e-5' },
      resources: { requests: { cpu: '4', memory: '8Gi' } },
    },
  ],
});

new ScheduledJob(chart, 'evaluate', {
  schedule: '30 4 * * 1',
  timeZone: 'Europe/Zurich',
  startingDeadlineSeconds: 300,
  successfulJobsHistoryLimit: 2,
  containers: [{ name: 'evaluate', image: 'evaluate:2', env: { TARGET: `http://${server.name}:8000` } }],
});

app.synth();

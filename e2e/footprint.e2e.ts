import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Namespace, useNamespace } from './harness/namespace';
import { provesItself } from './harness/proves';
import { currentRun } from './harness/run';
import { shell } from './harness/shell';
import { until } from './harness/wait';

// A quota counts in the API server what footprint counts from files. Pods need not start for that: the image is not there.
const FOLDER = 'footprint';
const image = 'registry.invalid/none:1';
const security = { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } };
const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const container = (name: string, resources: object, more: object = {}) => ({
  name,
  image,
  resources,
  securityContext,
  ...more,
});
const pod = (containers: object[], more: object = {}) => ({ securityContext: security, containers, ...more });
const cpu = (requests: string, limits?: string) => ({
  requests: { cpu: requests },
  ...(limits && { limits: { cpu: limits } }),
});
const workload = (kind: string, name: string, spec: object, template: object) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: template },
    ...spec,
  },
});
const claim = (storage: string) => ({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } });

const OBJECTS = [
  {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'limits' },
    spec: {
      limits: [
        { type: 'Container', default: { memory: '64Mi', cpu: '90m' }, defaultRequest: { memory: '32Mi', cpu: '5m' } },
      ],
    },
  },
  workload(
    'Deployment',
    'init',
    { replicas: 2 },
    pod([container('a', cpu('10m', '20m')), container('b', {})], {
      initContainers: [
        container('sidecar', cpu('3m'), { restartPolicy: 'Always' }),
        container('large', cpu('40m', '50m')),
        container('late', cpu('1m'), { restartPolicy: 'Always' }),
      ],
    }),
  ),
  workload(
    'StatefulSet',
    'data',
    {
      replicas: 2,
      podManagementPolicy: 'Parallel',
      serviceName: 'data',
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim('1Gi') }],
    },
    pod([container('a', cpu('7m'))]),
  ),
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'own' }, spec: claim('512Mi') },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'whole' },
    spec: pod([container('a', cpu('1m')), container('b', cpu('2m'))], {
      resources: { requests: { cpu: '30m' }, limits: { cpu: '100m', memory: '256Mi' } },
    }),
  },
];
const HARD = {
  pods: 99,
  'requests.cpu': '99',
  'limits.cpu': '99',
  'requests.memory': '99Gi',
  'limits.memory': '99Gi',
  'requests.storage': '99Gi',
  persistentvolumeclaims: 99,
};

const here = useNamespace('footprint');
const apart = useNamespace('footprint-twin');

test('a ResourceQuota of the cluster counts what footprint says', async () => {
  const folder = join(currentRun().folder, FOLDER);
  mkdirSync(join(folder, 'dist'), { recursive: true });
  const file = join(folder, 'dist', 'objects.json');
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: OBJECTS }));
  const command = `node ${resolve(__dirname, '..', 'podwright', 'bin', 'podwright.js')} footprint --format json`;
  const { stdout } = await shell(command, { cwd: folder, env: {} });
  const [{ always }] = JSON.parse(stdout);
  expect(Object.keys(always)).toEqual(Object.keys(HARD).sort());

  await provesItself(
    async ({ namespace, change }: { namespace: Namespace; change: string }) => {
      const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'all' }, spec: { hard: HARD } };
      await namespace.fine('kubectl create -f -', { input: JSON.stringify(quota) });
      await until('the quota to count', async () => (await namespace.get('resourcequota', 'all'))?.status?.used);
      await namespace.fine(`sed '${change}' ${file} | kubectl apply -f -`);
      const used = await until('all pods', async () => {
        const { status } = (await namespace.get('resourcequota', 'all')) ?? {};
        return Number(status?.used.pods) >= Number(always.pods) && status.used;
      });
      expect(used).toEqual(always);
    },
    {
      good: { namespace: here(), change: '' },
      bad: { namespace: apart(), change: 's/"cpu":"40m"/"cpu":"41m"/' },
      because: /"requests.cpu": "\d+m"/,
    },
  );
});

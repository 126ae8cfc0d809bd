import { podSpec, sample, sampleDeployment, samplePod } from '../../rules/samples';
import { Side } from '../diff/side';
import { footprintBetween, footprintChange, footprintOf, sideFootprint } from '../footprint';

const cpu = (amount: string) => ({ resources: { requests: { cpu: amount } } });
const within = (object: ReturnType<typeof samplePod> | object, namespace: string) => {
  const { metadata, ...rest } = object as { metadata: object };
  return { ...rest, metadata: { ...metadata, namespace } };
};
const hpa = (name: string, minReplicas: number, maxReplicas: number) =>
  sample('autoscaling/v2', 'HorizontalPodAutoscaler', name, {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name }, minReplicas, maxReplicas },
  });
const job = (name: string, fields: object, container: object = {}) =>
  sample('batch/v1', 'Job', name, {
    spec: { template: { spec: podSpec(container, { restartPolicy: 'Never' }) }, ...fields },
  });

test('what the API server would not read takes nothing, and nothing is said of what has no pods', () => {
  const broken = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: 'none' } };
  const other = sample('x.example/v1', 'PersistentVolumeClaim', 'a', { spec: null });
  expect(footprintOf([broken, other, sample('v1', 'ConfigMap', 'a'), { kind: 'Pod' }])).toEqual([]);
});

test('what goes on is told from what there is at most: rollouts, autoscalers, Jobs, runs of CronJobs', () => {
  const cron = sample('batch/v1', 'CronJob', 'c', {
    spec: {
      schedule: '*/10 * * * *',
      jobTemplate: {
        spec: { activeDeadlineSeconds: 1200, template: { spec: podSpec(cpu('10m'), { restartPolicy: 'Never' }) } },
      },
    },
  });
  const objects = [
    sampleDeployment('fixed', { replicas: 4 }, cpu('100m')),
    sampleDeployment('scaled', {}, cpu('1')),
    hpa('scaled', 2, 8),
    job('work', { parallelism: 3, completions: 9 }, { resources: { limits: { 'nvidia.com/gpu': 2, cpu: '500m' } } }),
    cron,
  ];
  const [namespace] = footprintOf(objects);
  expect(namespace).toMatchObject({
    namespace: '',
    always: { pods: '6', 'requests.cpu': '2400m' },
    // 4 + 1, 8 + 2, 3 and 2.
    atMost: {
      pods: '20',
      'requests.cpu': '12020m',
      'requests.nvidia.com/gpu': '6',
      'limits.cpu': '1500m',
      'limits.nvidia.com/gpu': '6',
    },
  });
  expect(namespace?.workloads.map(({ object, always, atMost }) => [object.name, always.pods, atMost.pods])).toEqual([
    ['scaled', '2', '10'],
    ['work', undefined, '3'],
    ['fixed', '4', '5'],
    ['c', undefined, '2'],
  ]);
});

test('a pod takes what its containers do together, as the API server adds it up', () => {
  const sidecar = { name: 's', image: 's:1', restartPolicy: 'Always', ...cpu('50m') };
  const init = { name: 'i', image: 'i:1', ...cpu('300m') };
  const range = sample('v1', 'LimitRange', 'l', {
    spec: { limits: [{ type: 'Container', defaultRequest: { memory: '1Gi' }, default: { memory: '2Gi' } }] },
  });
  expect(footprintOf([samplePod('a', cpu('100m'), { initContainers: [sidecar, init] }), range])[0]?.always).toEqual({
    pods: '1',
    'requests.cpu': '350m',
    'requests.memory': '2Gi',
    'limits.memory': '4Gi',
  });
});

test('a pod that says limits as a whole requests what its containers say, else these, whatever a LimitRange fills in', () => {
  const range = sample('v1', 'LimitRange', 'l', {
    spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '5m', memory: '1Mi' } }] },
  });
  const whole = (resources: object) => footprintOf([samplePod('a', cpu('100m'), { resources }), range])[0]?.always;
  expect(whole({ limits: { cpu: '1', memory: '1Gi' } })).toMatchObject({
    'requests.cpu': '100m',
    'requests.memory': '1Gi',
  });
  expect(whole({ requests: { cpu: '1' } })).toMatchObject({ 'requests.cpu': '1', 'requests.memory': '1Mi' });
});

test('claims are storage, those of StatefulSets and of ephemeral volumes too', () => {
  const claim = (storage: string) => ({ spec: { resources: { requests: { storage } } } });
  const set = sample('apps/v1', 'StatefulSet', 's', {
    spec: { replicas: 3, template: { spec: podSpec() }, volumeClaimTemplates: [claim('10Gi')] },
  });
  const volumes = [{ name: 'v', ephemeral: { volumeClaimTemplate: claim('5Gi') } }];
  const objects = [set, sample('v1', 'PersistentVolumeClaim', 'p', claim('1Gi')), samplePod('a', {}, { volumes })];
  expect(footprintOf(objects)[0]?.always).toEqual({
    persistentvolumeclaims: '5',
    pods: '4',
    'requests.storage': '36Gi',
  });
});

test('what depends on the cluster is named, and so is what nothing bounds', () => {
  const set = sample('apps/v1', 'DaemonSet', 'agent', { spec: { template: { spec: podSpec() } } });
  const cron = sample('batch/v1', 'CronJob', 'c', {
    spec: { schedule: '@hourly', jobTemplate: { spec: { template: { spec: podSpec() } } } },
  });
  expect(footprintOf([set, cron])).toMatchObject([
    {
      uncounted: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent' }],
      workloads: [{ object: { name: 'c' }, unbounded: 'its runs may overlap: no activeDeadlineSeconds bounds them' }],
    },
  ]);
});

test('each namespace of each environment is by itself, and only what changes is a change', () => {
  const side = (image: string, replicas: number) =>
    new Side({
      label: 'a',
      roots: ['dist'],
      environments: ['lab', 'prod'],
      files: new Map(
        ['lab', 'prod'].map((name) => [
          `dist/${name}/a.yaml`,
          ['x', 'y']
            .map((namespace) =>
              JSON.stringify(
                within(
                  sampleDeployment('a', { replicas: name === 'prod' && namespace === 'y' ? replicas : 1 }, { image }),
                  namespace,
                ),
              ),
            )
            .join('\n---\n'),
        ]),
      ),
    });
  const before = sideFootprint(side('a:1', 1));
  expect(before.map(({ environment, namespace }) => `${environment} ${namespace}`)).toEqual([
    'lab x',
    'lab y',
    'prod x',
    'prod y',
  ]);
  expect(footprintChange(before, sideFootprint(side('a:2', 3)))).toEqual([
    {
      environment: 'prod',
      namespace: 'y',
      before: { always: { pods: '1' }, atMost: { pods: '2' } },
      after: { always: { pods: '3' }, atMost: { pods: '4' } },
    },
  ]);
  expect(footprintChange(before, []).map(({ after }) => after)).toEqual([undefined, undefined, undefined, undefined]);
});

test('only what an object has changed in is looked at, and a RuntimeClass is for all', () => {
  const pod = (namespace: string, cpu: string) =>
    within(samplePod('a', { resources: { requests: { cpu } } }, { runtimeClassName: 'vm' }), namespace);
  const runtime = (cpu: string) => sample('node.k8s.io/v1', 'RuntimeClass', 'vm', { overhead: { podFixed: { cpu } } });
  const side = (...objects: object[]) =>
    new Side({ label: 'a', files: new Map([['a.yaml', objects.map((one) => JSON.stringify(one)).join('\n---\n')]]) });
  const changed = (kind: string, namespace?: string) => [
    {
      object: {
        apiVersion: kind === 'RuntimeClass' ? 'node.k8s.io/v1' : 'v1',
        kind,
        name: 'a',
        ...(namespace && { namespace }),
      },
    },
  ];
  const before = side(runtime('1'), pod('x', '1'), pod('y', '1'));
  const found = (after: Side, ...args: Parameters<typeof changed>) =>
    footprintBetween(before, after, changed(...args)).map(
      ({ namespace, before, after }) =>
        `${namespace} ${before?.always['requests.cpu']} -> ${after?.always['requests.cpu']}`,
    );
  const after = side(runtime('1'), pod('x', '3'), pod('y', '3'));
  expect(found(after, 'ConfigMap', 'x')).toEqual([]);
  expect(found(after, 'Pod', 'x')).toEqual(['x 2 -> 4']);
  expect(found(side(runtime('2'), pod('x', '1'), pod('y', '1')), 'RuntimeClass')).toEqual(['x 2 -> 3', 'y 2 -> 3']);
});

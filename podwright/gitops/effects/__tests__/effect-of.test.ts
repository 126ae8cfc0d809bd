import { ClusterObjects } from '../cluster-objects';
import type { Any } from '../effect';
import { effectOf, type ObjectEffect } from '../effect-of';

const container = (extra: object = {}) => ({ name: 'main', image: 'busybox:1.36', ...extra });
const template = (spec: object = {}, metadata: object = {}) => ({
  metadata: { labels: { app: 'a' }, ...metadata },
  spec: { containers: [container()], ...spec },
});
const selector = { matchLabels: { app: 'a' } };

function object(apiVersion: string, kind: string, fields: object): Any {
  return { apiVersion, kind, metadata: { name: 'a', namespace: 'team' }, ...fields };
}
const deployment = (spec: object = {}) =>
  object('apps/v1', 'Deployment', { spec: { selector, template: template(), ...spec } });
const statefulSet = (spec: object = {}) =>
  object('apps/v1', 'StatefulSet', {
    spec: { serviceName: 'a', replicas: 3, selector, template: template(), ...spec },
  });
const daemonSet = (spec: object = {}) =>
  object('apps/v1', 'DaemonSet', { spec: { selector, template: template(), ...spec } });
const job = (spec: object = {}) =>
  object('batch/v1', 'Job', { spec: { template: template({ restartPolicy: 'Never' }), ...spec } });
const pod = (spec: object = {}) => object('v1', 'Pod', { spec: { containers: [container()], ...spec } });
const service = (spec: object = {}) =>
  object('v1', 'Service', { spec: { selector: { app: 'a' }, ports: [{ port: 80 }], ...spec } });
const claim = (storage: string, spec: object = {}) =>
  object('v1', 'PersistentVolumeClaim', {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, ...spec },
  });
const configMap = (fields: object) => object('v1', 'ConfigMap', fields);
const image = (name: string) => template({ containers: [container({ image: name })] });

function effect(before: Any, after: Any, others: readonly Any[] = []): ObjectEffect {
  return effectOf(before, after, {
    version: '1.34',
    cluster: new ClusterObjects([after, ...others]),
  });
}

const withContainer = (fields: object) => deployment({ template: template({ containers: [container(fields)] }) });

test.each<[string, Any, Any]>([
  ['a default written out', deployment(), deployment({ replicas: 1, revisionHistoryLimit: 10 })],
  ['a default left out again', deployment({ replicas: 1 }), deployment()],
  [
    'an amount in another form',
    withContainer({ resources: { limits: { cpu: '1' } } }),
    withContainer({ resources: { limits: { cpu: '1000m' } } }),
  ],
  ['an empty list', deployment(), deployment({ template: template({ volumes: [] }) })],
  ['a headless Service that no longer says so', service({ clusterIP: 'None' }), service()],
  [
    'text instead of base64',
    object('v1', 'Secret', { data: { a: 'Yg==' } }),
    object('v1', 'Secret', { stringData: { a: 'b' } }),
  ],
])('finds nothing in %s', (_, before, after) => {
  expect(effect(before, after)).toEqual({ effect: 'nothing', outcomes: [], fields: [] });
});

/** What happens, as one line: the class, then what is said of it. */
function line({ effect: name, outcomes: [first] }: ObjectEffect): string {
  const { what, ends, waitsFor } = first ?? { what: '' };
  return `${name}: ${what}${ends ? ` | ends ${ends}` : ''}${waitsFor ? ` | once ${waitsFor}` : ''}`;
}

const recreated = 'is immutable | ends its pods, where it still runs; it runs from the beginning again';

test.each<[string, Any, Any]>([
  [
    'rolling-restart: rolls its pods, 25% more and 25% fewer than asked for at a time',
    deployment(),
    deployment({ template: image('busybox:1.37') }),
  ],
  [
    'rolling-restart: rolls its pods | once spec.paused is taken away',
    deployment({ paused: true }),
    deployment({ paused: true, template: image('busybox:1.37') }),
  ],
  [
    'rolling-restart: all its pods end before new ones start',
    deployment({ strategy: { type: 'Recreate' } }),
    deployment({ strategy: { type: 'Recreate' }, template: image('busybox:1.37') }),
  ],
  ['in-place: holds changes of the template back', deployment(), deployment({ paused: true })],
  ['in-place: the object takes the change', deployment(), deployment({ minReadySeconds: 5 })],
  [
    'in-place: only the object itself is marked otherwise',
    deployment(),
    { ...deployment(), metadata: { name: 'a', namespace: 'team', labels: { a: 'b' } } },
  ],
  ['scale: 1 pod becomes 3', deployment(), deployment({ replicas: 3 })],
  ['scale: 3 pods become 1 | ends 2 of its pods', deployment({ replicas: 3 }), deployment()],
  [
    'recreate: the selector is immutable | ends its pods',
    deployment(),
    deployment({ selector: { matchLabels: { app: 'b' } }, template: template({}, { labels: { app: 'b' } }) }),
  ],
  ['rolling-restart: rolls its pods, the last first', statefulSet(), statefulSet({ template: image('busybox:1.37') })],
  [
    'rolling-restart: its pods are replaced | once someone deletes them: its strategy is OnDelete',
    statefulSet({ updateStrategy: { type: 'OnDelete' } }),
    statefulSet({ updateStrategy: { type: 'OnDelete' }, template: image('busybox:1.37') }),
  ],
  [
    'rolling-restart: rolls its pods from number 2 on, the last first',
    statefulSet({ updateStrategy: { rollingUpdate: { partition: 2 } } }),
    statefulSet({ updateStrategy: { rollingUpdate: { partition: 2 } }, template: image('busybox:1.37') }),
  ],
  [
    'recreate: this part of a StatefulSet is immutable | ends its pods; their claims stay',
    statefulSet(),
    statefulSet({ serviceName: 'b' }),
  ],
  [
    'recreate: this part of a StatefulSet is immutable | ends its pods; their claims stay',
    statefulSet(),
    statefulSet({ podManagementPolicy: 'Parallel' }),
  ],
  ['scale: 3 pods become 2 | ends 1 of its pods', statefulSet(), statefulSet({ replicas: 2 })],
  ['rolling-restart: rolls its pods, 1 at a time', daemonSet(), daemonSet({ template: image('busybox:1.37') })],
  [
    'rolling-restart: its pods are replaced | once someone deletes them: its strategy is OnDelete',
    daemonSet({ updateStrategy: { type: 'OnDelete' } }),
    daemonSet({ updateStrategy: { type: 'OnDelete' }, template: image('busybox:1.37') }),
  ],
  [
    'next-pods: pods that run stay as they are',
    object('apps/v1', 'ReplicaSet', { spec: { selector, template: template() } }),
    object('apps/v1', 'ReplicaSet', { spec: { selector, template: image('busybox:1.37') } }),
  ],
  [`recreate: a Job's template ${recreated}`, job(), job({ template: template({ restartPolicy: 'OnFailure' }) })],
  [`recreate: a Job's completions ${recreated}`, job({ completions: 2 }), job({ completions: 3 })],
  [
    'in-place: 3 at a time instead of 1',
    job({ completions: 3, parallelism: 1 }),
    job({ completions: 3, parallelism: 3 }),
  ],
  [
    'in-place: 1 at a time instead of 3 | ends pods beyond that number',
    job({ completions: 3, parallelism: 3 }),
    job({ completions: 3, parallelism: 1 }),
  ],
  ['in-place: it stops | ends its pods', job(), job({ suspend: true })],
  ['in-place: the failures that it had count as well', job(), job({ backoffLimit: 1 })],
  [
    'in-place: taken while it has not started',
    job({ suspend: true }),
    job({ suspend: true, template: template({ restartPolicy: 'Never', nodeSelector: { gpu: 'a' } }) }),
  ],
  [
    'next-run: the runs from the next one on follow it',
    object('batch/v1', 'CronJob', { spec: { schedule: '* * * * *', jobTemplate: { spec: job().spec } } }),
    object('batch/v1', 'CronJob', {
      spec: { schedule: '* * * * *', jobTemplate: { spec: job({ backoffLimit: 1 }).spec } },
    }),
  ],
  [
    'container-restart: container main starts again with the new image; the pod stays | ends what runs in the container',
    pod(),
    pod({ containers: [container({ image: 'busybox:1.37' })] }),
  ],
  [
    'container-restart: container main starts again with the new image; the pod stays | ends what runs in the container',
    pod({ containers: [container({ image: 'busybox' })] }),
    pod({ containers: [container({ image: 'busybox:1.37' })] }),
  ],
  ['in-place: a toleration is added', pod(), pod({ tolerations: [{ key: 'gpu', operator: 'Exists' }] })],
  [
    'in-place: a toleration is added',
    pod({ tolerations: [{ key: 'a', operator: 'Exists' }] }),
    pod({ tolerations: ['a', 'b'].map((key) => ({ key, operator: 'Exists' })) }),
  ],
  [
    'refused: a Pod takes no change to this field: delete it, and apply it again',
    pod({ tolerations: ['a', 'b'].map((key) => ({ key, operator: 'Exists' })) }),
    pod({ tolerations: [{ key: 'a', operator: 'Exists' }] }),
  ],
  [
    'in-place: a gate is lifted',
    pod({ schedulingGates: [{ name: 'a' }, { name: 'b' }] }),
    pod({ schedulingGates: [{ name: 'b' }] }),
  ],
  [
    'in-place: the time that it ran counts as well',
    pod({ activeDeadlineSeconds: 60 }),
    pod({ activeDeadlineSeconds: 30 }),
  ],
  [
    'refused: a Pod takes no change to this field: delete it, and apply it again',
    pod({ activeDeadlineSeconds: 30 }),
    pod({ activeDeadlineSeconds: 60 }),
  ],
  [
    'refused: a Pod takes no change to this field: delete it, and apply it again',
    pod(),
    pod({ containers: [container({ args: ['sleep', '60'] })] }),
  ],
  ['in-place: it sends to other pods', service(), service({ selector: { app: 'b' } })],
  [
    'recreate: a Service does not become headless | ends connections to the old address',
    service(),
    service({ clusterIP: 'None' }),
  ],
  [
    'recreate: its first IP family is immutable | ends connections to its address',
    service({ ipFamilies: ['IPv4'] }),
    service({ ipFamilies: ['IPv6'] }),
  ],
  [
    'in-place: the claim grows, where it is bound and its StorageClass has allowVolumeExpansion',
    claim('1Gi'),
    claim('2Gi'),
  ],
  ['refused: a claim does not shrink', claim('2Gi'), claim('1Gi')],
  [
    'refused: a claim is immutable, and the cluster may have given it its default class; it takes one where not',
    claim('1Gi'),
    claim('1Gi', { storageClassName: 'fast' }),
  ],
  [
    'refused: a claim is immutable but for its size: a new one has none of its data',
    claim('1Gi', { storageClassName: 'slow' }),
    claim('1Gi', { storageClassName: 'fast' }),
  ],
  ['in-place: no pod of the program reads it', configMap({ data: { a: 'b' } }), configMap({ data: { a: 'c' } })],
  [
    'recreate: an immutable ConfigMap takes no other content',
    configMap({ immutable: true, data: { a: 'b' } }),
    configMap({ immutable: true, data: { a: 'c' } }),
  ],
  ['recreate: immutable is not taken back', configMap({ immutable: true }), configMap({})],
  ['in-place: its content is fixed from now on', configMap({}), configMap({ immutable: true })],
  [
    "recreate: a Secret's type is immutable",
    object('v1', 'Secret', {}),
    object('v1', 'Secret', { type: 'example.com/a' }),
  ],
  [
    'recreate: roleRef is immutable | ends what it allows, until it is made again',
    object('rbac.authorization.k8s.io/v1', 'RoleBinding', { roleRef: { kind: 'Role', name: 'a' } }),
    object('rbac.authorization.k8s.io/v1', 'RoleBinding', { roleRef: { kind: 'Role', name: 'b' } }),
  ],
  [
    'recreate: the value is immutable; pods that run keep theirs',
    object('scheduling.k8s.io/v1', 'PriorityClass', { value: 1 }),
    object('scheduling.k8s.io/v1', 'PriorityClass', { value: 2 }),
  ],
  [
    'next-pods: pods are held to it when they are made; those that run stay',
    object('v1', 'Namespace', {}),
    {
      ...object('v1', 'Namespace', {}),
      metadata: { name: 'a', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    },
  ],
  [
    'next-pods: pods are held to it when they are made; those that run stay',
    object('v1', 'ResourceQuota', { spec: { hard: { pods: 1 } } }),
    object('v1', 'ResourceQuota', { spec: { hard: { pods: 2 } } }),
  ],
  [
    'in-place: the same object by autoscaling/v2',
    object('autoscaling/v1', 'HorizontalPodAutoscaler', { spec: {} }),
    object('autoscaling/v2', 'HorizontalPodAutoscaler', { spec: {} }),
  ],
  [
    'in-place: its controller decides what follows',
    object('kueue.x-k8s.io/v1beta2', 'LocalQueue', { spec: { clusterQueue: 'a' } }),
    object('kueue.x-k8s.io/v1beta2', 'LocalQueue', { spec: { clusterQueue: 'b' } }),
  ],
])('%s', (expected, before, after) => {
  expect(line(effect(before, after))).toBe(expected);
});

test('keeps what the server filled in before: another tag does not change the pull policy', () => {
  const { fields } = effect(withContainer({ image: 'busybox' }), withContainer({ image: 'busybox:1.37' }));
  expect(fields.map(({ name, before, after }) => [name, before, after])).toEqual([
    ['spec.template.spec.containers[main].image', 'busybox', 'busybox:1.37'],
  ]);
});

test('finds what live object and manifest make together, and the API server refuses', () => {
  expect(line(effect(statefulSet(), statefulSet({ updateStrategy: { type: 'OnDelete' } })))).toMatch(
    /^refused: \/spec\/updateStrategy\/rollingUpdate: Invalid value/,
  );
  const written = { rollingUpdate: { partition: 0 } };
  const [before, after] = [written, { type: 'OnDelete' }].map((updateStrategy) => statefulSet({ updateStrategy }));
  expect(effect(before, after).effect).toBe('in-place');
});

test('knows that server-side apply leaves what kubectl apply takes away', () => {
  expect(line(effect(deployment(), deployment({ strategy: { type: 'Recreate' } })))).toMatch(/^refused: server-side/);
});

test('gives a Service the fields of its type, and takes those of its last one', () => {
  const types = [{}, { type: 'NodePort' }, { type: 'LoadBalancer' }, { clusterIP: 'None' }].map(service);
  const external = object('v1', 'Service', { spec: { type: 'ExternalName', externalName: 'a.example' } });
  const effects = types.flatMap((before) => [effect(before, service()), effect(before, external)]);
  expect(effects.map((found) => found.effect)).toEqual([
    'nothing',
    'in-place',
    'in-place',
    'in-place',
    'in-place',
    'in-place',
    'nothing',
    'in-place',
  ]);
});

test('does not take another container for another image', () => {
  const { effect: name, outcomes } = effect(pod(), pod({ containers: [container(), container({ name: 'second' })] }));
  expect([name, outcomes.length]).toEqual(['refused', 1]);
});

test('says of one refused field that the whole object is refused', () => {
  const after = service({ clusterIP: '10.0.0.7', selector: { app: 'b' } });
  expect(effect(service(), after).outcomes.map(({ effect }) => effect)).toEqual(['recreate', 'in-place']);
});

test('knows that only a StatefulSet rolls for an amount in another form', () => {
  const limited = (memory: string) => template({ containers: [container({ resources: { limits: { memory } } })] });
  const effects = [deployment, daemonSet, statefulSet].map((workload) => {
    const [before, after] = ['64Mi', '67108864'].map((memory) => workload({ template: limited(memory) }));
    return effect(before, after).effect;
  });
  expect(effects).toEqual(['in-place', 'in-place', 'rolling-restart']);
});

test('tells a StatefulSet that deletes claims with its pods', () => {
  const persistentVolumeClaimRetentionPolicy = { whenScaled: 'Delete' };
  const [before, after] = [3, 1].map((replicas) => statefulSet({ replicas, persistentVolumeClaimRetentionPolicy }));
  expect(line(effect(before, after))).toBe(
    'scale: 3 pods become 1 | ends 2 of its pods, and their claims with all that is in them',
  );
});

test('warns that a Deployment whose replicas an autoscaler takes over drops first', () => {
  const autoscaler = object('autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' }, minReplicas: 2, maxReplicas: 5 },
  });
  expect(line(effect(deployment({ replicas: 4 }), deployment(), [autoscaler]))).toBe(
    'scale: drops to 1 first, then HorizontalPodAutoscaler a sets it between 2 and 5 | ends 3 of its pods',
  );
});

test('knows the StorageClass that the program has', () => {
  const storageClass = object('storage.k8s.io/v1', 'StorageClass', { provisioner: 'example.com/a' });
  const [before, after] = ['1Gi', '2Gi'].map((size) => claim(size, { storageClassName: 'a' }));
  expect(line(effect(before, after, [storageClass]))).toBe(
    'refused: a claim grows only where its StorageClass has allowVolumeExpansion',
  );
  const grows = { ...storageClass, allowVolumeExpansion: true };
  expect(effect(before, after, [grows]).effect).toBe('in-place');
});

describe('a ConfigMap', () => {
  const [before, after] = ['b', 'c'].map((value) => configMap({ data: { key: value } }));
  const volume = { volumes: [{ name: 'settings', configMap: { name: 'a' } }] };
  const user = (fields: object, spec: object = {}, name = 'web') => ({
    ...deployment({ template: template({ containers: [container(fields)], ...spec }) }),
    metadata: { name, namespace: 'team' },
  });

  test.each<[string, Any]>([
    ['env', user({ env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'a', key: 'key' } } }] })],
    ['envFrom', user({ envFrom: [{ configMapRef: { name: 'a' } }] })],
    ['a subPath', user({ volumeMounts: [{ name: 'settings', mountPath: '/a', subPath: 'key' }] }, volume)],
  ])('that pods read by %s does nothing until they start again', (_, workload) => {
    expect(line(effect(before, after, [workload]))).toBe(
      'until-restart: Deployment web read it when they start | once their pods start again',
    );
  });

  test('that is mounted follows, also as a part of a projected volume', () => {
    const mounts = { volumeMounts: [{ name: 'settings', mountPath: '/a' }] };
    const projected = { volumes: [{ name: 'settings', projected: { sources: [{ configMap: { name: 'a' } }] } }] };
    const users = [user(mounts, volume), user(mounts, projected, 'api')];
    expect(line(effect(before, after, users))).toBe(
      'in-place: the files in Deployment web, Deployment api follow within about a minute',
    );
  });

  test('is none of a pod in another namespace, and none of a Secret of its name', () => {
    const elsewhere = { ...user({ envFrom: [{ configMapRef: { name: 'a' } }] }), metadata: { name: 'web' } };
    const secret = user({ envFrom: [{ secretRef: { name: 'a' } }] });
    expect(effect(before, after, [elsewhere, secret]).effect).toBe('in-place');
  });
});

test('takes hostile objects as they come', () => {
  expect(effect({ ...pod(), spec: null }, pod()).effect).toBe('refused');
  expect(effect(deployment({ template: null }), deployment()).effect).toBe('rolling-restart');
  expect(effect({ kind: 'A' }, { kind: 'A', spec: 1 }).effect).toBe('in-place');
});

import { Chart, Lazy, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import { App } from '../../synth/app';
import { Environment } from '../../synth/environment';
import { Team, type TeamProps } from '../team';
import { PEER_LOST, TrainingJob, type TrainingJobDefault, type TrainingJobProps } from '../training-job';
import { errorsOf, faultsOf, kindsOf, type Manifest, objectsOf, restrictedFaults } from './support';

const containers = [{ name: 'main', image: 'python:3.11' }];
const labels = { 'app.kubernetes.io/name': 'mnist', 'app.kubernetes.io/component': 'training' };
const kinds = (props: TrainingJobProps = {}) =>
  kindsOf((chart) => new TrainingJob(chart, 'mnist', { containers, ...props }));
const jobSpec = (props: TrainingJobProps = {}) => kinds(props).Job.spec;
const podSpec = (props: TrainingJobProps = {}) => jobSpec(props).template.spec;
const env = (props: TrainingJobProps = {}): Record<string, unknown> =>
  Object.fromEntries(
    (podSpec(props).containers[0].env ?? []).map(({ name, value, valueFrom }: Manifest) => [name, value ?? valueFrom]),
  );

test('is an Indexed Job, all of whose indexes run at once, and a headless Service', () => {
  const { Job, Service } = kinds({ nodes: 4 });
  const { template, ...spec } = Job.spec;
  expect(Job.metadata).toEqual({ name: 'mnist', labels });
  expect(spec).toEqual({
    completionMode: 'Indexed',
    completions: 4,
    parallelism: 4,
    backoffLimitPerIndex: 3,
    maxFailedIndexes: 0,
    activeDeadlineSeconds: 7 * 24 * 3600,
    podFailurePolicy: {
      rules: [
        { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
        { action: 'Ignore', onExitCodes: { operator: 'In', values: [PEER_LOST] } },
      ],
    },
  });
  expect(template.metadata).toEqual({ labels });
  expect(Service).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'mnist', labels },
    spec: {
      clusterIP: 'None',
      // Without it a name is found once its pod is ready, which it is not before it has met the others.
      publishNotReadyAddresses: true,
      selector: { 'batch.kubernetes.io/job-name': 'mnist' },
      ports: [{ name: 'rendezvous', port: 29500 }],
    },
  });
  expect(restrictedFaults(template.spec)).toEqual([]);
});

test('tells each worker what torchrun and torch.distributed read', () => {
  const rank = { fieldRef: { fieldPath: "metadata.annotations['batch.kubernetes.io/job-completion-index']" } };
  expect(podSpec().subdomain).toBe('mnist');
  expect(env({ nodes: 4, processesPerNode: 8, port: 1234 })).toEqual({
    PET_NNODES: '4',
    PET_NPROC_PER_NODE: '8',
    PET_NODE_RANK: rank,
    PET_MASTER_ADDR: 'mnist-0.mnist',
    PET_MASTER_PORT: '1234',
    MASTER_ADDR: 'mnist-0.mnist',
    MASTER_PORT: '1234',
    NODE_RANK: rank,
    WORLD_SIZE: '32',
  });
});

test.each([
  ['a process', {}, '1'],
  ['a process for each GPU', { 'nvidia.com/gpu': 8, cpu: 4 }, '8'],
  ['a process for each part of a GPU', { 'nvidia.com/mig-1g.5gb': '2' }, '2'],
] as const)('a pod has %s by default', (_, limits, processes) => {
  const { PET_NPROC_PER_NODE, WORLD_SIZE } = env({
    nodes: 2,
    containers: [{ name: 'main', image: 'python:3.11', resources: { limits } }],
  });
  expect([PET_NPROC_PER_NODE, WORLD_SIZE]).toEqual([processes, String(2 * Number(processes))]);
});

test.each([
  ['no GPU at all', { limits: { 'nvidia.com/gpu': 0 } }, '1'],
  ['GPUs that are known late', { limits: { 'nvidia.com/gpu': Lazy.any({ produce: () => 4 }) } }, '4'],
])('a pod has a process for each GPU beside a container without, and one for %s', (_, resources, processes) => {
  const main = { name: 'main', image: 'python:3.11', resources };
  expect(env({ containers: [{ name: 'first', image: 'a' }, main] }).PET_NPROC_PER_NODE).toBe(processes);
});

test('a variable of a container may refer to those of the rendezvous, which then come before it', () => {
  const own = { A: '1', INIT: 'tcp://$(MASTER_ADDR):$(MASTER_PORT)', B: '2' };
  const names = Object.keys(env({ containers: [{ name: 'main', image: 'python:3.11', env: own }] }));
  expect(names).toEqual([
    'A',
    'MASTER_ADDR',
    'MASTER_PORT',
    'INIT',
    'B',
    ...['PET_NNODES', 'PET_NPROC_PER_NODE', 'PET_NODE_RANK', 'PET_MASTER_ADDR', 'PET_MASTER_PORT'],
    ...['NODE_RANK', 'WORLD_SIZE'],
  ]);
});

test.each([{ restartPolicy: 'OnFailure' }, { podReplacementPolicy: 'TerminatingOrFailed' }] as const)(
  'no failure policy is filled in beside %j, which the API server does not take together',
  (props) => {
    expect(jobSpec(props).podFailurePolicy).toBeUndefined();
  },
);

test('GPUs of a container that is added later count', () => {
  const { Job } = kindsOf((chart) => {
    const training = new TrainingJob(chart, 'a', { nodes: 2 });
    training.addContainer({ name: 'main', image: 'a', resources: { limits: { 'nvidia.com/gpu': 4 } } });
  });
  expect(Job.spec.template.spec.containers[0].env).toContainEqual({ name: 'WORLD_SIZE', value: '8' });
});

describe('restarts', () => {
  test('are counted for each worker, so that a loss that takes all with it costs one', () => {
    expect(jobSpec({ nodes: 4, restarts: 1 })).toMatchObject({ backoffLimitPerIndex: 1, maxFailedIndexes: 0 });
  });

  test('of all workers together are bounded where that is said', () => {
    expect(jobSpec({ restarts: 3, backoffLimit: 3 })).toMatchObject({ backoffLimitPerIndex: 3, backoffLimit: 3 });
    expect(jobSpec({ restarts: 3 }).backoffLimit).toBeUndefined();
  });

  test('none are an end at the first failure', () => {
    expect(jobSpec({ restarts: 0 })).toMatchObject({ backoffLimitPerIndex: 0, maxFailedIndexes: 0 });
  });
});

describe('shared memory', () => {
  const volume = (props: TrainingJobProps) =>
    podSpec(props).volumes?.find(({ name }: Manifest) => name === 'shared-memory')?.emptyDir;

  test('is memory at /dev/shm, of a size or as much as the container may use', () => {
    expect(volume({})).toEqual({ medium: 'Memory' });
    expect(volume({ sharedMemory: '8Gi' })).toEqual({ medium: 'Memory', sizeLimit: '8Gi' });
    expect(podSpec().containers[0].volumeMounts).toEqual([{ name: 'shared-memory', mountPath: '/dev/shm' }]);
  });

  test('stays when it is asked for beside defaults that are left out', () => {
    expect(volume({ defaults: 'none', sharedMemory: '1Gi' })).toEqual({ medium: 'Memory', sizeLimit: '1Gi' });
  });
});

describe('checkpoints', () => {
  test('are on a claim that is made, which many nodes write to, and which outlives the program', () => {
    const { PersistentVolumeClaim: claim } = kinds({ nodes: 4, checkpoints: { storage: '10Gi' } });
    expect(claim.metadata).toMatchObject({ name: 'mnist-checkpoints', labels });
    expect(claim.metadata.annotations['kustomize.toolkit.fluxcd.io/prune']).toBe('disabled');
    expect(claim.spec).toEqual({ accessModes: ['ReadWriteMany'], resources: { requests: { storage: '10Gi' } } });
  });

  test.each([
    [{ storage: '1Gi' }, 1, ['ReadWriteOnce']],
    [{ storage: '1Gi', accessModes: ['ReadWriteOnce'] }, 4, ['ReadWriteOnce']],
    [{ storage: '1Gi', defaults: 'none' }, 4, undefined],
    [{ storage: '1Gi', defaults: { accessModes: false } }, 4, undefined],
    [{ storage: '1Gi', accessModes: undefined }, 4, ['ReadWriteMany']],
  ] as const)('%j on %i nodes is %j', (checkpoints, nodes, accessModes) => {
    expect(kinds({ nodes, checkpoints }).PersistentVolumeClaim.spec.accessModes).toEqual(accessModes);
  });

  test('are mounted where the workers are told', () => {
    const props = { checkpoints: { storage: '1Gi', mountPath: '/state' } };
    expect(podSpec(props).volumes[0]).toEqual({
      name: 'checkpoints',
      persistentVolumeClaim: { claimName: 'mnist-checkpoints' },
    });
    expect(podSpec(props).containers[0].volumeMounts[0]).toEqual({ name: 'checkpoints', mountPath: '/state' });
    expect(env(props).CHECKPOINT_DIR).toBe('/state');
    expect(podSpec(props).securityContext.fsGroup).toBe(65534);
  });

  test('are on a claim that is there', () => {
    const { PersistentVolumeClaim, Job } = kinds({ checkpoints: { claimName: { name: 'shared' } } });
    expect(PersistentVolumeClaim).toBeUndefined();
    expect(Job.spec.template.spec.volumes[0].persistentVolumeClaim).toEqual({ claimName: 'shared' });
  });
});

describe('in a Team', () => {
  const workers = { podSelector: { matchLabels: labels } };

  test.each(['before', 'after'])('a policy lets the workers reach each other, if the Team is made %s', (when) => {
    const app = new App();
    const makeTeam = () => new Team(new Chart(app, 'team'), 'vision');
    if (when === 'before') makeTeam();
    const chart = new Chart(app, 'training', { namespace: 'vision' });
    const training = new TrainingJob(chart, 'mnist', { nodes: 2, containers });
    if (when === 'after') makeTeam();
    expect(Testing.synth(chart).find(({ kind }) => kind === 'NetworkPolicy')).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'mnist-workers', namespace: 'vision', labels },
      spec: {
        ...workers,
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [workers] }],
        egress: [{ to: [workers] }],
      },
    });
    expect(training.networkPolicy?.name).toBe('mnist-workers');
  });

  const policy = (team: TeamProps, training: TrainingJobProps = {}) => {
    const app = new App();
    new Team(new Chart(app, 'team'), 'vision', team);
    const chart = new Chart(app, 'training', { namespace: 'vision' });
    return new TrainingJob(chart, 'mnist', { nodes: 2, containers, ...training }).networkPolicy?.toJson().spec;
  };

  test('that denies nothing there is no policy, which would cut the workers off', () => {
    expect(policy({ defaults: 'none' })).toBeUndefined();
    expect(policy({ defaults: { denyTraffic: false } })).toBeUndefined();
  });

  test('that denies only what pods reach the policy is about that alone', () => {
    expect(policy({ defaults: { denyTraffic: false }, allowTo: [{ namespace: 'store' }] })).toEqual({
      ...workers,
      policyTypes: ['Egress'],
      egress: [{ to: [workers] }],
    });
  });

  test('there is none where that default is left out', () => {
    expect(policy({}, { defaults: { allowPeers: false } })).toBeUndefined();
  });

  test('of the whole program, workers of an environment get their policy too', () => {
    const app = new App();
    const join = (scope: Construct) =>
      new TrainingJob(new Chart(scope, 'training', { namespace: 'vision' }), 'mnist', { nodes: 2, containers });
    const before = join(new Environment(app, 'dev'));
    new Team(new Chart(app, 'team'), 'vision');
    const after = join(new Environment(app, 'prod'));
    new Team(new Chart(app.node.findChild('prod') as Construct, 'team'), 'vision');
    expect([before, after].map(({ networkPolicy }) => networkPolicy?.name)).toEqual(['mnist-workers', 'mnist-workers']);
  });

  test('and in another namespace nothing does, as nothing has to', () => {
    const app = new App();
    new Team(new Chart(app, 'team'), 'vision');
    const chart = new Chart(app, 'training', { namespace: 'speech' });
    expect(new TrainingJob(chart, 'mnist', { containers }).networkPolicy).toBeUndefined();
  });
});

describe('a changed training under a new name', () => {
  const { Job, Service, PersistentVolumeClaim } = kinds({ onChange: 'new-name', checkpoints: { storage: '1Gi' } });

  test('keeps the names of its Service and of its claim, to go on from the checkpoints', () => {
    expect(Job.metadata.name).toMatch(/^mnist-[0-9a-f]{8}$/);
    expect([Service.metadata.name, PersistentVolumeClaim.metadata.name]).toEqual(['mnist', 'mnist-checkpoints']);
  });

  test('finds its own workers, and not those of the last one', () => {
    expect(Service.spec.selector).toEqual({ 'batch.kubernetes.io/job-name': Job.metadata.name });
    const [{ env }] = Job.spec.template.spec.containers;
    expect(env).toContainEqual({ name: 'MASTER_ADDR', value: `${Job.metadata.name}-0.mnist` });
  });
});

describe('leaving defaults out', () => {
  const alone: Record<Exclude<TrainingJobDefault, 'allowPeers'>, (spec: Manifest) => unknown> = {
    restartPolicy: ({ template }) => template.spec.restartPolicy,
    podFailurePolicy: ({ podFailurePolicy }) => podFailurePolicy,
    activeDeadlineSeconds: ({ activeDeadlineSeconds }) => activeDeadlineSeconds,
    environment: ({ template }) => template.spec.containers[0].env,
    sharedMemory: ({ template }) => template.spec.volumes,
  };

  test.each(Object.entries(alone))('%s alone', (name, field) => {
    expect(field(jobSpec())).toBeDefined();
    expect(field(jobSpec({ defaults: { [name]: false } }))).toBeUndefined();
  });

  test('all at once leaves what makes it a training', () => {
    expect(jobSpec({ nodes: 2, defaults: 'none', restartPolicy: 'Never' })).toEqual({
      completionMode: 'Indexed',
      completions: 2,
      parallelism: 2,
      backoffLimitPerIndex: 3,
      maxFailedIndexes: 0,
      template: { spec: { containers, restartPolicy: 'Never', subdomain: 'mnist' } },
    });
  });
});

test('the other fields of the JobSpec pass', () => {
  const fields = { suspend: true, activeDeadlineSeconds: 60, podFailurePolicy: { rules: [] }, managedBy: 'a.com/b' };
  expect(jobSpec(fields)).toMatchObject(fields);
});

describe('fails', () => {
  const faults = (props: object) => faultsOf((chart) => new TrainingJob(chart, 'a', { containers, ...props }));

  test.each([
    ['nodes', Number.NaN, 'NaN', '1 or more'],
    ['nodes', 0, '0', '1 or more'],
    ['nodes', 1.5, '1.5', '1 or more'],
    ['nodes', '4', '"4"', '1 or more'],
    ['processesPerNode', -1, '-1', '1 or more'],
    ['restarts', -1, '-1', '0 or more'],
    ['restarts', Number.POSITIVE_INFINITY, 'Infinity', '0 or more'],
    ['port', 70000, '70000', '1 to 65535'],
  ])('for %s %p', (prop, value, got, expected) => {
    expect(faults({ [prop]: value })).toEqual([
      `test/a: ${prop}: must be a whole number, got ${got}; expected ${expected}`,
    ]);
  });

  test('for checkpoints on no claim, and on two', () => {
    expect(faults({ checkpoints: {} })).toEqual([
      "test/a: checkpoints: are on no claim, got {}; expected claimName, or storage such as '10Gi'",
    ]);
    expect(faults({ checkpoints: { claimName: 'a', storage: '1Gi' } })).toEqual([
      'test/a: checkpoints: are on a claim that is there and on one to be made, ' +
        'got {"claimName":"a","storage":"1Gi"}; expected claimName or storage',
    ]);
  });

  test('at the field for GPUs that are no whole number', () => {
    const resources = { limits: { 'nvidia.com/gpu': 0.5 } };
    const errors = errorsOf(
      (chart) => new TrainingJob(chart, 'a', { containers: [{ name: 'b', image: 'c', resources }] }),
    );
    const pointer = '/spec/template/spec/containers/0/resources/limits/nvidia.com~1gpu';
    expect(errors.map(([path, pointer]) => [path, pointer])).toContainEqual(['test/a', pointer]);
  });
});

test('objects are read-only fields', () => {
  const kinds = objectsOf((chart) => {
    const training = new TrainingJob(chart, 'mnist', { containers, checkpoints: { storage: '1Gi' } });
    expect([training.job.kind, training.service.kind, training.checkpoints?.claim.kind]).toEqual([
      'Job',
      'Service',
      'PersistentVolumeClaim',
    ]);
  }).map(({ kind }) => kind);
  expect(kinds).toHaveLength(3);
});

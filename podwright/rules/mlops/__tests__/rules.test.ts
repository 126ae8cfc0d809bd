import { findings } from '../../__tests__/support';
import { podSpec, sample, samplePod } from '../../samples';
import { checkpointVolume } from '../checkpoint-volume';
import { gpuLimits } from '../gpu-limits';
import { noRoom } from '../no-room';
import { podHostname } from '../pod-hostname';
import { queueName } from '../queue-name';
import { rendezvous } from '../rendezvous';
import { sharedMemory } from '../shared-memory';
import { worldSize } from '../world-size';

const QUEUE = 'kueue.x-k8s.io/queue-name';

function training(env: Record<string, string>, spec: object = {}, pod: object = {}, metadata: object = {}): object {
  const container = { env: Object.entries(env).map(([name, value]) => ({ name, value })) };
  const template = { metadata: { labels: { app: 't' } }, spec: podSpec(container, { restartPolicy: 'Never', ...pod }) };
  return sample(
    'batch/v1',
    'Job',
    't',
    { spec: { completionMode: 'Indexed', completions: 2, parallelism: 2, ...spec, template } },
    metadata,
  );
}

describe('world-size', () => {
  test('is completions x processes, told at the variable', () => {
    expect(findings(worldSize, [training({ PET_NNODES: '3', PET_NPROC_PER_NODE: '4', WORLD_SIZE: '12' })])).toEqual([
      "Job t /spec/template/spec/containers/0/env/0/value: is not the number of the Job's pods, got 3; expected 2, its completions",
      'Job t /spec/template/spec/containers/0/env/2/value: is not completions x processes of a pod, got 12; expected 2 x 4 = 8',
    ]);
  });

  test('wants all workers at once', () => {
    expect(findings(worldSize, [training({ PET_NNODES: '2' }, { parallelism: 1 })])).toEqual([
      'Job t /spec/parallelism: lets 1 of 2 workers run at once, which wait for the others; expected 2',
    ]);
  });

  test('leaves alone what is elastic, says no processes, or is no training', () => {
    const jobs = [
      training({ PET_NNODES: '1:2', WORLD_SIZE: 'auto' }),
      training({ WORLD_SIZE: '64' }),
      training({}, { parallelism: 1 }),
    ];
    expect(findings(worldSize, jobs)).toEqual([]);
  });
});

describe('options of torchrun', () => {
  const AT = 'Job t /spec/template/spec/containers/0';
  const run = (words: unknown[], env: Record<string, string> = {}, container: object = {}) => {
    const containers = [
      {
        name: 'main',
        image: 'busybox:1.37',
        args: words,
        env: Object.entries(env).map(([name, value]) => ({ name, value })),
        ...container,
      },
    ];
    return training({}, {}, { containers, subdomain: 'workers' });
  };
  const of = (...args: Parameters<typeof run>) => findings(worldSize, [run(...args)]);

  test('what is no option, or is cut off, says nothing', () => {
    for (const words of [[null, 7], ['torchrun'], ['torchrun', '--nnodes'], ['torchrun', '--nnodes='], ['--nnodes=9']])
      expect(of(words)).toEqual([]);
  });

  test.each([
    ['--nnodes=3', ['/opt/bin/torchrun', '--nnodes=3', 'train.py'], 1],
    ['--nnodes 3', ['python', '-m', 'torch.distributed.run', '--max_restarts', '2', '--nnodes', '3', '-m', 'train'], 6],
    ['--nnodes of a variable', ['torchrun', '--nnodes=$(N)', 'train.py'], 1],
  ])('%s goes before PET_NNODES', (_, words, at) => {
    expect(of(words, { PET_NNODES: '2', N: '3' })).toEqual([
      `${AT}/args/${at}: is not the number of the Job's pods, got 3; expected 2, its completions`,
    ]);
  });

  test('what stands behind an option that is not known is not read', () => {
    expect(of(['torchrun', '--new', '--nnodes=3', 'train.py'], { PET_NNODES: '2' })).toEqual([]);
  });

  test("a script's own options are not torchrun's, nor are those in a shell's", () => {
    expect(of(['torchrun', 'train.py', '--nnodes=9'], { PET_NNODES: '2' })).toEqual([]);
    expect(of(['sh', '-c', 'torchrun --nnodes=9 train.py'], { PET_NNODES: '2' })).toEqual([]);
  });

  test('processes are held against the GPUs, and against the variable', () => {
    const gpus = { resources: { limits: { 'nvidia.com/gpu': 4 } } };
    const words = ['torchrun', '--nproc_per_node=8', 'train.py'];
    expect(of(words, {}, gpus)).toEqual([
      `${AT}/args/1: starts more processes than the container has GPUs, got 8; expected 4`,
    ]);
    expect(of(words, { PET_NPROC_PER_NODE: '1' })).toEqual([
      `${AT}/args/1: goes before PET_NPROC_PER_NODE, got 8; expected 1, as it says: the container has 0 GPUs`,
    ]);
    expect(of(words)).toEqual([]);
    expect(of(['torchrun', '--nproc-per-node=gpu', 'train.py'], { PET_NPROC_PER_NODE: '1' }, gpus)).toEqual([]);
  });

  test('each pod of a sweep trains alone, and may run when it likes', () => {
    const sweep = (...words: string[]) => {
      const containers = [
        { name: 'main', image: 'a', args: ['torchrun', ...words, '--nproc-per-node=2', 'train.py'], resources: gpu },
      ];
      return findings(worldSize, [training({}, { completions: 10, parallelism: 5 }, { containers })]);
    };
    const gpu = { limits: { 'nvidia.com/gpu': 1 } };
    const processes = (at: number) => [
      `${AT}/args/${at}: starts more processes than the container has GPUs, got 2; expected 1`,
    ];
    expect(sweep('--standalone', '--nnodes=1')).toEqual(processes(3));
    expect(sweep('--nnodes=1')).toEqual(processes(2));
    expect(sweep('--nnodes', '1:1')).toEqual(processes(3));
    expect(sweep('--standalone')).toEqual(processes(2));
    expect(sweep('--standalone', '--nnodes=1:4')).toEqual(processes(3));
    expect(sweep()).toEqual(processes(1));
    expect(of(['torchrun', 'train.py'], { WORLD_SIZE: '9' })).toEqual([]);
    expect(findings(worldSize, [training({ PET_NNODES: '1' }, { completions: 10 })])).toEqual([]);
    expect(findings(worldSize, [training({ PET_NNODES: '$(N)' }, { completions: 10 })])).toEqual([]);
  });

  test('standalone, a worker looks for no others outside its pod', () => {
    expect(of(['torchrun', '--standalone', 'train.py'], { PET_NNODES: '2' })).toEqual([
      `${AT}/args/1: has each worker look for 2 in its own pod alone, got --standalone; expected none of it, or --nnodes=1`,
    ]);
  });

  test('an elastic training wants as many at once as it begins with', () => {
    const elastic = (parallelism: number) =>
      findings(worldSize, [training({ PET_NNODES: '2:4' }, { completions: 4, parallelism })]);
    expect(elastic(2)).toEqual([]);
    expect(elastic(1)).toEqual([
      'Job t /spec/parallelism: lets 1 of 4 workers run at once, which wait for the others; expected 2',
    ]);
  });

  test('say where the workers meet', () => {
    const spec = { clusterIP: 'None', publishNotReadyAddresses: true, selector: { app: 't' } };
    const meets = (words: string[]) =>
      findings(rendezvous, [
        run(words, { PET_MASTER_ADDR: 't-0.workers' }),
        sample('v1', 'Service', 'workers', { spec }),
      ]);
    const said = (at: number, host: string) => [
      `${AT}/args/${at}: names a host that no pod of the Job has, got ${host}; expected t-0.workers`,
    ];
    expect(meets(['torchrun', '--master-addr=j-0.workers', 'x'])).toEqual(said(1, 'j-0.workers'));
    expect(meets(['torchrun', '--rdzv-endpoint', 't-2.workers:29500', 'x'])).toEqual(said(2, 't-2.workers'));
    expect(meets(['torchrun', '--rdzv-endpoint=t-1.workers:29500', 'x'])).toEqual([]);
    expect(meets(['torchrun', '--rdzv-endpoint=etcd.tools:2379', 'x'])).toEqual([]);
    const etcd = '--rdzv-endpoint=etcd-0.etcd.infra:2379';
    for (const backend of ['etcd', 'etcd-v2', '$(BACKEND)'])
      expect(meets(['torchrun', `--rdzv-backend=${backend}`, etcd, 'x'])).toEqual([]);
    expect(meets(['torchrun', '--rdzv-backend=c10d', '--rdzv-endpoint=t-2.workers:1', 'x'])).toEqual(
      said(2, 't-2.workers'),
    );
    expect(meets(['torchrun', '--standalone', '--rdzv-endpoint=t-2.workers:1', 'x'])).toEqual([]);
  });
});

describe('rendezvous', () => {
  const env = { MASTER_ADDR: 't-0.workers' };
  const service = (spec: object) => sample('v1', 'Service', 'workers', { spec });
  const AT = 'Job t /spec/template/spec/containers/0/env/0/value: names Service workers, which';

  test('wants a Service of the name, with addresses before pods are ready, that selects the workers', () => {
    const job = training(env, {}, { subdomain: 'workers' });
    const other = service({ selector: { app: 'x' }, ports: [{ port: 1 }] });
    expect(findings(rendezvous, [job, other])).toEqual([
      `${AT} is not headless, got t-0.workers`,
      `${AT} has no addresses before its pods are ready, got t-0.workers`,
      `${AT} selects other pods: by app, got t-0.workers`,
    ]);
    expect(findings(rendezvous, [job])).toEqual([`${AT} is not there, got t-0.workers`]);
    expect(findings(rendezvous, [job], { complete: false })).toEqual([]);
  });

  test('wants the subdomain of the pods', () => {
    const headless = service({ clusterIP: 'None', publishNotReadyAddresses: true, selector: { app: 't' } });
    expect(findings(rendezvous, [training(env), headless])).toEqual([
      'Job t /spec/template/spec/subdomain: is not the Service of t-0.workers, got none; expected "workers"',
    ]);
  });

  test('is at a host that is called after the Job, unless the name is known in the cluster alone', () => {
    const headless = service({ clusterIP: 'None', publishNotReadyAddresses: true, selector: { app: 't' } });
    const of = (host: string, spec: object = {}) =>
      findings(rendezvous, [training({ MASTER_ADDR: `${host}.workers` }, spec, { subdomain: 'workers' }), headless]);
    expect(of('train-0')).toEqual([
      'Job t /spec/template/spec/containers/0/env/0/value: names a host that no pod of the Job has, got train-0.workers; expected t-0.workers',
    ]);
    expect([of('t-0'), of('t-1'), of('$(JOB_NAME)-0'), of('train-0', { completionMode: 'NonIndexed' })]).toEqual([
      [],
      [],
      [],
      [],
    ]);
    expect(of('t-2')).toHaveLength(1);
  });

  test('is of several workers, and of names alone', () => {
    const one = training(env, { completions: 1, parallelism: 1 });
    expect(findings(rendezvous, [one])).toEqual([]);
    for (const host of ['localhost', '10.0.0.5', '127.0.0.1', '::1', 'fd00::5', 'fd00::10.0.0.5'])
      expect(findings(rendezvous, [training({ MASTER_ADDR: host })])).toEqual([]);
  });
});

test('several GPUs want shared memory, one does not, nor does a pod with that of its host', () => {
  const gpus = (count: number | string) => ({ resources: { limits: { 'amd.com/gpu': count } } });
  expect(findings(sharedMemory, [samplePod('a', gpus('2')), samplePod('b', gpus(1))])).toEqual([
    'Pod a /spec/containers/0/volumeMounts: has no volume at /dev/shm, and 2 GPUs; expected an emptyDir with medium Memory',
  ]);
  expect(findings(sharedMemory, [samplePod('a', gpus(8), { hostIPC: true })])).toEqual([]);
});

test('a training that starts again wants a volume that is still there', () => {
  const env = { PET_MASTER_ADDR: 't-0.t' };
  const volumes = [{ name: 'v', emptyDir: {} }];
  expect(findings(checkpointVolume, [training(env, { backoffLimit: 3 }, { volumes })])).toEqual([
    'Job t /spec/template/spec/volumes: none of them outlives the pods, and the Job has backoffLimit: 3',
  ]);
  const nfs = [{ name: 'v', nfs: { server: 's', path: '/' } }];
  const kept = [
    training(env, { backoffLimit: 3 }, { volumes: nfs }),
    training(env),
    training(env, { backoffLimitPerIndex: 0, backoffLimit: 3 }),
    training({}, { backoffLimit: 3 }),
  ];
  expect(findings(checkpointVolume, kept)).toEqual([]);
});

test('GPUs are whole and limited wherever a custom resource has containers, and are left to the API elsewhere', () => {
  const containers = [
    { name: 'a', resources: { requests: { 'nvidia.com/gpu': 1, cpu: 0.5 } } },
    { name: 'b', resources: { limits: { 'nvidia.com/gpu': '500m' } } },
    { name: 'c', resources: null },
    null,
  ];
  const custom = sample('a.example/v1', 'A', 'a', {
    spec: { groups: [{ template: { spec: { containers } } }], containers: 'x' },
  });
  expect(findings(gpuLimits, [custom, samplePod('b', { resources: { limits: { 'nvidia.com/gpu': '1' } } })])).toEqual([
    'A a /spec/groups/0/template/spec/containers/0/resources/requests/nvidia.com~1gpu: must equal its limit, got 1 and no limit',
    'A a /spec/groups/0/template/spec/containers/1/resources/limits/nvidia.com~1gpu: must be a whole number, got "500m"',
  ]);
});

test('hostnames are counted with what controllers add to a name', () => {
  const set = (name: string, job: string) =>
    sample('jobset.x-k8s.io/v1alpha2', 'JobSet', name, {
      spec: { replicatedJobs: [{ name: job, replicas: 11, template: { spec: { parallelism: 100 } } }] },
    });
  expect(findings(podHostname, [set('x'.repeat(28), 'y'.repeat(28))])).toEqual([]);
  expect(findings(podHostname, [set('x'.repeat(28), 'y'.repeat(30))])).toEqual([
    `JobSet ${'x'.repeat(28)} /spec/replicatedJobs/0/name: makes hostnames of 65 characters for its pods; expected 63 at most: 2 fewer here`,
  ]);
});

describe('no-room', () => {
  const on = (...nodes: object[]) => ({ facts: { nodes } });
  const gpus = (count: number) => [{ name: 'a', image: 'a', resources: { limits: { 'nvidia.com/gpu': count } } }];
  const job = (count: number, pods: number, spec: object = {}, pod: object = {}) =>
    training(
      {},
      { completions: pods, parallelism: pods, ...spec },
      { containers: gpus(count), subdomain: 't', ...pod },
    );
  const of = (object: object, ...nodes: object[]) => findings(noRoom, [object], on(...nodes));
  const node = { count: 2, allocatable: { 'nvidia.com/gpu': 8 } };
  const AT = 'Job t /spec/parallelism: is more pods than the declared nodes have room for at once, got';

  test('counts whole pods, node by node', () => {
    expect(of(job(8, 3), node)).toEqual([`${AT} 3; expected 2 at most, since each waits for the others`]);
    expect(of(job(5, 3), node)).toHaveLength(1);
    expect(of(job(4, 4), node)).toEqual([]);
    expect(of(job(8, 3), node, { count: 1, allocatable: { 'nvidia.com/gpu': 8 } })).toEqual([]);
    expect(of(job(1, 3), { count: 2, allocatable: { 'nvidia.com/gpu': 8, pods: 1 } })).toHaveLength(1);
  });

  test('nodes whose number or shape is not declared have room for all', () => {
    expect(findings(noRoom, [job(8, 9)])).toEqual([]);
    expect(of(job(8, 9), { allocatable: { 'nvidia.com/gpu': 8 } })).toEqual([]);
    expect(of(job(8, 9), node, { count: 1 })).toEqual([]);
    expect(of(job(8, 9), node, { count: 0 })).toHaveLength(1);
  });

  test('where no node takes one of them, another rule says why', () => {
    expect(of(job(16, 2), node)).toEqual([]);
  });

  test('an elastic training has room where as many as it begins with have', () => {
    const elastic = (nodes: string, pods = 4) => {
      const containers = [{ ...gpus(8)[0], args: ['torchrun', `--nnodes=${nodes}`, 'train.py'] }];
      return of(training({}, { completions: pods, parallelism: pods }, { containers }), node);
    };
    expect(elastic('2:4')).toEqual([]);
    expect(elastic('1:4')).toEqual([]);
    expect(elastic('3:4')).toEqual([
      'Job t /spec/template/spec/containers/0/args/1: waits for 3 pods at once, more than the declared nodes have room for, got 3:4; expected 2 at most',
    ]);
    expect(elastic('4')).toEqual([`${AT} 4; expected 2 at most, since each waits for the others`]);
    expect(elastic('3:8', 3)).toEqual([`${AT} 3; expected 2 at most, since each waits for the others`]);
    expect(elastic('$(NODES)')).toEqual([]);
  });

  test.each([
    ['pods that train alone, by --standalone', ['--standalone'], {}],
    ['pods that train alone, by --nnodes', ['--nnodes=1'], {}],
    ['pods that meet in themselves', [], { MASTER_ADDR: 'localhost' }],
  ])('%s need not run together', (_, words, env) => {
    const variables = Object.entries(env).map(([name, value]) => ({ name, value }));
    const containers = [{ ...gpus(8)[0], args: ['torchrun', ...words, 'train.py'], env: variables }];
    expect(of(training({}, { completions: 9, parallelism: 9 }, { containers }), node)).toEqual([]);
  });

  test.each([
    ['pods that take turns', job(8, 3, { completions: 9 })],
    ['pods that do not know each other', job(8, 3, {}, { subdomain: undefined })],
    ['pods without an index', job(8, 3, { completionMode: 'NonIndexed' })],
    ['one pod', job(8, 1)],
    ['a Job without pods', sample('batch/v1', 'Job', 'j', { spec: {} })],
    [
      'a JobSet that is none',
      sample('jobset.x-k8s.io/v1alpha2', 'JobSet', 's', { spec: { replicatedJobs: [null, {}] } }),
    ],
  ])('%s need not run together', (_, object) => {
    expect(of(object, { count: 1, allocatable: { 'nvidia.com/gpu': 8 } })).toEqual([]);
  });

  test('the Jobs of a JobSet run together', () => {
    const set = (env: object[]) =>
      sample('jobset.x-k8s.io/v1alpha2', 'JobSet', 's', {
        spec: {
          replicatedJobs: [
            {
              name: 'w',
              replicas: 2,
              template: {
                spec: {
                  parallelism: 2,
                  template: { spec: { containers: [{ ...gpus(8)[0], env }], restartPolicy: 'Never' } },
                },
              },
            },
          ],
        },
      });
    expect(of(set([{ name: 'MASTER_ADDR', value: 's-w-0-0.s' }]), node)).toEqual([
      'JobSet s /spec/replicatedJobs/0/template/spec/parallelism: is more pods than the declared nodes have room for at once, got 2 x 2; expected 2 at most, since each waits for the others',
    ]);
    expect(of(set([]), node)).toEqual([]);
  });
});

describe('queue-name', () => {
  const queue = (name: string) => sample('kueue.x-k8s.io/v1beta2', 'LocalQueue', name, { spec: { clusterQueue: 'c' } });
  const labelled = { labels: { [QUEUE]: 'team' } };

  test('is none on the pods, and wants requests to count', () => {
    const onPods = sample('batch/v1', 'Job', 'j', {
      spec: { template: { metadata: labelled, spec: podSpec({}, { restartPolicy: 'Never' }) } },
    });
    expect(findings(queueName, [onPods, training({}, {}, {}, labelled), queue('team')])).toEqual([
      'Job j /spec/template/metadata/labels/kueue.x-k8s.io~1queue-name: is not read there, got "team"; expected it in metadata.labels',
      'Job t /spec/template/spec/containers/0/resources: container main requests nothing, so that queue team counts nothing; expected requests',
    ]);
  });

  test('counts what a LimitRange of the namespace has containers request', () => {
    const range = (namespace: string, item: object) =>
      sample('v1', 'LimitRange', 'r', { spec: { limits: [{ type: 'Container', ...item }] } }, { namespace });
    const nothing = [
      'Job t /spec/template/spec/containers/0/resources: container main requests nothing, so that queue team counts nothing; expected requests',
    ];
    const of = (job: object, ...others: object[]) => findings(queueName, [job, queue('team'), ...others]);
    const job = training({}, {}, {}, labelled);
    expect(of(job, range('', { defaultRequest: { cpu: 1 } }))).toEqual([]);
    expect(of(job, range('', { default: { memory: '1Gi' } }))).toEqual([]);
    expect(of(job, range('', {}), range('other', { default: { cpu: 1 } }))).toEqual(nothing);
    const empty = training(
      {},
      {},
      { containers: [{ name: 'main', image: 'a', resources: { requests: {} } }] },
      labelled,
    );
    expect(of(empty)).toEqual(nothing);
  });

  test.each([
    ['another key', { labels: { 'kueue.x-k8s.io/queue': 'q' } }, 'labels/kueue.x-k8s.io~1queue'],
    ['another group', { labels: { 'kueue.k8s.io/queueName': 'q' } }, 'labels/kueue.k8s.io~1queueName'],
    ['an annotation', { annotations: { [QUEUE]: 'q' } }, 'annotations/kueue.x-k8s.io~1queue-name'],
  ])('is not read of %s', (_, metadata, pointer) => {
    const isKey = pointer.startsWith('annotations');
    const what = isKey ? 'is read there by old versions of Kueue at most' : 'is not read there';
    expect(findings(queueName, [training({}, {}, {}, metadata)])).toEqual([
      `Job t /metadata/${pointer}: ${what}, got "q"; expected ${isKey ? 'it' : QUEUE} in metadata.labels`,
    ]);
  });

  test('is none of the other keys that Kueue reads, and what is read leaves the others alone', () => {
    const priority = { labels: { 'kueue.x-k8s.io/priority-class': 'high', 'kueue.x-k8s.io/managed': 'true' } };
    const both = { labels: { [QUEUE]: 'team' }, annotations: { 'kueue.x-k8s.io/queue': 'q' } };
    const requests = { resources: { requests: { cpu: '1' } } };
    const jobs = [training({}, {}, requests, priority), training({}, {}, requests, both)];
    expect(findings(queueName, [...jobs, queue('team')])).toEqual([]);
  });

  test('is that of a queue that is there or declared; of a set that is not complete, among those of the namespace', () => {
    const job = training({}, {}, { resources: { requests: { cpu: '1' } } }, labelled);
    const lost = 'Job t /metadata/labels/kueue.x-k8s.io~1queue-name: names a LocalQueue that is not there, got "team"';
    const elsewhere = sample('kueue.x-k8s.io/v1beta2', 'LocalQueue', 'team', {}, { namespace: 'ml' });
    expect(findings(queueName, [job])).toEqual([lost]);
    expect(findings(queueName, [job, queue('team')])).toEqual([]);
    expect(findings(queueName, [job, queue('other')])).toEqual([lost]);
    expect(findings(queueName, [job, elsewhere])).toEqual([`${lost}, which is in namespace ml`]);
    const declared = (name: string) => ({ externals: [{ kind: 'kueue.x-k8s.io/LocalQueue', name }] });
    expect(findings(queueName, [job], declared('team'))).toEqual([]);
    expect(findings(queueName, [job], declared('other'))).toEqual([lost]);
    expect(findings(queueName, [job, elsewhere], { complete: false })).toEqual([]);
    expect(findings(queueName, [job, queue('other')], { complete: false })).toEqual([lost]);
  });
});

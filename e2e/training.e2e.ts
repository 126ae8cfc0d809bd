import { jobEnd } from './harness/job-end';
import { type ApiObject, Namespace } from './harness/namespace';
import { type Manifest, manifest, moved, twin } from './harness/program';
import { provesItself } from './harness/proves';
import type { Result } from './harness/shell';
import { prepareVolumes } from './harness/volumes';
import { until } from './harness/wait';

// A training on four workers, which may start again once, loses one of them in each way that there is. Each run has a
// namespace and a volume of its own. They go on side by side from before the first case, the faulty twins after the others;
// the cases look how they ended.
const FILE = 'dist/training-job.k8s.yaml';
const JOB = manifest(FILE, 'Job').metadata.name;

/** How a run went, as the cluster tells it at the end. */
interface Outcome {
  /** The Job's last condition. */
  readonly end: string;
  /** The last word of each worker, by rank. */
  readonly results: readonly string[];
  /** Whether the workers that came to the end had started from a checkpoint. */
  readonly isResumed: boolean;
  /** How often each worker has failed by the Job's count, by rank: the training ends when one of them has failed twice. */
  readonly restarts: readonly number[];
  /** How the workers had ended that were replaced and not deleted: rank and exit code. */
  readonly exits: readonly string[];
}

interface Run {
  /** The rank of the worker that is lost. */
  readonly rank: number;
  readonly lose: (namespace: Namespace, pod: string) => Promise<unknown>;
  /** What differs from dist. */
  readonly change?: (objects: Manifest[]) => void;
}

const RUNS = {
  killed: { rank: 2, lose: kill, change: shareProcesses },
  // The first worker, whom all others know.
  deleted: { rank: 0, lose: (namespace, pod) => namespace.fine(`kubectl delete pod ${pod}`) },
  evicted: { rank: 3, lose: evict },
  'all-fail': { rank: 2, lose: kill, change: failWithPeers },
} satisfies Record<string, Run>;

const TWINS = {
  forgetful: {
    rank: 2,
    lose: kill,
    change: (objects) => {
      shareProcesses(objects);
      objects[0].spec.template.spec.volumes[0] = { name: 'checkpoints', emptyDir: {} };
    },
  },
  'eviction-counted': {
    rank: 3,
    lose: evict,
    change: ([{ spec }]) => spec.podFailurePolicy.rules.shift(),
  },
  'all-counted': {
    rank: 2,
    lose: kill,
    change: (objects) => {
      failWithPeers(objects);
      const { backoffLimitPerIndex, maxFailedIndexes, ...spec } = objects[0].spec;
      objects[0].spec = { ...spec, backoffLimit: backoffLimitPerIndex };
    },
  },
} satisfies Record<string, Run>;

// A container's first process can be ended by force from outside of the container alone, as the kernel does it when memory
// is short. So the workers' processes are put together with another first one.
function shareProcesses([job]: Manifest[]): void {
  job.spec.template.spec.shareProcessNamespace = true;
}

function kill(namespace: Namespace, pod: string): Promise<Result> {
  return namespace.run(
    `kubectl exec ${pod} -- sh -c 'kill -9 $(grep -l "/code/[t]rain.py" /proc/[0-9]*/cmdline | cut -d / -f 3 | head -n 1)'`,
  );
}

function evict(namespace: Namespace, pod: string): Promise<string> {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace: namespace.name } };
  const path = `/api/v1/namespaces/${namespace.name}/pods/${pod}/eviction`;
  return namespace.fine(`kubectl create --raw ${path} -f -`, { input: JSON.stringify(eviction) });
}

/** A program that does not tell the loss of a peer from a failure of its own. */
function failWithPeers(objects: Manifest[]): void {
  shareProcesses(objects);
  const config = objects.find(({ kind }) => kind === 'ConfigMap');
  config.data['train.py'] = config.data['train.py'].replace('PEER_LOST = 75', 'PEER_LOST = 1');
}

const outcomes = new Map<string, Promise<Outcome>>();
const namespaces: Namespace[] = [];

beforeAll(async () => {
  const keeper = await Namespace.make('training-volumes', { level: 'privileged' });
  for (const name of Object.keys({ ...RUNS, ...TWINS })) namespaces.push(await Namespace.make(`training-${name}`));
  await prepareVolumes(
    keeper,
    namespaces.map(({ name }) => ({ namespace: name, name: 'linear-training-checkpoints' })),
  );
  const start = (runs: Record<string, Run>, offset: number, before: Promise<unknown>) =>
    Object.entries(runs).map(([name, run], index) => {
      const outcome = before.then(() => train(name, run, namespaces[offset + index] as Namespace));
      outcomes.set(name, outcome);
      return outcome;
    });
  const runs = Promise.allSettled(start(RUNS, 0, Promise.resolve()));
  Promise.allSettled(start(TWINS, Object.keys(RUNS).length, runs)); // What fails is for the case that asks for it.
});

afterAll(() => Promise.all(namespaces.map((namespace) => namespace.remove())));

/** Starts a training, loses a worker once there is a checkpoint, and waits for the end. */
async function train(name: string, { rank, lose, change }: Run, namespace: Namespace): Promise<Outcome> {
  const file = change ? twin(FILE, name, change) : FILE;
  await namespace.fine(`kubectl apply -f ${moved(file, namespace.name)}`);
  const lost = await until('a checkpoint', async () => {
    const workers = await lastWorkers(namespace);
    return workers.length === 4 && /^step \d/m.test(await logOf(namespace, workers[0])) && workers[rank];
  });
  await lose(namespace, lost.metadata.name);

  const { type: end } = await jobEnd(namespace, JOB);
  const last = await lastWorkers(namespace);
  const logs = await Promise.all(last.map((worker) => logOf(namespace, worker)));
  return {
    end,
    results: logs.map((log) => log.trimEnd().split('\n').at(-1) ?? ''),
    isResumed: logs.some((log) => /^4 workers start at step [1-9]/m.test(log)),
    restarts: last.map((worker) => Number(worker.metadata.annotations?.[FAILURES])),
    exits: (await workers(namespace))
      .filter((worker) => !last.some(({ metadata }) => metadata.uid === worker.metadata.uid))
      .map((worker) => `${rankOf(worker)}: ${worker.status.containerStatuses?.[0].state.terminated?.exitCode}`)
      .sort(),
  };
}

const FAILURES = 'batch.kubernetes.io/job-index-failure-count';

function workers(namespace: Namespace): Promise<ApiObject[]> {
  return namespace.list('pod', `batch.kubernetes.io/job-name=${JOB}`);
}

/** The newest pod of each rank that has one, by rank. */
async function lastWorkers(namespace: Namespace): Promise<ApiObject[]> {
  const last = new Map<number, ApiObject>();
  for (const worker of await workers(namespace)) {
    const other = last.get(rankOf(worker));
    if (!other || createdAt(other) < createdAt(worker)) last.set(rankOf(worker), worker);
  }
  return [...last.values()].sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf({ metadata }: ApiObject): number {
  return Number(metadata.annotations?.['batch.kubernetes.io/job-completion-index']);
}

function createdAt({ metadata }: ApiObject): number {
  return Date.parse(metadata.creationTimestamp);
}

function logOf(namespace: Namespace, worker: ApiObject | undefined): Promise<string> {
  return namespace.fine(`kubectl logs ${worker?.metadata.name}`);
}

/** A run that ends with the right number, from its checkpoint on, and what it has cost. */
const endsWell = (cost: Pick<Outcome, 'restarts' | 'exits'>) => async (run: keyof typeof RUNS | keyof typeof TWINS) => {
  expect(await outcomes.get(run)).toEqual({
    end: 'Complete',
    results: [0, 1, 2, 3].map((rank) => `worker ${rank} ends at step 200: y = 3.000000x + 2.000000`),
    isResumed: true,
    ...cost,
  });
};

test('a training whose worker is killed goes on from its checkpoint, at the cost of one restart, of that worker alone', () =>
  provesItself(endsWell({ restarts: [0, 0, 1, 0], exits: ['0: 75', '1: 75', '2: 137', '3: 75'] }), {
    good: 'killed',
    bad: 'forgetful',
    because: /- +"isResumed": true,\n\+ +"isResumed": false,/,
  }));

test('so does one whose first worker is deleted', () =>
  provesItself(endsWell({ restarts: [1, 0, 0, 0], exits: ['1: 75', '2: 75', '3: 75'] }), {
    good: 'deleted',
    bad: 'evicted',
    because: /"restarts": Array \[\n- +1,\n\+ +0,/,
  }));

test('one whose worker is evicted goes on at no cost', () =>
  provesItself(endsWell({ restarts: [0, 0, 0, 0], exits: ['0: 75', '1: 75', '2: 75'] }), {
    good: 'evicted',
    bad: 'eviction-counted',
    because: /- +0,\n\+ +1,\n +\],/,
  }));

test('where the others fail with the one that is killed, that costs one restart too, and not four', () =>
  provesItself(endsWell({ restarts: [1, 1, 1, 1], exits: ['0: 1', '1: 1', '2: 137', '3: 1'] }), {
    good: 'all-fail',
    bad: 'all-counted',
    because: /- +"end": "Complete",.*\+ +"end": "Failed",/s,
  }));

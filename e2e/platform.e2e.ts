import { renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ApiObject, Namespace, useNamespace, useNamespaceToCome } from './harness/namespace';
import { dist, type Manifest, manifest, manifests, moved, PROGRAM_NAMESPACE, twin } from './harness/program';
import { provesItself } from './harness/proves';
import { currentRun } from './harness/run';
import { prepareVolumes } from './harness/volumes';
import { until } from './harness/wait';

// The whole of dist, applied in one go to a cluster that has nothing of it, its namespace neither; Pods without a namespace
// of their own come into `here`. The cases follow one another in their order. In the twin's namespace are the jobs, each
// with a fault.
const here = useNamespace('platform');
const ml = useNamespaceToCome(PROGRAM_NAMESPACE);
const faulty = useNamespace('platform-twin');
const unordered = useNamespaceToCome(`podwright-e2e-platform-unordered-${currentRun().id}`);

const JOB = 'dist/parallel-job.k8s.yaml';
const SCHEDULE = 'dist/scheduled-job.k8s.yaml';
const job = manifest(JOB, 'Job').metadata.name;
/** How long all may take. */
const SECONDS = 120;

let applied = 0;

beforeAll(async () => {
  const keeper = await Namespace.make('platform-volumes', { level: 'privileged' });
  await prepareVolumes(keeper, [{ namespace: ml().name, name: 'linear-training-checkpoints' }]);

  const failing = twin(JOB, 'part-5-fails', ([{ spec }]) => {
    const { command } = spec.template.spec.containers[0];
    command.push(`[ $JOB_COMPLETION_INDEX = 5 ] && exit 1\n${command.pop()}`);
  });
  const hasty = twin(SCHEDULE, 'no-time', ([{ spec }]) => {
    spec.jobTemplate.spec.activeDeadlineSeconds = 1;
  });
  const files = [failing, hasty].map((file) => `-f ${moved(file, faulty().name)}`).join(' ');
  await faulty().fine(`kubectl apply ${files}`);
});

test('kubectl apply -R -f dist applies all of it in one go, the namespace that the rest is in too', async () => {
  const [folder] = dist().map((file) => dirname(moved(file, ml().name)));
  const [team = '', server = ''] = ['dist/0-team.k8s.yaml', 'dist/model-server.k8s.yaml'].map((file) =>
    moved(file, unordered().name),
  );
  const other = dirname(server);
  renameSync(join(currentRun().folder, team), join(currentRun().folder, other, 'team.k8s.yaml'));

  applied = Date.now();
  await provesItself(
    async ({ namespace, folder }) => {
      const { code, stderr } = await namespace.run(`kubectl apply -R -f ${folder}`);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    },
    {
      good: { namespace: here(), folder },
      bad: { namespace: unordered(), folder: other },
      because: /namespaces \\?"podwright-e2e-platform-unordered-\w+\\?" not found/,
    },
  );
});

/** The condition that an object of a kind comes to, and the one that it can come to instead. */
const ENDS: Readonly<Record<string, readonly string[]>> = {
  Pod: ['Ready'],
  Deployment: ['Available'],
  Job: ['Complete', 'Failed'],
};

test(`every workload of dist is ready or complete within ${SECONDS / 60} minutes`, () =>
  provesItself(
    async ({ files, home }) => {
      const workloads = files.flatMap(manifests).filter(({ kind }) => ENDS[kind]);
      const ends = await Promise.all(workloads.map((workload) => endOf(workload, home(workload))));
      expect(ends).toEqual(workloads.map(({ kind, metadata: { name } }) => `${name} ${ENDS[kind]?.[0]}`));
    },
    {
      good: { files: dist(), home: ({ metadata }: Manifest) => (metadata.namespace ? ml() : here()) },
      bad: { files: [JOB], home: () => faulty() },
      because: /\+ +"scoring-\w+ Failed"|waited [\d.]+ s for Job 'scoring-/,
    },
  ));

async function endOf({ kind, metadata: { name } }: Manifest, namespace: Namespace): Promise<string> {
  const seconds = SECONDS - (Date.now() - applied) / 1000;
  return until(
    `${kind} '${name}'`,
    async () => {
      const object = await namespace.get(kind, name);
      const end = object && endIn(object);
      if (!end) throw new Error(JSON.stringify(object?.status));
      return `${name} ${end}`;
    },
    { seconds },
  );
}

function endIn({ kind, status }: ApiObject): string | undefined {
  const conditions: { type: string; status: string }[] = status.conditions ?? [];
  return conditions.find(({ type, status }) => ENDS[kind]?.includes(type) && status === 'True')?.type;
}

test('each index of the parallel job does its part', () =>
  provesItself(
    async (namespace: Namespace) => {
      const logs = await namespace.fine(`kubectl logs -l batch.kubernetes.io/job-name=${job} --tail=-1`);
      const parts = [0, 1, 2, 3, 4, 5].map((part) => `part ${part}: ${squares(part * 100, part * 100 + 100)}`);
      expect(logs.trim().split('\n').sort()).toEqual(parts);
    },
    { good: ml(), bad: faulty(), because: /- +"part 5: 30278350"/ },
  ));

function squares(from: number, to: number): number {
  let sum = 0;
  for (let n = from; n < to; n++) sum += n * n;
  return sum;
}

test('the scheduled job runs by the clock, and gets its answer', () =>
  provesItself(
    async (namespace: Namespace) => {
      // It starts at each minute, and tries again until the model server is up.
      const run = await until(
        'a run of the scheduled job to end',
        async () => (await namespace.list('job')).find((job) => isRun(job) && endIn(job)),
        { seconds: 240 },
      );
      expect(endIn(run)).toBe('Complete');
      const answer = JSON.parse(await namespace.fine(`kubectl logs job/${run.metadata.name}`));
      expect(answer).toMatchObject({ y: 5 });
    },
    { good: ml(), bad: faulty(), because: /Expected: "Complete"\s+Received: "Failed"/ },
  ));

function isRun({ metadata }: ApiObject): boolean {
  return metadata.ownerReferences?.some(({ kind, name }) => kind === 'CronJob' && name === 'model-check') ?? false;
}

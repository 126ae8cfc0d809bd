import { jobEnd } from './harness/job-end';
import { type ApiObject, type Namespace, useNamespace } from './harness/namespace';
import { advertiseGpus } from './harness/node';
import { type Manifest, manifest, moved, twin } from './harness/program';
import { provesItself } from './harness/proves';
import { currentRun, RUN_LABEL, testWith, undo } from './harness/run';
import { until } from './harness/wait';

// Two GPUs that a node only says it has: enough for the scheduler and for quotas.
const JOB = 'dist/parallel-job.k8s.yaml';
const TEAM = 'dist/0-team.k8s.yaml';
const COUNTER = 'dist/counter.k8s.yaml';
const job = manifest(JOB, 'Job').metadata.name;
const here = useNamespace('gpus');
const none = useNamespace('gpus-none');
const preempted = useNamespace('gpus-preempted');
const countedFor = useNamespace('gpus-counted');
const team = useNamespace('gpus-team');
const unenforced = useNamespace('gpus-team-twin');

beforeAll(async () => {
  if (currentRun().features.unusedGpus) await advertiseGpus(here(), 2);
});

function useGpus(pod: Manifest, gpus: number): void {
  pod.spec.containers[0].resources = { limits: { 'nvidia.com/gpu': gpus } };
}

testWith('unusedGpus')('pods wait for a GPU, and those that end give theirs back', () => {
  const slow = ([{ spec }]: Manifest[]) => {
    const { command } = spec.template.spec.containers[0];
    command.push(`sleep 4\n${command.pop()}`);
  };
  return provesItself(
    async ({ namespace, file }) => {
      await namespace.fine(`kubectl apply -f ${moved(file, namespace.name)}`);
      let atOnce = 0;
      let isWaiting = false;
      await until(
        'all parts',
        async () => {
          const pods = await namespace.list('pod', `batch.kubernetes.io/job-name=${job}`);
          atOnce = Math.max(atOnce, pods.filter(isAtWork).length);
          isWaiting ||= pods.some(waitsForGpu);
          return (await namespace.get('job', job))?.status.succeeded === 6;
        },
        { seconds: 240 },
      );
      expect({ atOnce, isWaiting }).toEqual({ atOnce: 2, isWaiting: true });
    },
    {
      good: {
        namespace: here(),
        file: twin(JOB, 'a-gpu-each', (objects) => {
          useGpus(objects[0].spec.template, 1);
          slow(objects);
        }),
      },
      bad: { namespace: none(), file: twin(JOB, 'no-gpus', slow) },
      because: /- +"atOnce": 2,\n- +"isWaiting": true,\n\+ +"atOnce": 3,\n\+ +"isWaiting": false,/,
    },
  );
});

function isAtWork({ spec, status }: ApiObject): boolean {
  return spec.nodeName !== undefined && !['Succeeded', 'Failed'].includes(status.phase);
}

function waitsForGpu({ status }: ApiObject): boolean {
  const conditions: { type: string; message?: string }[] = status.conditions ?? [];
  return conditions.some(
    ({ type, message }) => type === 'PodScheduled' && message?.includes('Insufficient nvidia.com/gpu'),
  );
}

testWith('unusedGpus')(
  'a Job that has to give its GPU to an urgent one runs again, at the cost of no retry',
  async () => {
    const { id } = currentRun();
    const urgent = `podwright-e2e-urgent-${id}`;
    const metadata = { name: urgent, labels: { [RUN_LABEL]: id } };
    const priorities = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata, value: 1000 };
    undo(`kubectl delete priorityclasses -l ${RUN_LABEL}=${id}`);
    await preempted().fine('kubectl create -f -', { input: JSON.stringify(priorities) });

    const long = ([{ spec }]: Manifest[]) => {
      Object.assign(spec, { completions: 1, parallelism: 1, backoffLimitPerIndex: 0 });
      useGpus(spec.template, 1);
      spec.template.spec.terminationGracePeriodSeconds = 1;
      const { command } = spec.template.spec.containers[0];
      command.push(`sleep 20\n${command.pop()}`);
    };
    const counted = (objects: Manifest[]) => {
      long(objects);
      delete objects[0].spec.podFailurePolicy;
    };
    const subjects = [
      { namespace: preempted(), file: twin(JOB, 'long', long) },
      { namespace: countedFor(), file: twin(JOB, 'long-and-counted', counted) },
    ] as const;
    for (const { namespace, file } of subjects) await namespace.fine(`kubectl apply -f ${moved(file, namespace.name)}`);
    await until('both to have their GPU', async () => {
      const pods = await Promise.all(subjects.map(({ namespace }) => namespace.list('pod')));
      return pods.flat().filter(({ status }) => status.phase === 'Running').length === 2;
    });
    const both = twin(COUNTER, 'urgent', ([pod]) => {
      useGpus(pod, 2);
      pod.spec.priorityClassName = urgent;
    });
    await preempted().fine(`kubectl create -f ${both}`);
    await preempted().ready('counter');
    await preempted().fine('kubectl delete pod counter --force --grace-period=0');
    await provesItself(
      async (namespace: Namespace) => {
        expect((await jobEnd(namespace, job)).type).toBe('Complete');
      },
      { good: preempted(), bad: countedFor(), because: /Expected: "Complete"\s+Received: "Failed"/ },
    );
  },
);

testWith('unusedGpus')('the quota of a team counts GPUs, which it would not under their bare name', async () => {
  const bareName = twin(TEAM, 'bare-name', (objects) => {
    const { hard } = objects.find(({ kind }) => kind === 'ResourceQuota').spec;
    hard['nvidia.com/gpu'] = hard['requests.nvidia.com/gpu'];
    delete hard['requests.nvidia.com/gpu'];
  });
  const [both, more] = [2, 1].map((gpus) =>
    twin(COUNTER, `${gpus}-gpus`, ([pod]) => {
      useGpus(pod, gpus);
      pod.metadata.name = `gpus-${gpus}`;
    }),
  );
  await provesItself(
    async ({ namespace, file }: { namespace: Namespace; file: string }) => {
      await namespace.fine(`kubectl apply -f ${moved(file, namespace.name)}`);
      await until('the quota', async () => (await namespace.get('quota', 'quota'))?.status.hard);
      await namespace.fine(`kubectl create -f ${both}`);
      const { code, stderr } = await namespace.run(`kubectl create -f ${more}`);
      expect(code).toBe(1);
      expect(stderr).toContain(
        'exceeded quota: quota, requested: requests.nvidia.com/gpu=1, used: requests.nvidia.com/gpu=2, limited: requests.nvidia.com/gpu=2',
      );
    },
    {
      good: { namespace: team(), file: TEAM },
      bad: { namespace: unenforced(), file: bareName },
      because: /Expected: 1\s+Received: 0/,
    },
  );
});

import { jobEnd } from './harness/job-end';
import { type Namespace, useNamespace } from './harness/namespace';
import { type Manifest, manifest, moved, twin } from './harness/program';
import { provesItself } from './harness/proves';
import { until } from './harness/wait';

// The parallel job of dist, with what a Job may say beside.
const FILE = 'dist/parallel-job.k8s.yaml';
const JOB = manifest(FILE, 'Job').metadata.name;
const held = useNamespace('job-held');
const free = useNamespace('job-free');
const retried = useNamespace('job-retried');
const failed = useNamespace('job-failed');
const together = useNamespace('job-together');
const apart = useNamespace('job-apart');
const enough = useNamespace('job-enough');
const all = useNamespace('job-all');

interface Subject {
  readonly namespace: Namespace;
  readonly file: string;
}

const changed = (fault: string, change: (spec: Manifest) => void) => twin(FILE, fault, ([{ spec }]) => change(spec));

function apply({ namespace, file }: Subject): Promise<string> {
  return namespace.fine(`kubectl apply -f ${moved(file, namespace.name)}`);
}

/** How the Job ended, and how many of its pods succeeded and failed. */
async function ended(namespace: Namespace): Promise<object> {
  const { type, reason } = await jobEnd(namespace, JOB);
  const { succeeded, failed = 0 } = (await namespace.get('job', JOB))?.status ?? {};
  return { type, reason, succeeded, failed };
}

/** The check that a Job, once it is applied, ends in a way. */
const endsAs = (expected: object) => async (subject: Subject) => {
  await apply(subject);
  expect(await ended(subject.namespace)).toMatchObject(expected);
};

test('a suspended Job has no pod until it is resumed, and then does all of its parts', async () => {
  const subject = (namespace: Namespace, suspend: boolean) => ({
    namespace,
    file: changed(`suspend-${suspend}`, (spec) => Object.assign(spec, { suspend })),
  });
  await provesItself(
    async ({ namespace, file }: Subject) => {
      await apply({ namespace, file });
      const { conditions } = await until('the Job', async () => {
        const job = await namespace.get('job', JOB);
        return job?.status.conditions && job.status;
      });
      expect(conditions).toMatchObject([{ type: 'Suspended', status: 'True' }]);
      expect(await namespace.list('pod')).toEqual([]);
      await namespace.fine(`kubectl patch job ${JOB} -p '{"spec":{"suspend":false}}'`);
      expect(await ended(namespace)).toMatchObject({ type: 'Complete', succeeded: 6, failed: 0 });
    },
    { good: subject(held(), true), bad: subject(free(), false), because: /- +"type": "Suspended"/ },
  );
});

/** Has some indexes fail where they have not failed before. */
const failsOnce = (indexes: string) => (spec: Manifest) => {
  const [container] = spec.template.spec.containers;
  const fieldPath = "metadata.annotations['batch.kubernetes.io/job-index-failure-count']";
  container.env = [{ name: 'FAILURES', valueFrom: { fieldRef: { fieldPath } } }];
  const fails = `case $JOB_COMPLETION_INDEX$FAILURES in ${indexes}) exit 1;; esac`;
  container.command.push(`${fails}\n${container.command.pop()}`);
};

test('an index that fails is tried again, without the others', () => {
  const faulty = failsOnce('50');
  const once = (spec: Manifest) => {
    faulty(spec);
    spec.backoffLimitPerIndex = 0;
  };
  return provesItself(endsAs({ type: 'Complete', succeeded: 6, failed: 1 }), {
    good: { namespace: retried(), file: changed('fails-once', faulty) },
    bad: { namespace: failed(), file: changed('not-retried', once) },
    because: /- +"type": "Complete",.*\+ +"type": "Failed",/s,
  });
});

test('beside the count of each index, backoffLimit bounds the failures of all', () => {
  const two = failsOnce('00|10');
  const bounded = (spec: Manifest) => {
    two(spec);
    spec.backoffLimit = 1;
  };
  return provesItself(endsAs({ type: 'Failed', reason: 'BackoffLimitExceeded' }), {
    good: { namespace: together(), file: changed('bounded', bounded) },
    bad: { namespace: apart(), file: changed('not-bounded', two) },
    because: /- +"reason": "BackoffLimitExceeded",.*\+ +"type": "Complete",/s,
  });
});

test('a success policy ends the Job when enough of it is done', () => {
  const slow = (spec: Manifest) => {
    spec.parallelism = 6;
    spec.template.spec.terminationGracePeriodSeconds = 1;
    const { command } = spec.template.spec.containers[0];
    command.push(`[ $JOB_COMPLETION_INDEX = 0 ] || sleep 20\n${command.pop()}`);
  };
  const policy = (spec: Manifest) => {
    slow(spec);
    spec.successPolicy = { rules: [{ succeededIndexes: '0' }] };
  };
  return provesItself(endsAs({ type: 'Complete', reason: 'SuccessPolicy', succeeded: 1 }), {
    good: { namespace: enough(), file: changed('success-policy', policy) },
    bad: { namespace: all(), file: changed('no-success-policy', slow) },
    because:
      /- +"reason": "SuccessPolicy",\n- +"succeeded": 1,\n\+ +"reason": "CompletionsReached",\n\+ +"succeeded": 6,/,
  });
});

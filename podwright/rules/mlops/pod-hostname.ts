import type { Any, Step } from '../engine/cursor';
import { type At, objectRule } from '../rule';
import { podSpec, sample } from '../samples';
import { replicatedJobsOf } from './job-set';

const cron = (name: string) =>
  sample('batch/v1', 'CronJob', name, {
    spec: {
      schedule: '0 3 * * *',
      jobTemplate: {
        spec: {
          completionMode: 'Indexed',
          completions: 100,
          parallelism: 100,
          template: { spec: podSpec({}, { restartPolicy: 'Never' }) },
        },
      },
    },
  });

export const podHostname = objectRule({
  id: 'mlops/pod-hostname',
  severity: 'error',
  summary: 'a CronJob or JobSet whose pods would have hostnames that are too long',
  why: `The pods of an Indexed Job have the hostname \`JOB-INDEX\`, of at most 63 characters. A CronJob's Jobs have eleven more than
its own name, and a JobSet's \`JOBSET-REPLICATEDJOB-NUMBER\`: the object is taken, and no Job of it is.`,
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode',
  kinds: ['batch/CronJob', 'jobset.x-k8s.io/JobSet'],
  fails: [cron('a-nightly-training-of-the-ranking-model-for-search-x')],
  passes: [cron('nightly-ranking')],
  check(object: Any, at) {
    const name: string = object.metadata?.name ?? '';
    if (object.kind === 'CronJob') {
      const { completionMode, completions = 1 } = object.spec?.jobTemplate?.spec ?? {};
      if (completionMode === 'Indexed') compare(`${name}-${'0'.repeat(10)}`, completions, ['metadata', 'name'], at);
      return;
    }
    for (const { name: job, replicas, spec, steps } of replicatedJobsOf(object)) {
      const { completions, parallelism = 1 } = spec;
      compare(`${name}-${job}-${Math.max(0, replicas - 1)}`, completions ?? parallelism, [...steps, 'name'], at);
    }
  },
});

function compare(job: string, completions: number, steps: readonly Step[], at: At): void {
  const length = `${job}-${Math.max(0, completions - 1)}`.length;
  if (length <= 63) return;
  at.report(
    steps,
    `makes hostnames of ${length} characters for its pods; expected 63 at most: ${length - 63} fewer here`,
  );
}

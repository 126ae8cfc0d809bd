import { objectRule } from '../rule';
import { podSpec, sample } from '../samples';

const job = (spec: object) =>
  sample('batch/v1', 'Job', 'train', {
    spec: { template: { spec: podSpec({}, { restartPolicy: 'Never' }) }, ...spec },
  });

export const ttlGitops = objectRule({
  id: 'start/ttl-gitops',
  severity: 'warning',
  summary: 'a Job that deletes itself where a GitOps controller follows dist',
  why: `The controller finds that the Job is gone, and makes it again: it runs once more each time, for ever. Without
ttlSecondsAfterFinished a finished Job stays; it uses nothing but its place in the API.

The rule is silent unless the program says that it is followed: \`gitops: true\`.`,
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/',
  kinds: ['batch/Job'],
  given: { gitops: true },
  fails: [job({ ttlSecondsAfterFinished: 60 })],
  passes: [job({})],
  check({ spec }, at) {
    const seconds = spec?.ttlSecondsAfterFinished;
    if (seconds === undefined || !at.world.gitops) return;
    at.report(
      ['spec', 'ttlSecondsAfterFinished'],
      `deletes the Job, which GitOps makes, and runs, again, got ${seconds}`,
      { fix: 'Leave it out, or make the Job from a CronJob' },
    );
  },
});

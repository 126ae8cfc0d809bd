import type { Any, Step } from '../engine/cursor';
import { reportMissing } from '../relations/missing';
import { type At, objectRule } from '../rule';
import { podSpec, sample } from '../samples';
import { resourcesOf } from '../start/limits';
import { namespaceOf, podViewOf } from '../world';

const LABEL = 'kueue.x-k8s.io/queue-name';
const QUEUE = 'kueue.x-k8s.io/LocalQueue';
const labels = { [LABEL]: 'team' };
const cron = (metadata: object, jobMetadata: object) =>
  sample(
    'batch/v1',
    'CronJob',
    'nightly',
    {
      spec: {
        schedule: '0 3 * * *',
        jobTemplate: {
          metadata: jobMetadata,
          spec: {
            template: { spec: podSpec({ resources: { requests: { cpu: '1' } } }, { restartPolicy: 'Never' }) },
          },
        },
      },
    },
    metadata,
  );

export const queueName = objectRule({
  id: 'mlops/queue-name',
  severity: 'warning',
  summary: 'a workload whose queue Kueue does not read, does not find, or does not count',
  why: `Kueue reads the label kueue.x-k8s.io/queue-name of the Job itself: of a CronJob that of its jobTemplate, and for neither that
of the pods' template. Elsewhere the label is nothing, and so is one of another spelling or, but for old versions of Kueue, an
annotation: the Job starts at once, past its queue.

What a queue counts is what the pods request, by themselves or by a LimitRange of the namespace: a container that requests nothing
counts as nothing. The LocalQueue is of the
workload's own namespace; a Job of one that is not there stays suspended. One that others make is declared by \`externals\`.`,
  source: 'https://kueue.sigs.k8s.io/docs/tasks/run/jobs/',
  kinds: ['batch/Job', 'batch/CronJob'],
  fails: [cron({ labels }, {})],
  passes: [
    cron({}, { labels }),
    sample('kueue.x-k8s.io/v1beta2', 'LocalQueue', 'team', { spec: { clusterQueue: 'gpu' } }),
  ],
  check(object: Any, at) {
    const isCron = object.kind === 'CronJob';
    const pod = podViewOf(object);
    const read: readonly string[] = isCron ? ['spec', 'jobTemplate', 'metadata', 'labels'] : ['metadata', 'labels'];
    const queue = mapAt(object, read)[LABEL];
    if (queue === undefined) {
      const metas = [['metadata'], read.slice(0, -1), [...(pod?.path.slice(0, -1) ?? []), 'metadata']];
      reportUnread(object, metas, read, at);
      return;
    }
    const namespace = namespaceOf(object);
    const isKnown = at.world.complete || at.world.ofKind(QUEUE, namespace).length > 0;
    if (isKnown && !at.world.has(QUEUE, queue, namespace)) {
      reportMissing(at, [...read, LABEL], { kind: QUEUE, name: queue, namespace });
    }
    for (const [index, container] of (pod?.spec.containers ?? []).entries()) {
      const { name } = container;
      if (pod?.spec.resources || resourcesOf(at.world, container, namespace).requests.size > 0) continue;
      const path = [...(pod?.path ?? []), 'containers', index, 'resources'];
      at.report(path, `container ${name} requests nothing, so that queue ${queue} counts nothing; expected requests`);
    }
  },
});

function mapAt(object: Any, steps: readonly string[]): Readonly<Record<string, string>> {
  return steps.reduce((value: Any, step) => value?.[step], object) ?? {};
}

/** Of a workload without the label where it is read, the first key that was most likely meant for it. */
function reportUnread(object: Any, metas: readonly (readonly string[])[], read: readonly string[], at: At): void {
  for (const meta of metas) {
    for (const field of ['labels', 'annotations']) {
      const steps: Step[] = [...meta, field];
      const map = mapAt(object, steps as string[]);
      const key = Object.keys(map).find((one) => MEANT.test(one));
      if (key === undefined) continue;
      const expected = `expected ${key === LABEL ? 'it' : LABEL} in ${read.join('.')}`;
      const what = field === 'labels' ? 'is not read there' : 'is read there by old versions of Kueue at most';
      at.report([...steps, key], `${what}, got ${JSON.stringify(map[key])}; ${expected}`);
      return;
    }
  }
}

/** The label, and what it is taken for: `kueue.x-k8s.io/queue`, `kueue.k8s.io/queueName`. */
const MEANT = /^kueue\.[^/]*\/queue([-_]?name)?$/i;

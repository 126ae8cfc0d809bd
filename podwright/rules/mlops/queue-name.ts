import type { Any, Step } from '../engine/cursor';
import { objectRule } from '../rule';
import { podSpec, sample } from '../samples';
import { namespaceOf, podViewOf } from '../world';

const LABEL = 'kueue.x-k8s.io/queue-name';
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
of the pods' template. Elsewhere the label is nothing, and the Job starts at once, past its queue.

What a queue counts is what the pods request: a container that requests nothing counts as nothing. The LocalQueue is of the
workload's own namespace; where the program has queues there, the name is looked for among them.`,
  source: 'https://kueue.sigs.k8s.io/docs/tasks/run/jobs/',
  kinds: ['batch/Job', 'batch/CronJob'],
  fails: [cron({ labels }, {})],
  passes: [cron({}, { labels })],
  check(object: Any, at) {
    const isCron = object.kind === 'CronJob';
    const pod = podViewOf(object);
    const read: readonly string[] = isCron ? ['spec', 'jobTemplate', 'metadata', 'labels'] : ['metadata', 'labels'];
    const others = [
      ...(isCron ? [['metadata', 'labels']] : []),
      ...(pod ? [[...pod.path.slice(0, -1), 'metadata', 'labels']] : []),
    ];
    const labelsAt = (steps: readonly string[]): Any => steps.reduce((value: Any, step) => value?.[step], object) ?? {};
    const queue = labelsAt(read)[LABEL];
    if (queue === undefined) {
      const wrong = others.find((steps) => labelsAt(steps)[LABEL] !== undefined);
      if (wrong) {
        at.report(
          [...wrong, LABEL],
          `is not read there, got ${JSON.stringify(labelsAt(wrong)[LABEL])}; expected it in ${read.join('.')}`,
        );
      }
      return;
    }
    const steps: Step[] = [...read, LABEL];
    const namespace = namespaceOf(object);
    const queues = at.world.ofKind('kueue.x-k8s.io/LocalQueue', namespace);
    if (queues.length > 0 && !at.world.has('kueue.x-k8s.io/LocalQueue', queue, namespace)) {
      at.report(
        steps,
        `is no LocalQueue of the namespace, got ${JSON.stringify(queue)}; expected one of ${queues.map((one) => one.metadata?.name).join(', ')}`,
      );
    }
    for (const [index, { name, resources }] of (pod?.spec.containers ?? []).entries()) {
      if (resources?.requests || resources?.limits || pod?.spec.resources) continue;
      const path = [...(pod?.path ?? []), 'containers', index, 'resources'];
      at.report(path, `container ${name} requests nothing, so that queue ${queue} counts nothing; expected requests`);
    }
  },
});

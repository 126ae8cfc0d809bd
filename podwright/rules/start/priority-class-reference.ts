import { reportMissing } from '../relations/missing';
import { podRule } from '../rule';
import { sample, samplePod } from '../samples';

const KIND = 'scheduling.k8s.io/PriorityClass';
const worker = samplePod('worker', {}, { priorityClassName: 'batch' });

export const priorityClassReference = podRule({
  id: 'start/priority-class-reference',
  severity: 'error',
  summary: 'a pod of a PriorityClass that is not there',
  why: `The API server refuses a pod whose priority class does not exist: a Pod is not made, and a workload stays without pods,
which only its events tell. The classes whose names begin with \`system-\` are the cluster's own.`,
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#pod-priority',
  fails: [worker],
  passes: [worker, sample('scheduling.k8s.io/v1', 'PriorityClass', 'batch', { value: 1000 })],
  check({ spec: { priorityClassName: name } }, at) {
    if (!name || name.startsWith('system-') || !at.world.complete || at.world.has(KIND, name)) return;
    reportMissing(at, ['spec', 'priorityClassName'], { kind: KIND, name, namespace: '' });
  },
});

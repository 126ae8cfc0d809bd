import type { Any, Step } from '../engine/cursor';
import { type At, objectRule } from '../rule';
import { podSpec, sample } from '../samples';
import { requestedBy, roomOn } from '../start/nodes';
import { namespaceOf } from '../world';
import { replicatedJobsOf } from './job-set';
import { masterOf, nodesOf } from './training';

const job = (nodes: number) =>
  sample('batch/v1', 'Job', 'train', {
    spec: {
      completionMode: 'Indexed',
      completions: nodes,
      parallelism: nodes,
      template: {
        spec: podSpec(
          { resources: { limits: { 'nvidia.com/gpu': 8 } }, env: [{ name: 'MASTER_ADDR', value: 'train-0.train' }] },
          { restartPolicy: 'Never', subdomain: 'train' },
        ),
      },
    },
  });

export const noRoom = objectRule({
  id: 'mlops/no-room',
  severity: 'error',
  summary: 'a training whose pods must run together, and are more than the declared nodes have room for',
  why: `The workers wait for each other: those that find a node hold its GPUs and do nothing, until the training times out. That is
so for all pods of an Indexed Job with as many completions as it runs at once, and of a JobSet, that know where they meet. Of an
elastic training (\`--nnodes=2:4\`) it is so for the lower bound, and pods that train alone (\`--nnodes=1\`) wait for none.

Room is what all declared nodes have when nothing else runs, pod by pod; without \`facts: { nodes }\`, with their count and what is
allocatable, the rule is silent.`,
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/',
  given: { facts: { nodes: [{ count: 2, allocatable: { 'nvidia.com/gpu': 8 } }] } },
  kinds: ['batch/Job', 'jobset.x-k8s.io/JobSet'],
  fails: [job(4)],
  passes: [job(2)],
  check(object: Any, at) {
    const { nodes } = at.world;
    if (!nodes || nodes.length === 0) return;
    if (object.kind === 'Job') {
      checkJob(object, object.spec, 1, ['spec'], at);
      return;
    }
    for (const { spec, replicas, steps } of replicatedJobsOf(object)) {
      checkJob(object, spec, replicas, [...steps, 'template', 'spec'], at);
    }
  },
});

function checkJob(object: Any, job: Any, replicas: number, steps: readonly Step[], at: At): void {
  const { completionMode = object.kind === 'Job' ? 'NonIndexed' : 'Indexed', parallelism = 1, template } = job ?? {};
  const { completions = parallelism } = job ?? {};
  const pods = parallelism * replicas;
  if (completionMode !== 'Indexed' || completions !== parallelism || pods < 2 || !template?.spec) return;
  const namespace = namespaceOf(object);
  const pod = { object, namespace, metadata: template.metadata ?? {}, spec: template.spec, path: [] };
  const nodes = nodesOf(pod);
  if (!nodes && !masterOf(pod) && !(object.kind === 'Job' && pod.spec.subdomain)) return;
  const together = nodes ? Math.min(nodes.least, pods) : pods;
  if (!(together > 1)) return;
  const needed = requestedBy(at.world, pod.spec, namespace);
  const room = (at.world.nodes ?? []).reduce((sum, node) => sum + roomOn(node, pod.spec, needed), 0);
  // Where there is room for none, start/no-node says why.
  if (room >= together || (room === 0 && object.kind === 'Job')) return;
  if (nodes && together < pods) {
    at.report(
      [...steps, 'template', ...nodes.told.steps],
      `waits for ${together} pods at once, more than the declared nodes have room for, got ${nodes.told.value}; expected ${room} at most`,
    );
    return;
  }
  at.report(
    [...steps, 'parallelism'],
    `is more pods than the declared nodes have room for at once, got ${replicas === 1 ? '' : `${replicas} x `}${parallelism}; expected ${room} at most, since each waits for the others`,
  );
}

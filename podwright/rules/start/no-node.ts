import { podRule } from '../rule';
import { samplePod } from '../samples';
import { obstacle, requestedBy } from './nodes';

const pod = (gpus: number) => samplePod('worker', { resources: { limits: { 'nvidia.com/gpu': gpus } } });

export const noNode = podRule({
  id: 'start/no-node',
  severity: 'error',
  summary: 'a pod that none of the declared nodes can take',
  why: `The pod stays Pending: it requests more than a node has, asks for labels that none has, or tolerates no taint of those that
would do. What nodes there are no manifest says: the rule is silent until \`facts: { nodes }\` declares them.`,
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/#kube-scheduler-implementation',
  given: { facts: { nodes: [{ count: 2, allocatable: { cpu: 8, memory: '32Gi', 'nvidia.com/gpu': 4 } }] } },
  fails: [pod(8)],
  passes: [pod(4)],
  check({ spec, namespace }, at) {
    const { nodes } = at.world;
    if (!nodes || nodes.length === 0) return;
    const needed = requestedBy(at.world, spec, namespace);
    const obstacles = new Set<string>();
    for (const node of nodes) {
      const why = obstacle(node, spec, needed);
      if (why === undefined) return;
      obstacles.add(why);
    }
    at.report(['spec'], `no declared node can take the pod: ${[...obstacles].join('; ')}`);
  },
});

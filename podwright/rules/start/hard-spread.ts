import { selects } from '../api/labels';
import type { Any } from '../engine/cursor';
import type { NodeShape } from '../facts';
import { podRule } from '../rule';
import { sampleDeployment } from '../samples';
import { obstacle } from './nodes';
import { replicasOf } from './replicas';

const HOSTNAME = 'kubernetes.io/hostname';
const apart = (replicas: number) =>
  sampleDeployment(
    'web',
    { replicas },
    {},
    {
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: HOSTNAME, labelSelector: { matchLabels: { app: 'web' } } },
          ],
        },
      },
    },
  );

export const hardSpread = podRule({
  id: 'start/hard-spread',
  severity: 'error',
  summary: 'pods that must be apart, and are more than the declared nodes and zones have room for',
  why: `Required anti-affinity puts one pod into each domain of the topology (a node, a zone), and a spread constraint with
DoNotSchedule and minDomains at most maxSkew into each where there are too few: the pods beyond stay Pending, and a rollout that
makes a new pod first never gets on. A topology key that no node has as a label keeps all of them Pending.

What nodes there are no manifest says: the rule is silent until \`facts: { nodes }\` declares them, with their count.
ScheduleAnyway, and preferred anti-affinity, spread as far as there is room.`,
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/',
  given: { facts: { nodes: [{ count: 2 }] } },
  fails: [apart(3)],
  passes: [apart(2)],
  check({ spec, metadata, object }, at) {
    const { nodes } = at.world;
    if (!nodes || nodes.length === 0) return;
    const pods = replicasOf(at.world, object)?.most;
    if (pods === undefined) return;
    const able = nodes.filter((node) => obstacle(node, spec, new Map()) === undefined);
    const say = (steps: readonly (string | number)[], key: string, room: number) =>
      at.report(
        steps,
        room === 0
          ? `no declared node has the label ${key}`
          : `leaves room for ${room} pod${room === 1 ? '' : 's'} on the declared nodes, got ${pods}`,
      );
    const terms: Any[] = spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    for (const [index, { topologyKey, labelSelector }] of terms.entries()) {
      if (!labelSelector || !selects(labelSelector, metadata.labels)) continue;
      const room = domainsOf(able, topologyKey);
      const steps = ['spec', 'affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', index];
      if (room < pods) say([...steps, 'topologyKey'], topologyKey, room);
    }
    for (const [index, constraint] of (spec.topologySpreadConstraints ?? []).entries()) {
      const { topologyKey, whenUnsatisfiable = 'DoNotSchedule', maxSkew = 1, minDomains = 1 } = constraint;
      if (whenUnsatisfiable !== 'DoNotSchedule') continue;
      const domains = domainsOf(able, topologyKey);
      const room = domains < minDomains ? domains * maxSkew : Number.POSITIVE_INFINITY;
      if (domains === 0 || room < pods)
        say(['spec', 'topologySpreadConstraints', index], topologyKey, domains === 0 ? 0 : room);
    }
  },
});

/** How many domains a topology has: each node is one of the hostname's. Labels that are not declared may be any. */
function domainsOf(nodes: readonly NodeShape[], key: string): number {
  if (key === HOSTNAME) return nodes.reduce((sum, { count = Number.POSITIVE_INFINITY }) => sum + count, 0);
  if (nodes.some(({ labels }) => labels === undefined)) return Number.POSITIVE_INFINITY;
  return new Set(nodes.flatMap(({ labels }) => labels?.[key] ?? [])).size;
}

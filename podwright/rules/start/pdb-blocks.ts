import type { Any } from '../engine/cursor';
import { objectRule } from '../rule';
import { sample, sampleDeployment } from '../samples';
import { namespaceOf } from '../world';
import { replicasOf, shareOf } from './replicas';

const budget = (fields: object) =>
  sample('policy/v1', 'PodDisruptionBudget', 'web', { spec: { selector: { matchLabels: { app: 'web' } }, ...fields } });

export const pdbBlocks = objectRule({
  id: 'start/pdb-blocks',
  severity: 'warning',
  summary: 'a PodDisruptionBudget that permits no eviction',
  why: `A node with a pod of it cannot be drained: an upgrade of the cluster stops there until somebody deletes the pod by hand.`,
  source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors',
  kinds: ['policy/PodDisruptionBudget'],
  fails: [budget({ minAvailable: 1 }), sampleDeployment('web', {})],
  passes: [budget({ maxUnavailable: 1 }), sampleDeployment('web', { replicas: 2 })],
  check(object, at) {
    const { maxUnavailable, minAvailable, selector } = object.spec ?? {};
    if (maxUnavailable === undefined && minAvailable === undefined) return;
    if (!selector) return;
    const pods = at.world.selected(selector, namespaceOf(object));
    const replicas = pods.map((pod) => replicasOf(at.world, pod.object));
    if (pods.length === 0 || replicas.some((known) => known === undefined)) return;
    const total = replicas.reduce((sum, known) => sum + (known?.most ?? 0), 0);
    const field = maxUnavailable === undefined ? 'minAvailable' : 'maxUnavailable';
    const value: Any = maxUnavailable ?? minAvailable;
    // The disruption controller rounds both up.
    const share = shareOf(value, total, Math.ceil);
    if (share === undefined || total === 0) return;
    const free = field === 'maxUnavailable' ? share : total - share;
    if (free > 0) return;
    const most = total === 1 ? 'one pod' : `${total} pods`;
    at.report(['spec', field], `permits no eviction of the ${most} that it selects, got ${JSON.stringify(value)}`, {
      fix: total === 1 ? 'Have two replicas, or no budget' : 'Set maxUnavailable: 1',
    });
  },
});

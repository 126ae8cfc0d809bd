import type { Any } from '../engine/cursor';
import { podRule } from '../rule';
import { sample, sampleDeployment } from '../samples';
import type { World } from '../world';
import { replicasOf } from './replicas';

const claim = (mode: string) =>
  sample('v1', 'PersistentVolumeClaim', 'data', {
    spec: { accessModes: [mode], resources: { requests: { storage: '1Gi' } } },
  });
const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];
const web = sampleDeployment('web', { replicas: 2 }, {}, { volumes });

export const sharedClaim = podRule({
  id: 'start/shared-claim',
  severity: 'warning',
  summary: 'several pods on a PersistentVolumeClaim that only one pod, or one node, can have',
  why: `With ReadWriteOncePod the second pod stays Pending. With ReadWriteOnce all pods must be on one node: those that are
scheduled to another stay in ContainerCreating, and a rollout that makes a new pod before the old one goes may wait for ever.

The rule is silent where \`facts: { nodes }\` says that there is one node, and for ReadWriteOncePod it is an error.`,
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
  fails: [web, claim('ReadWriteOnce')],
  passes: [web, claim('ReadWriteMany')],
  check({ spec, object, namespace }, at) {
    const { volumes } = spec;
    if (!volumes) return;
    for (let index = 0; index < volumes.length; index++) {
      const source = volumes[index].persistentVolumeClaim;
      if (!source?.claimName) continue;
      const claim = at.world.find('PersistentVolumeClaim', source.claimName, namespace);
      const modes: string[] = claim?.spec?.accessModes ?? [];
      if (modes.length === 0 || modes.includes('ReadWriteMany') || (modes.includes('ReadOnlyMany') && source.readOnly))
        continue;
      const pods = object.kind === 'DaemonSet' ? Number.POSITIVE_INFINITY : (replicasOf(at.world, object)?.most ?? 1);
      if (pods < 2) continue;
      const onePod = modes.every((mode) => mode === 'ReadWriteOncePod');
      if (!onePod && isOneNode(at.world)) continue;
      const many = Number.isFinite(pods) ? `${pods} pods` : 'the pods of all nodes';
      at.report(
        ['spec', 'volumes', index, 'persistentVolumeClaim', 'claimName'],
        `is shared by ${many}, got a claim for one ${onePod ? 'pod' : 'node'} (${modes.join(', ')}); expected ReadWriteMany`,
        {
          severity: onePod ? 'error' : 'warning',
          fix: onePod ? undefined : 'Where all are on one node, declare it: facts: { nodes: [{ count: 1 }] }',
        },
      );
    }
  },
});

function isOneNode({ nodes }: World): boolean {
  return (
    nodes !== undefined &&
    nodes.reduce((sum: number, { count = Number.POSITIVE_INFINITY }: Any) => sum + count, 0) === 1
  );
}

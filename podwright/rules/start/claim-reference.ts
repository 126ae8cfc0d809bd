import { reportMissing } from '../relations/missing';
import { visitReferences } from '../relations/references';
import { podRule } from '../rule';
import { sample, samplePod } from '../samples';
import type { World } from '../world';

const worker = samplePod('worker', {}, { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] });
const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };

export const claimReference = podRule({
  id: 'start/claim-reference',
  severity: 'error',
  summary: 'a pod with a volume on a PersistentVolumeClaim that is not there',
  why: `The scheduler finds no node for the pod before the claim is there: it stays Pending. Claims that a StatefulSet of the
program makes from its volumeClaimTemplates are there.`,
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes',
  fails: [worker],
  passes: [worker, sample('v1', 'PersistentVolumeClaim', 'data', { spec: claim })],
  check({ spec, namespace }, at) {
    if (!at.world.complete) return;
    visitReferences(spec, ({ kind, name, steps }) => {
      if (kind !== KIND || at.world.has(KIND, name, namespace) || isMade(at.world, name, namespace)) return;
      reportMissing(at, steps, { kind, name, namespace });
    });
  },
});

const KIND = 'PersistentVolumeClaim';

/** `TEMPLATE-STATEFULSET-NUMBER` */
function isMade(world: World, name: string, namespace: string): boolean {
  return world.ofKind('apps/StatefulSet', namespace).some(({ metadata, spec }) => {
    return (spec?.volumeClaimTemplates ?? []).some(
      ({ metadata: { name: template = '' } = {} }: { metadata?: { name?: string } }) => {
        const start = `${template}-${metadata?.name}-`;
        return name.startsWith(start) && /^\d+$/.test(name.slice(start.length));
      },
    );
  });
}

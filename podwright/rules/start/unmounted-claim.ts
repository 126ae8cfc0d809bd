import { containersOf } from '../../api/pods';
import type { Any } from '../engine/cursor';
import { podRule } from '../rule';
import { samplePod } from '../samples';

const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];

export const unmountedClaim = podRule({
  id: 'start/unmounted-claim',
  severity: 'warning',
  summary: 'a volume on a PersistentVolumeClaim that no container mounts',
  why: `The pod waits for the claim, on a node that has it, and no container sees it: what it writes is in its own file system, and is
gone with it.`,
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#how-volumes-work',
  fails: [samplePod('worker', {}, { volumes })],
  passes: [samplePod('worker', { volumeMounts: [{ name: 'data', mountPath: '/data' }] }, { volumes })],
  check({ spec }, at) {
    const { volumes } = spec;
    if (!volumes) return;
    for (let index = 0; index < volumes.length; index++) {
      const { name, persistentVolumeClaim } = volumes[index];
      if (!persistentVolumeClaim || isMounted(spec, name)) continue;
      at.report(
        ['spec', 'volumes', index],
        `is mounted by no container, got ${JSON.stringify(name)}; expected it in the volumeMounts of one`,
      );
    }
  },
});

function isMounted(spec: Any, volume: string): boolean {
  return containersOf(spec).some(([{ volumeMounts = [], volumeDevices = [] }]) =>
    [...volumeMounts, ...volumeDevices].some(({ name }) => name === volume),
  );
}

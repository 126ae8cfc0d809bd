import { type Amounts, add } from '../../api/amounts';
import { containersOf } from '../../api/pods';
import { formatQuantity, quantityOf } from '../../api/quantity';
import type { Any } from '../engine/cursor';
import { podRule } from '../rule';
import { samplePod } from '../samples';
import { resourcesOf } from './limits';

const pod = (sizeLimit: string) =>
  samplePod(
    'train',
    { resources: { limits: { memory: '32Gi' } }, volumeMounts: [{ name: 'shm', mountPath: '/dev/shm' }] },
    { volumes: [{ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit } }] },
  );

export const memoryVolume = podRule({
  id: 'start/memory-volume',
  severity: 'warning',
  summary: 'a volume in memory that is larger than the memory of the containers that mount it',
  why: `What is written to an emptyDir with \`medium: Memory\` counts as memory of the container that writes it. A container is killed at
its own limit, long before the volume is full: its \`sizeLimit\` says more than there is.

Without a sizeLimit the volume is as large as the limits allow.`,
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  fails: [pod('64Gi')],
  passes: [pod('16Gi')],
  check({ spec, namespace }, at) {
    for (const [index, { name, emptyDir }] of (spec.volumes ?? []).entries()) {
      if (emptyDir?.medium !== 'Memory' || emptyDir.sizeLimit === undefined) continue;
      const size = quantityOf(emptyDir.sizeLimit);
      const limits = limitsOf(spec, name, (container) => resourcesOf(at.world, container, namespace).limits);
      const most = limits.get('memory');
      if (!most || size.nano <= most.nano) continue;
      at.report(
        ['spec', 'volumes', index, 'emptyDir', 'sizeLimit'],
        `is more than the memory limits of the containers that mount it, got ${JSON.stringify(emptyDir.sizeLimit)}; expected ${formatQuantity(most)} or less`,
      );
    }
  },
});

/** The memory that the containers may have together that mount a volume; none where one has no limit. */
function limitsOf(spec: Any, volume: unknown, of: (container: Any) => Amounts): Amounts {
  const sum: Amounts = new Map();
  for (const [container] of containersOf(spec)) {
    if (!(container.volumeMounts ?? []).some((mount: Any) => mount?.name === volume)) continue;
    const memory = of(container).get('memory');
    if (!memory) return new Map();
    add(sum, new Map([['memory', memory]]));
  }
  return sum;
}

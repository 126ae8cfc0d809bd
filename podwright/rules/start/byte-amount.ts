import { containersOf } from '../../api/pods';
import { isWhole, parseQuantity } from '../../api/quantity';
import type { Any, Step } from '../engine/cursor';
import { type At, podRule } from '../rule';
import { samplePod } from '../samples';

const pod = (memory: string | number) => samplePod('worker', { resources: { limits: { memory } } });

export const byteAmount = podRule({
  id: 'start/byte-amount',
  severity: 'warning',
  summary: 'memory or storage in parts of a byte, or a limit of less than 1Mi',
  why: `The unit of memory is the byte, and \`m\` means thousandths: \`512m\` is half a byte, which the API server takes as 1. A limit of
that, or of \`16\` where Gi is meant, is too little for any process to start: the container fails over and over. A request as
small has the pod on a node that has no room for it.`,
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-memory',
  fails: [pod('512m'), pod(4)],
  passes: [pod('512Mi')],
  check({ spec }, at) {
    if (spec.resources) compare(spec.resources, ['spec', 'resources'], at);
    for (const [{ resources }, path] of containersOf(spec)) {
      if (resources) compare(resources, ['spec', ...path, 'resources'], at);
    }
  },
});

const NAMES = ['memory', 'ephemeral-storage'];
const MEBI = 1n << 20n;
const NANO = 1_000_000_000n;

function compare(resources: Any, steps: readonly Step[], at: At): void {
  for (const field of ['requests', 'limits']) {
    for (const name of NAMES) {
      const value = resources[field]?.[name];
      const amount = value === undefined ? '' : parseQuantity(value);
      if (typeof amount === 'string' || amount.nano <= 0n) continue;
      const got = `got ${JSON.stringify(value)}`;
      const expected = `expected a unit: ${parseFloat(value)}Mi, or ${parseFloat(value)}Gi`;
      if (!isWhole(amount)) at.report([...steps, field, name], `is in parts of a byte, ${got}; ${expected}`);
      else if (field === 'limits' && amount.nano < MEBI * NANO)
        at.report(
          [...steps, field, name],
          `is ${amount.nano / NANO} bytes, too few to start with, ${got}; ${expected}`,
        );
    }
  }
}

import { containersOf } from '../../api/pods';
import { parseQuantity, wholeValue } from '../../api/quantity';
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
small has the pod on a node that has no room for it.

From 1Mi on every amount is taken as it is: \`1.2Gi\`, too, which is no whole number of bytes, and which the API server prints as
\`1288490188800m\`.`,
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-memory',
  fails: [pod('512m'), pod(4)],
  passes: [pod('512Mi')],
  check({ spec }, at) {
    if (spec.resources) compare(spec.resources, () => ['spec', 'resources'], at);
    for (const [{ resources }, path] of containersOf(spec)) {
      if (resources) compare(resources, () => ['spec', ...path, 'resources'], at);
    }
  },
});

const FIELDS = ['requests', 'limits'] as const;
const NAMES = ['memory', 'ephemeral-storage'] as const;
const MEBI = 1n << 20n;
const NANO = 1_000_000_000n;
/** Suffixes of what is less than one: of thousandths, and exponents below zero. */
const PARTS = /([mun]|[eE]-\d+)$/;

function compare(resources: Any, stepsTo: () => readonly Step[], at: At): void {
  for (const field of FIELDS) {
    const amounts = resources[field];
    if (!amounts) continue;
    for (const name of NAMES) {
      const value = amounts[name];
      const doubt = value === undefined ? undefined : doubtOf(value)?.[field];
      if (doubt === undefined) continue;
      const expected = `expected a unit: ${parseFloat(value)}Mi, or ${parseFloat(value)}Gi`;
      at.report([...stepsTo(), field, name], `${doubt}, got ${JSON.stringify(value)}; ${expected}`);
    }
  }
}

/** What is doubtful about an amount, as a request and as a limit. */
type Doubt = { readonly [field in (typeof FIELDS)[number]]?: string };

const known = new Map<unknown, Doubt | undefined>();

function doubtOf(value: string | number): Doubt | undefined {
  if (known.has(value)) return known.get(value);
  const amount = parseQuantity(value);
  let doubt: Doubt | undefined;
  if (typeof amount !== 'string' && amount.nano > 0n && amount.nano < MEBI * NANO) {
    const parts = 'is in parts of a byte';
    if (amount.nano < NANO || PARTS.test(String(value))) doubt = { requests: parts, limits: parts };
    else doubt = { limits: `is ${wholeValue(amount)} bytes, too few to start with` };
  }
  // Programs use few amounts: this is only a bound for hostile input.
  if (known.size > 10_000) known.clear();
  known.set(value, doubt);
  return doubt;
}

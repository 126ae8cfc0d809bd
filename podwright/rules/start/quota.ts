import { type Amounts, amountsOf } from '../../api/amounts';
import { formatQuantity, type Quantity, quantityOf } from '../../api/quantity';
import type { Any } from '../engine/cursor';
import { objectRule } from '../rule';
import { sample, sampleDeployment } from '../samples';
import { isScoped } from './quota-scope';
import { lastingOf, usesOf } from './usage';

const quota = sample('v1', 'ResourceQuota', 'team', { spec: { hard: { 'requests.cpu': '1' } } });
const web = (replicas: number) => sampleDeployment('web', { replicas }, { resources: { requests: { cpu: '400m' } } });

export const quotaRule = objectRule({
  id: 'start/quota',
  severity: 'error',
  summary: 'a ResourceQuota that is too small for what is in its namespace',
  why: `The API server refuses the pods for which nothing is left: workloads stay with fewer pods than they say, which only
their events tell.

Counted are pods, CPU, memory, GPUs and the like, and storage: what runs on at its fewest replicas all together; and beside that,
each by itself, every autoscaled workload at its most, every Job with its parallelism, every CronJob with the runs that may overlap.
Init containers, sidecars, the pod's own resources, the overhead of its runtime and what a LimitRange fills in are counted as the API
server counts them. A quota with scopes counts the pods that they name. Not counted
are DaemonSets. [The footprint](../../footprint.md) has it all at once.`,
  source: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  kinds: ['ResourceQuota'],
  fails: [quota, web(3)],
  passes: [quota, web(2)],
  check(object, at) {
    const uses = usesOf(at.world, object);
    if (!uses) return;
    const sum = lastingOf(uses);
    const lasting = uses.filter(({ lasts }) => lasts).map(({ object, amounts }) => ({ object, amounts }));
    for (const [name, hard] of amountsOf(object.spec?.hard)) {
      const held = sum.get(name) ?? NOTHING;
      const say = (needed: Quantity, by: readonly Contributor[]) => {
        const [got, expected] = [hard, needed].map(formatQuantity);
        const message = `is less than what ${isScoped(object) ? 'it counts of' : 'is in'} the namespace, got ${got}; expected ${expected} or more: ${list(by, name)}`;
        at.report(['spec', 'hard', name], message);
      };
      if (held.nano > hard.nano) {
        say(held, lasting);
        continue;
      }
      for (const { object: one, amounts, most, lasts } of uses) {
        const own = most.get(name) ?? NOTHING;
        const nano = held.nano + own.nano - (lasts ? (amounts.get(name)?.nano ?? 0n) : 0n);
        if (nano <= held.nano || nano <= hard.nano) continue;
        const others = lasting.filter(({ object }) => object !== one);
        say({ ...own, nano }, [...others, { object: one, amounts: most, lasts }]);
        break;
      }
    }
  },
});

const NOTHING = quantityOf(0);

/** What a quota's amount goes to. */
interface Contributor {
  readonly object: Any;
  readonly amounts: Amounts;
  /** Whether it is there for good, and counted at its most. */
  readonly lasts?: boolean;
}

/** Those that use most first. */
function list(by: readonly Contributor[], name: string): string {
  const own = by.flatMap(({ object, amounts, lasts }) => {
    const amount = amounts.get(name);
    return amount && amount.nano > 0n ? [{ object, amount, lasts }] : [];
  });
  own.sort((a, b) => (a.amount.nano > b.amount.nano ? -1 : 1));
  return own
    .map(({ object, amount, lasts }) => {
      const most = lasts ? ' at its most' : '';
      return `${object.kind} ${object.metadata?.name} ${formatQuantity(amount)}${most}`;
    })
    .join(', ');
}

import { type Amounts, add, amountsOf } from '../../api/amounts';
import { formatQuantity, type Quantity } from '../../api/quantity';
import { objectRule } from '../rule';
import { sample, sampleDeployment } from '../samples';
import { namespaceOf } from '../world';
import { isScoped, type Use, usageOf } from './usage';

const quota = sample('v1', 'ResourceQuota', 'team', { spec: { hard: { 'requests.cpu': '1' } } });
const web = (replicas: number) => sampleDeployment('web', { replicas }, { resources: { requests: { cpu: '400m' } } });

export const quotaRule = objectRule({
  id: 'start/quota',
  severity: 'error',
  summary: 'a ResourceQuota that is too small for what is in its namespace',
  why: `The API server refuses the pods for which nothing is left: workloads stay with fewer pods than they say, which only
their events tell.

Counted are pods, CPU, memory, GPUs and the like, and storage: what runs on at its fewest replicas all together, and each Job, with
its parallelism, beside that. Jobs that wait for one another are none of it, nor are quotas with scopes, nor DaemonSets.`,
  source: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  kinds: ['ResourceQuota'],
  fails: [quota, web(3)],
  passes: [quota, web(2)],
  check(object, at) {
    if (isScoped(object)) return;
    const { uses, lasting: sum } = usageOf(at.world, namespaceOf(object));
    const lasting = uses.filter(({ lasts }) => lasts);
    for (const [name, hard] of amountsOf(object.spec?.hard)) {
      const say = (needed: Quantity, by: readonly Use[]) =>
        at.report(
          ['spec', 'hard', name],
          `is less than what is in the namespace, got ${formatQuantity(hard)}; expected ${formatQuantity(needed)} or more: ${list(by, name)}`,
        );
      const held = sum.get(name);
      if (held && held.nano > hard.nano) {
        say(held, lasting);
        continue;
      }
      for (const use of uses) {
        const more = use.amounts.get(name);
        if (use.lasts || !more || (held?.nano ?? 0n) + more.nano <= hard.nano) continue;
        const together: Amounts = new Map(held && [[name, held]]);
        add(together, new Map([[name, more]]));
        say(together.get(name) ?? more, [...lasting, use]);
        break;
      }
    }
  },
});

/** Those that use most first. */
function list(uses: readonly Use[], name: string): string {
  const own = uses.flatMap(({ object, amounts }) => {
    const amount = amounts.get(name);
    return amount && amount.nano > 0n ? [{ object, amount }] : [];
  });
  own.sort((a, b) => (a.amount.nano > b.amount.nano ? -1 : 1));
  return own
    .map(({ object, amount }) => `${object.kind} ${object.metadata?.name} ${formatQuantity(amount)}`)
    .join(', ');
}

import { amountsOf } from '../../api/amounts';
import { formatQuantity } from '../../api/quantity';
import { objectRule } from '../rule';
import { sample, sampleDeployment } from '../samples';
import { namespaceOf } from '../world';
import { unavailableOf } from './replicas';
import { quotasOf, usageOf } from './usage';

const quota = sample('v1', 'ResourceQuota', 'team', { spec: { hard: { 'requests.cpu': '1' } } });
const web = (fields: object) =>
  sampleDeployment('web', { replicas: 2, ...fields }, { resources: { requests: { cpu: '400m' } } });

export const quotaSurge = objectRule({
  id: 'start/quota-surge',
  severity: 'warning',
  summary: 'a Deployment whose rollout has more pods than a ResourceQuota of its namespace leaves room for',
  why: `A rollout makes new pods before old ones go. Where the quota refuses all of them, and none may be away (maxUnavailable 0, as the
default of 25% is for up to three replicas), it waits for ever, until its progress deadline calls it failed: that is an error. Where
some are let in, or may be away, it takes longer: a warning.`,
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-surge',
  kinds: ['apps/Deployment'],
  fails: [quota, web({})],
  passes: [quota, web({ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } })],
  check(object, at) {
    const namespace = namespaceOf(object);
    const quotas = quotasOf(at.world, namespace);
    if (quotas.length === 0) return;
    const usage = usageOf(at.world, namespace);
    const own = usage.of(object);
    if (!own || own.surge.size === 0) return;
    for (const { metadata, spec } of quotas) {
      for (const [name, hard] of amountsOf(spec?.hard)) {
        const [held, surge] = [usage.lasting.get(name), own.surge.get(name)];
        // That it is too small as it is is told of the quota itself.
        if (!held || !surge || held.nano > hard.nano || held.nano + surge.nano <= hard.nano) continue;
        const needed = formatQuantity({ ...held, nano: held.nano + surge.nano });
        // Pods that are there make room for new ones only where some may be away.
        const waits =
          held.nano + (own.pod.get(name)?.nano ?? 0n) > hard.nano && unavailableOf(object, own.replicas) === 0;
        at.report(
          ['spec'],
          `a rollout ${waits ? 'waits for ever: it has' : 'has'} ${name} ${needed} in the namespace, and ResourceQuota ${metadata?.name} allows ${formatQuantity(hard)}`,
          {
            ...(waits && { severity: 'error' as const }),
            fix: 'Set strategy.rollingUpdate to maxSurge 0 and maxUnavailable 1, or raise the quota',
          },
        );
        return;
      }
    }
  },
});

import { type Amounts, amountsOf, together } from '../../api/amounts';
import { containersOf } from '../../api/pods';
import { formatQuantity } from '../../api/quantity';
import type { Any, Step } from '../engine/cursor';
import { type At, podRule } from '../rule';
import { sample, samplePod } from '../samples';
import { presetOf, type Resources, resourcesOf } from './limits';

const range = sample('v1', 'LimitRange', 'limits', { spec: { limits: [{ type: 'Container', max: { cpu: '1' } }] } });
const pod = (cpu: string) => samplePod('worker', { resources: { limits: { cpu } } });

export const limitRange = podRule({
  id: 'start/limit-range',
  severity: 'error',
  summary:
    'a pod outside the bounds of a LimitRange of its namespace, or that requests more than the limit it is given',
  why: `The API server refuses such a pod: a Pod is not made, and a workload stays without pods, which only its events tell.

A container without a limit gets the LimitRange's \`default\` (where it has none, its \`max\`), whatever it requests: one that
requests more is refused, too.`,
  source: 'https://kubernetes.io/docs/concepts/policy/limit-range/',
  fails: [range, pod('2')],
  passes: [range, pod('500m')],
  check({ spec, namespace }, at) {
    for (const { metadata, spec: bounds } of at.world.ofKind('LimitRange', namespace)) {
      for (const item of bounds?.limits ?? []) {
        const name = metadata?.name ?? '';
        if (item.type === 'Container') {
          for (const [container, path] of containersOf(spec)) {
            const resources = resourcesOf(at.world, container, namespace);
            const steps = ['spec', ...path, 'resources'];
            compare(item, resources, name, steps, at);
            comparePreset(item, container.resources, resources, name, steps, at);
          }
        } else if (item.type === 'Pod') {
          const sum = (field: keyof Resources) => together(spec, (one) => resourcesOf(at.world, one, namespace)[field]);
          compare(item, { requests: sum('requests'), limits: sum('limits') }, name, ['spec'], at);
        }
      }
    }
  },
});

/** What a container requests itself, beside the limit that it is given. */
function comparePreset(
  item: Any,
  own: Any,
  { limits }: Resources,
  range: string,
  steps: readonly Step[],
  at: At,
): void {
  const requests = amountsOf(own?.requests);
  for (const [name, limit] of presetOf(item)) {
    const request = requests.get(name);
    if (!request || own.limits?.[name] !== undefined || limits.get(name)?.nano !== limit.nano) continue;
    if (request.nano <= limit.nano) continue;
    const [got, given] = [request, limit].map(formatQuantity);
    at.report(
      [...steps, 'requests', name],
      `must be less than or equal to ${name} limit of ${given}, which LimitRange ${range} gives it, got ${got}; expected a limit of ${got} or more beside it`,
    );
  }
}

/** As the API server words it. */
function compare(item: Any, { requests, limits }: Resources, range: string, steps: readonly Step[], at: At): void {
  const say = (field: string, resource: string, message: string) =>
    at.report(steps.length === 1 ? steps : [...steps, field, resource], `${message}, by LimitRange ${range}`);
  const text = (amounts: Amounts, name: string) => {
    const amount = amounts.get(name);
    return amount && formatQuantity(amount);
  };
  for (const [name, most] of amountsOf(item.max)) {
    const limit = limits.get(name);
    if (!limit)
      say('limits', name, `maximum ${name} usage per ${item.type} is ${formatQuantity(most)}, and there is no limit`);
    else if (limit.nano > most.nano) {
      say(
        'limits',
        name,
        `maximum ${name} usage per ${item.type} is ${formatQuantity(most)}, got limit ${text(limits, name)}`,
      );
    }
  }
  for (const [name, least] of amountsOf(item.min)) {
    const request = requests.get(name);
    if (!request)
      say(
        'requests',
        name,
        `minimum ${name} usage per ${item.type} is ${formatQuantity(least)}, and there is no request`,
      );
    else if (request.nano < least.nano) {
      say(
        'requests',
        name,
        `minimum ${name} usage per ${item.type} is ${formatQuantity(least)}, got request ${text(requests, name)}`,
      );
    }
  }
  for (const [name, ratio] of amountsOf(item.maxLimitRequestRatio)) {
    const [request, limit] = [requests.get(name), limits.get(name)];
    if (!request || !limit || request.nano === 0n) continue;
    if (limit.nano * 1_000_000_000n <= request.nano * ratio.nano) continue;
    say(
      'limits',
      name,
      `${name} max limit to request ratio per ${item.type} is ${formatQuantity(ratio)}, got limit ${text(limits, name)} and request ${text(requests, name)}`,
    );
  }
}

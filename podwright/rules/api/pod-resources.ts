// Resources of a Pod as a whole, which must hold what its containers ask for.
// Source: pkg/apis/core/validation validatePodResources, validatePodResourceConsistency.
import { object } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { formatQuantity, type Quantity } from '../values/quantity';
import { podOf } from './pod-facts';
import { isHugePages, isOvercommitAllowed } from './resource-names';
import { podResources, stored } from './resources';

type Amounts = Map<string, Quantity>;

function amounts(list: Any): Amounts {
  return new Map(Object.keys(list ?? {}).map((name) => [name, stored(list[name])]));
}

function add(to: Amounts, more: Amounts): void {
  for (const [name, quantity] of more) {
    const sum = to.get(name);
    to.set(name, sum ? { format: sum.format, nano: sum.nano + quantity.nano } : quantity);
  }
}

function most(to: Amounts, more: Amounts): void {
  for (const [name, quantity] of more) {
    const held = to.get(name);
    if (!held || quantity.nano > held.nano) to.set(name, quantity);
  }
}

/** What the containers of a Pod need together: all that run at once, or more where an init container needs more. */
function together(spec: Any, of: (container: Any) => Amounts): Amounts {
  const sum: Amounts = new Map();
  for (const container of spec.containers ?? []) add(sum, of(container ?? {}));
  const sidecars: Amounts = new Map();
  const init: Amounts = new Map();
  for (const container of spec.initContainers ?? []) {
    const own = of(container ?? {});
    if (container?.restartPolicy === 'Always') {
      add(sum, own);
      add(sidecars, own);
      most(init, sidecars);
    } else {
      const now = new Map(own);
      add(now, sidecars);
      most(init, now);
    }
  }
  most(sum, init);
  return sum;
}

/** A Pod's containers request what they are limited to, where they say nothing else; those of templates not yet. */
function requestsOf(isPod: boolean): (container: Any) => Amounts {
  return ({ resources }) => {
    const requests = amounts(resources?.requests);
    if (isPod)
      for (const [name, limit] of amounts(resources?.limits)) if (!requests.has(name)) requests.set(name, limit);
    return requests;
  };
}

const consistent: Check = (spec: Any, at: Cursor) => {
  const { isPod } = podOf(at);
  const requests = amounts(spec.resources.requests);
  const limits = amounts(spec.resources.limits);
  const needed = together(spec, requestsOf(isPod));
  for (const [name, need] of needed) {
    let given = requests.get(name);
    // A Pod's own request is filled in from the containers', else from its limit.
    if (!given && isPod && !isOvercommitAllowed(name)) given = limits.get(name);
    if (given && need.nano > given.nano) {
      const problem = `must be greater than or equal to aggregate container requests of ${formatQuantity(need)}`;
      at.invalid(formatQuantity(given), problem, 'resources', 'requests', name);
    }
  }
  for (const [name, need] of together(spec, ({ resources }) => amounts(resources?.limits))) {
    const given = limits.get(name);
    if (given && isHugePages(name) && need.nano > given.nano) {
      const problem = `must be greater than or equal to aggregate container limits of ${formatQuantity(need)}`;
      at.invalid(formatQuantity(given), problem, 'resources', 'limits', name);
    }
  }
  (spec.containers ?? []).forEach((container: Any, index: number) => {
    for (const [name, limit] of amounts(container?.resources?.limits)) {
      const given = limits.get(name);
      if (!given || limit.nano <= given.nano) continue;
      const problem = `must be less than or equal to pod limits of ${formatQuantity(given)}`;
      at.invalid(formatQuantity(limit), problem, 'containers', index, 'resources', 'limits', name).field = [
        ...at.path,
        'resources',
        'containers',
        index,
        name,
        'limits',
      ];
    }
  });
};

/** `resources` of a Pod's spec. */
export const podLevelResources: Check = object('api/pod-resources', {}, (spec: Any, at: Cursor) => {
  if (!spec.resources) return;
  if (spec.os?.name === 'windows') {
    at.forbidden('may not be set for a windows pod', 'resources');
    return;
  }
  if (spec.resources.claims) at.forbidden('claims may not be set for Resources at pod-level', 'resources', 'claims');
  at.enter('resources', podResources, spec.resources);
  consistent(spec, at);
});

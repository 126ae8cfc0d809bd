// Amounts of resources, and what a Pod's containers need together.
// Source: AggregateContainerRequests of k8s.io/component-helpers/resource.
import { formatQuantity, type Quantity, quantityOf } from './quantity';

/** A quantity each resource: `cpu`, `memory`, `nvidia.com/gpu`. */
export type Amounts = Map<string, Quantity>;

// biome-ignore lint/suspicious/noExplicitAny: objects have any shape until they are checked
type Any = any;

/** A resource list as an object writes it: `{ cpu: '100m' }`. */
export function amountsOf(list: Any): Amounts {
  return new Map(Object.keys(list ?? {}).map((name) => [name, quantityOf(list[name])]));
}

/** The list that {@link amountsOf} reads. */
export function formatAmounts(amounts: Amounts): { [resource: string]: string } {
  return Object.fromEntries([...amounts].map(([name, quantity]) => [name, formatQuantity(quantity)]));
}

/** Adds `more`, `times` times. */
export function add(to: Amounts, more: Amounts, times = 1n): void {
  for (const [name, { nano, format }] of more) {
    const sum = to.get(name);
    to.set(name, { format: sum && sum.nano !== 0n ? sum.format : format, nano: (sum?.nano ?? 0n) + nano * times });
  }
}

/** Keeps the larger of each. */
export function most(to: Amounts, more: Amounts): void {
  for (const [name, quantity] of more) {
    const held = to.get(name);
    if (!held || quantity.nano > held.nano) to.set(name, quantity);
  }
}

/**
 * What the containers of a pod need together: all that run at once, or more where an init container needs more.
 * Sidecars (init containers with restartPolicy Always) run beside those that come after them.
 */
export function together(spec: Any, of: (container: Any) => Amounts): Amounts {
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
      const now: Amounts = new Map(own);
      add(now, sidecars);
      most(init, now);
    }
  }
  most(sum, init);
  return sum;
}

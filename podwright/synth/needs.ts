import type { Outline } from './outputs';

/** The kinds that others need to be there first, or the API server refuses them. */
const NEEDED = /^(Namespace|PriorityClass|RuntimeClass|ServiceAccount)$/;

/** What the API server must have before it takes an object, of what a program makes itself. */
export class Needs<Item extends { readonly outline: Outline }> {
  private readonly made = new Map<string, Item>();

  /** @param objects those of one environment: what another has does not count */
  constructor(objects: Iterable<Item>) {
    for (const object of objects) {
      const { kind, name, namespace } = object.outline;
      if (NEEDED.test(kind)) this.made.set(keyOf(kind, name, kind === 'ServiceAccount' ? namespace : ''), object);
    }
  }

  /**
   * A namespace for all that is in it; for a Pod its priority, runtime and account as well. Templates of Pods need
   * nothing at once: their controllers try again.
   */
  of({ outline: { namespace, podNeeds } }: Item): Item[] {
    if (this.made.size === 0) return [];
    const keys = [keyOf('Namespace', namespace)];
    if (podNeeds) {
      const [priority, runtime, account] = podNeeds;
      keys.push(keyOf('PriorityClass', priority), keyOf('RuntimeClass', runtime));
      keys.push(keyOf('ServiceAccount', account, namespace));
    }
    return keys.flatMap((key) => this.made.get(key) ?? []);
  }

  /** The objects, each after what it needs, else in their order. */
  inOrder(objects: readonly Item[]): readonly Item[] {
    if (this.made.size === 0) return objects;
    const here = new Set(objects);
    return sortBy(objects, (object) => this.of(object).filter((needed) => here.has(needed)));
  }
}

/** Items, each after those that it comes after, else in their order; a circle is broken where it is met. */
export function sortBy<Item>(items: readonly Item[], after: (item: Item) => readonly Item[]): Item[] {
  const sorted = new Set<Item>();
  const open = new Set<Item>();
  const visit = (item: Item): void => {
    if (sorted.has(item) || open.has(item)) return;
    open.add(item);
    for (const other of after(item)) visit(other);
    open.delete(item);
    sorted.add(item);
  };
  for (const item of items) visit(item);
  return [...sorted];
}

function keyOf(kind: string, name: unknown, namespace = ''): string {
  return `${kind}/${namespace}/${name}`;
}

import type { SynthesizedObject } from './outputs';

/** The kinds that others need to be there first, or the API server refuses them. */
const NEEDED = /^(Namespace|PriorityClass|RuntimeClass|ServiceAccount)$/;

/** What the API server must have before it takes an object, of what a program makes itself. */
export class Needs {
  private readonly made = new Map<string, SynthesizedObject>();

  /** @param objects those of one environment: what another has does not count */
  constructor(objects: Iterable<SynthesizedObject>) {
    for (const object of objects) {
      const { kind, metadata } = object.value;
      if (NEEDED.test(kind)) this.made.set(keyOf(kind, metadata?.name, metadata?.namespace), object);
    }
  }

  /**
   * A namespace for all that is in it; for a Pod its priority, runtime and account as well. Templates of Pods need
   * nothing at once: their controllers try again.
   */
  of({ value }: SynthesizedObject): SynthesizedObject[] {
    if (this.made.size === 0) return [];
    const { kind, metadata, spec } = value;
    const keys = [keyOf('Namespace', metadata?.namespace)];
    if (kind === 'Pod') {
      keys.push(
        keyOf('PriorityClass', spec?.priorityClassName),
        keyOf('RuntimeClass', spec?.runtimeClassName),
        keyOf('ServiceAccount', spec?.serviceAccountName, metadata?.namespace),
      );
    }
    return keys.flatMap((key) => this.made.get(key) ?? []);
  }

  /** The objects, each after what it needs, else in their order. */
  inOrder(objects: readonly SynthesizedObject[]): readonly SynthesizedObject[] {
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

function keyOf(kind: string, name: unknown, namespace: unknown = ''): string {
  return `${kind}/${namespace}/${name}`;
}

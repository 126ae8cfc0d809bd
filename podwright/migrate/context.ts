import type { Kinds } from './kinds';
import type { Any } from './path';
import type { Source } from './sources';

/** What a chart gives to all of its objects. */
export interface Context {
  /** @default - the objects live in several, or say none */
  readonly namespace?: string;
  /** Those that all objects have; there may be none. */
  readonly labels: { readonly [name: string]: string };
}

/** What all objects of a chart have in common, and so the chart can say for them. */
export function contextOf(sources: readonly Source[], kinds: Kinds): Context {
  const objects = sources.map(({ object }) => object);
  const namespaces = new Set(
    objects.filter((object) => kinds.takesNamespace(object)).map((object) => object.metadata.namespace),
  );
  const [namespace] = namespaces;
  return {
    ...(namespaces.size === 1 && namespace !== undefined && { namespace }),
    labels: objects.length > 1 ? commonLabels(objects) : {},
  };
}

function commonLabels([first, ...others]: readonly Any[]): { readonly [name: string]: string } {
  const labels: [string, string][] = Object.entries(first.metadata.labels ?? {});
  return Object.fromEntries(
    labels.filter(([name, value]) => others.every(({ metadata }) => metadata.labels?.[name] === value)),
  );
}

/** An object's metadata less what its chart says, and less the name that it has by its construct's id. */
export function ownMetadata(object: Any, context: Context, id: string): Any {
  const { name, namespace, labels, ...others } = object.metadata;
  const ownLabels = Object.entries(labels ?? {}).filter(([label]) => !Object.hasOwn(context.labels, label));
  return {
    ...(name !== undefined && name !== id && { name }),
    ...(namespace !== undefined && namespace !== context.namespace && { namespace }),
    ...(ownLabels.length > 0 && { labels: Object.fromEntries(ownLabels) }),
    ...others,
  };
}

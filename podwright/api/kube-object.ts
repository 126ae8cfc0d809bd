import { ApiObject, Chart, type GroupVersionKind } from 'cdk8s';
import type { Construct } from 'constructs';
import { deferMetadata, deferredParts } from './deferred-metadata';

/** Where objects of a kind live; a list has no name, labels or namespace of its own: its items have. */
export type KindScope = 'Namespaced' | 'Cluster' | 'List';

/** The metadata fields that decide an object's name and namespace; the others pass through. */
interface GivenMetadata {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
}

/** What the class changes of cdk8s's fields once cdk8s has set them. */
interface Writable {
  name: string;
  metadata: { name?: string; namespace?: string; labels: Record<string, string> };
}

/**
 * What the generated classes (`KubePod`, `KubeJob`, those of CRDs) have in common: an ApiObject that takes the API's own
 * fields as plain values and passes all of them on, known to the types or not.
 *
 * - Its name is its id, exactly, unless `metadata.name` or `metadata.generateName` says otherwise, or the chart has a
 *   `generateObjectName` of its own.
 * - The chart's namespace is that of namespaced kinds only.
 * - Tokens (`Lazy.any`) stand for any value, `metadata` and what is in it too.
 */
export class KubeObject extends ApiObject {
  /** Whether a value is an object of this class: cdk8s's own test, which this replaces, is true for any ApiObject. */
  static override [Symbol.hasInstance]<T extends ApiObject>(
    this: abstract new (
      ...args: never[]
    ) => T,
    value: unknown,
  ): value is T {
    // biome-ignore lint/complexity/noThisInStatic: it is each subclass's own test
    return Function.prototype[Symbol.hasInstance].call(this, value);
  }

  /**
   * @param props the object's fields without apiVersion and kind; they are not copied deep, and never changed
   * @param kindScope where objects of the kind live
   */
  constructor(
    scope: Construct,
    id: string,
    gvk: GroupVersionKind,
    props: object = {},
    kindScope: KindScope = 'Namespaced',
  ) {
    const given = (props as { readonly metadata?: GivenMetadata }).metadata;
    const deferred = given && deferredParts(given);
    const metadata: GivenMetadata | undefined = deferred ? deferred.rest : given;
    super(scope, id, { apiVersion: gvk.apiVersion, kind: gvk.kind, ...props, metadata: named(scope, id, metadata) });
    const self = this as unknown as Writable;
    if (metadata?.generateName !== undefined && metadata.name === undefined) {
      // Only the API server knows what it will be.
      self.name = '';
      self.metadata.name = undefined;
    }
    if (kindScope !== 'Namespaced' && metadata?.namespace === undefined) self.metadata.namespace = undefined;
    if (kindScope === 'List') {
      self.metadata.name = metadata?.name;
      self.metadata.labels = { ...(metadata as { labels?: Record<string, string> } | undefined)?.labels };
    }
    if (deferred) deferMetadata(this, deferred.tokens, kindScope);
  }
}

/** The metadata with the object's id as its name, unless the name is given, or the chart gives names in its own way. */
function named(scope: Construct, id: string, metadata: GivenMetadata | undefined): object | undefined {
  if (metadata?.name !== undefined) return metadata;
  const stock = Chart.of(scope).generateObjectName === Chart.prototype.generateObjectName;
  return stock || metadata?.generateName !== undefined ? { ...metadata, name: id } : metadata;
}

/** The object as data, for places that take a whole object: `KubePod.manifest({ spec })`. */
export function manifest<P extends object>(gvk: GroupVersionKind, props: P): P & GroupVersionKind {
  return { ...gvk, ...props };
}

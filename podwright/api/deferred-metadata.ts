// cdk8s copies metadata, and its labels, annotations, finalizers and owner references, when an object is made, and so
// loses a token (`Lazy.any`) in their place. Here they are resolved when the object is rendered, like all other tokens.
import { type ApiObject, Lazy, resolve } from 'cdk8s';
import type { KindScope } from './kube-object';

const COPIED = ['labels', 'annotations', 'finalizers', 'ownerReferences'] as const;

/** Metadata split into what is known now and what is only known when the object is rendered. */
export interface Deferred {
  readonly rest: object;
  /** A token in place of all of the metadata, or tokens by field. */
  readonly tokens: object;
}

type Fields = Readonly<Record<string, unknown>>;

function isToken(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof Lazy || typeof (value as { resolve?: unknown }).resolve === 'function';
}

/** The metadata's tokens and what is beside them; undefined when none is in a place that cdk8s copies. */
export function deferredParts(metadata: object): Deferred | undefined {
  if (isToken(metadata)) return { rest: {}, tokens: metadata };
  const fields = metadata as Fields;
  const { labels, annotations, finalizers, ownerReferences } = fields;
  if (!(isToken(labels) || isToken(annotations) || isToken(finalizers) || isToken(ownerReferences))) return undefined;
  const deferred = COPIED.filter((field) => isToken(fields[field]));
  const rest = Object.entries(fields).filter(([field]) => !(deferred as string[]).includes(field));
  return {
    rest: Object.fromEntries(rest),
    tokens: Object.fromEntries(deferred.map((field) => [field, fields[field]])),
  };
}

/** Makes an object's metadata render with its tokens: over the chart's labels, under what `addLabel` etc. added. */
export function deferMetadata(object: ApiObject, tokens: object, kindScope: KindScope): void {
  const { metadata, chart } = object;
  const inherited: Fields = kindScope === 'List' ? {} : chart.labels;
  const render = metadata.toJson.bind(metadata);
  metadata.toJson = () => {
    const own = (render() ?? {}) as Fields;
    const given = (resolve(['metadata'], tokens, object) ?? {}) as Fields;
    const added = Object.entries((own.labels ?? {}) as Fields).filter(([key, value]) => inherited[key] !== value);
    const merged: Record<string, unknown> = {
      ...own,
      ...given,
      labels: { ...inherited, ...(given.labels as Fields), ...Object.fromEntries(added) },
      annotations: { ...(given.annotations as Fields), ...(own.annotations as Fields) },
      finalizers: [...list(given.finalizers), ...list(own.finalizers)],
      ownerReferences: [...list(given.ownerReferences), ...list(own.ownerReferences)],
    };
    if (given.generateName !== undefined && given.name === undefined) delete merged.name;
    return Object.fromEntries(
      Object.entries(merged).filter(([, value]) => !(value instanceof Object && Object.keys(value).length === 0)),
    );
  };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

import {
  type ApiObject,
  ApiObjectMetadataDefinition,
  type App,
  ImplicitTokenResolver,
  type IResolver,
  JsonPatch,
  Lazy,
  LazyResolver,
  NumberStringUnionResolver,
} from 'cdk8s';

type Fields = Record<string, unknown>;

/** The parts of cdk8s's objects that its types hide. */
interface Hidden {
  readonly props: Fields;
  readonly patches: readonly JsonPatch[];
  readonly metadata: ApiObjectMetadataDefinition;
}

/**
 * Whether an app's objects can be resolved in one pass: with resolvers of the program's own they cannot, since each is
 * asked for each value, and for what another returned.
 */
export function resolvesPlainly(app: App): boolean {
  const resolvers = (app as unknown as { readonly resolvers: readonly IResolver[] }).resolvers;
  return resolvers.length === BUILT_IN.length && resolvers.every((own, at) => own.constructor === BUILT_IN[at]);
}

const BUILT_IN: readonly unknown[] = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];

/**
 * What `ApiObject.toJson` of cdk8s returns, in one pass over the object where that makes six: tokens resolved, keys
 * sorted, null left out. What it returns shares nothing with the object's props.
 *
 * @throws what a token throws, and for a value that is no plain data
 */
export function resolveObject(object: ApiObject): Fields {
  const { props, patches, metadata } = object as unknown as Hidden;
  const fields: Fields = {};
  for (const key of sortedKeys(props)) {
    if (key === 'metadata') continue;
    set(fields, key, resolve(props[key], false));
  }
  set(fields, 'metadata', resolveMetadata(metadata));
  const patched: Fields = patches.length === 0 ? fields : JsonPatch.apply(sorted(fields), ...patches);

  const result: Fields = {};
  for (const key of ['apiVersion', 'kind', 'metadata']) if (key in patched) result[key] = patched[key];
  for (const key of Object.keys(patched)) if (!(key in result)) result[key] = patched[key];
  return result;
}

/** Metadata leaves out what is empty as well. */
function resolveMetadata(metadata: ApiObjectMetadataDefinition): unknown {
  if (metadata.toJson !== ApiObjectMetadataDefinition.prototype.toJson) return resolve(metadata.toJson(), false);
  const { name, namespace, annotations, finalizers, ownerReferences, labels, _additionalAttributes } =
    metadata as unknown as Fields;
  return resolve(
    { ...(_additionalAttributes as Fields), name, namespace, annotations, finalizers, ownerReferences, labels },
    true,
  );
}

/**
 * One value with all that is in it, as cdk8s's resolvers and its clean-up leave it.
 *
 * @param dense whether empty lists and mappings are left out
 */
function resolve(value: unknown, dense: boolean): unknown {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function' && isToken(value)) return resolve(value.resolve(), dense);
    return value ?? undefined;
  }
  if (value instanceof Lazy) return resolve(value.produce(), dense);
  if (isToken(value)) return resolve(value.resolve(), dense);
  if (Array.isArray(value)) {
    if (dense && value.length === 0) return undefined;
    const items = new Array(value.length);
    for (let index = 0; index < value.length; index++) items[index] = resolve(value[index], dense);
    return items;
  }
  if (isDictionary(value)) {
    const fields: Fields = {};
    let empty = true;
    for (const key of sortedKeys(value)) {
      if (set(fields, key, resolve(value[key], dense))) empty = false;
    }
    return dense && empty ? undefined : fields;
  }
  // A number or string in a class of its own: cdk8s's generated Quantity, IntOrString and the like.
  const { value: inner } = value as { value?: unknown };
  if (typeof inner === 'number' || typeof inner === 'string') return { value: inner };
  throw new Error(`can't render non-simple object of type '${value.constructor?.name}'`);
}

function isToken(value: object): value is { resolve(): unknown } {
  return typeof (value as { resolve?: unknown }).resolve === 'function';
}

/** Also one of another realm, as tests and `vm` have them. A field named 'constructor' makes it none. */
function isDictionary(value: object): value is Fields {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && prototype.constructor?.name === 'Object';
}

/** Keeps null and undefined out. '__proto__' is no field. */
function set(fields: Fields, key: string, value: unknown): boolean {
  if (value === undefined || value === null || key === '__proto__') return false;
  fields[key] = value;
  return true;
}

function sortedKeys(fields: object): string[] {
  const keys = Object.keys(fields);
  for (let at = 1; at < keys.length; at++) {
    if ((keys[at - 1] as string) > (keys[at] as string)) return keys.sort();
  }
  return keys;
}

function sorted(fields: Fields): Fields {
  return Object.fromEntries(sortedKeys(fields).map((key) => [key, fields[key]]));
}

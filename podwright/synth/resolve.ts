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
import { sortedKeys } from './sorted-keys';
import { Unrenderable } from './unrenderable';

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
  const { patches } = object as unknown as Hidden;
  const fields = resolveFields(object, copied);
  return patches.length === 0 ? fields : headFirst(JsonPatch.apply(sorted(fields), ...patches));
}

/**
 * As {@link resolveObject}, for who only reads it: made of the props themselves where they are what they shall be, its
 * keys below the first level as the program has them. Undefined for an object with patches, which would change props.
 */
export function viewObject(object: ApiObject): Fields | undefined {
  const { patches } = object as unknown as Hidden;
  return patches.length === 0 ? resolveFields(object, viewed) : undefined;
}

/**
 * A way to resolve a value with all that is in it, as cdk8s's resolvers and its clean-up leave it.
 *
 * @param dense whether empty lists and mappings are left out
 */
type Way = (value: unknown, dense: boolean) => unknown;

function resolveFields(object: ApiObject, way: Way): Fields {
  const { props } = object as unknown as Hidden;
  try {
    return fieldsOf(object, way);
  } catch (error) {
    throw error instanceof Unrenderable ? error.findIn(props) : error;
  }
}

function fieldsOf(object: ApiObject, way: Way): Fields {
  const { props, metadata } = object as unknown as Hidden;
  const fields: Fields = {};
  set(fields, 'apiVersion', way(props.apiVersion, false));
  set(fields, 'kind', way(props.kind, false));
  set(fields, 'metadata', resolveMetadata(metadata, way));
  for (const key of sortedKeys(props)) {
    if (!HEAD.includes(key)) set(fields, key, way(props[key], false));
  }
  return fields;
}

const HEAD: readonly string[] = ['apiVersion', 'kind', 'metadata'];

function headFirst(fields: Fields): Fields {
  const result: Fields = {};
  for (const key of HEAD) if (key in fields) result[key] = fields[key];
  for (const key of Object.keys(fields)) if (!(key in result)) result[key] = fields[key];
  return result;
}

/** Metadata leaves out what is empty as well. */
function resolveMetadata(metadata: ApiObjectMetadataDefinition, way: Way): unknown {
  if (metadata.toJson !== ApiObjectMetadataDefinition.prototype.toJson) return way(metadata.toJson(), false);
  const own = metadata as unknown as Fields;
  const given = own._additionalAttributes as Fields;
  let keys: readonly string[] = METADATA;
  if (Object.keys(given).some((key) => !METADATA.includes(key))) {
    keys = [...new Set([...METADATA, ...Object.keys(given)])].sort();
  }
  const fields: Fields = {};
  let empty = true;
  for (const key of keys) {
    if (set(fields, key, way((METADATA.includes(key) ? own : given)[key], true))) empty = false;
  }
  return empty ? undefined : fields;
}

/** What cdk8s keeps of metadata apart from what it was given; sorted. */
const METADATA: readonly string[] = ['annotations', 'finalizers', 'labels', 'name', 'namespace', 'ownerReferences'];

/** Lists and mappings are new, the mappings sorted. */
function copied(value: unknown, dense: boolean): unknown {
  if (Array.isArray(value)) {
    if (dense && value.length === 0) return undefined;
    const items = new Array(value.length);
    for (let index = 0; index < value.length; index++) items[index] = copied(value[index], dense);
    return items;
  }
  if (!isMapping(value)) return leaf(value, dense, copied);
  const fields: Fields = {};
  let empty = true;
  for (const key of sortedKeys(value)) {
    if (set(fields, key, copied(value[key], dense))) empty = false;
  }
  return dense && empty ? undefined : fields;
}

/** Lists and mappings are those given, or new ones from the first item on that is not as given. */
function viewed(value: unknown, dense: boolean): unknown {
  if (Array.isArray(value)) {
    if (dense && value.length === 0) return undefined;
    let items: unknown[] | undefined;
    for (let index = 0; index < value.length; index++) {
      const item = viewed(value[index], dense);
      if (item !== value[index]) {
        items ??= [...value];
        items[index] = item;
      }
    }
    return items ?? value;
  }
  if (!isMapping(value)) return leaf(value, dense, viewed);
  let fields: Fields | undefined;
  let empty = true;
  for (const key in value) {
    if (!Object.hasOwn(value, key)) continue;
    const given = value[key];
    const item = typeof given === 'string' ? given : viewed(given, dense);
    const kept = item !== undefined && key !== '__proto__';
    if (kept) empty = false;
    if (fields) set(fields, key, item);
    else if (item !== given || !kept) {
      fields = {};
      for (const before in value) {
        if (before === key) break;
        fields[before] = value[before];
      }
      set(fields, key, item);
    }
  }
  return dense && empty ? undefined : (fields ?? value);
}

/** What is neither a list nor a mapping: a scalar, a token, or one of the classes that cdk8s knows. */
function leaf(value: unknown, dense: boolean, way: Way): unknown {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function' && isToken(value)) return way(value.resolve(), dense);
    return value ?? undefined;
  }
  if (value instanceof Lazy) return way(value.produce(), dense);
  if (isToken(value)) return way(value.resolve(), dense);
  // A number or string in a class of its own: cdk8s's generated Quantity, IntOrString and the like.
  const { value: inner } = value as { value?: unknown };
  if (typeof inner === 'number' || typeof inner === 'string') return { value: inner };
  throw new Unrenderable(value);
}

/** Plain data, and no token. */
function isMapping(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && isDictionary(value) && !isToken(value);
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

function sorted(fields: Fields): Fields {
  return Object.fromEntries(sortedKeys(fields).map((key) => [key, fields[key]]));
}

// Objects as rules may rely on them: of the types that the API has for their fields, and without nulls.
import { definitionOf, kindOf } from '../api/definitions';
import { ALL_VERSIONS, type VersionSet } from '../api/versions';
import { type Any, Cursor } from './engine/cursor';
import { withoutNulls } from './schema/as-read';
import { decoderOf } from './schema/decode';
import { bestVersion } from './versions/served';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

/**
 * An object for rules: itself, or a copy without its nulls, which are nothing to the API server.
 * @param at as the check of the object by its schema has left it
 * @returns undefined where a value in it is of another type than the API has
 */
export function plainObject(object: Any, at: Cursor): Any | undefined {
  if (at.faults.some(({ reason }) => reason === 'FieldValueTypeInvalid')) return undefined;
  if (kindOf(object.apiVersion, object.kind)) {
    return at.nulls.length > 0 ? withoutNulls(object, at.nulls) : object;
  }
  if (typeof object.apiVersion !== 'string' || typeof object.kind !== 'string') return undefined;
  const plain = hasNull(object) ? withoutAnyNull(object) : object;
  // Rules know a kind by its group, and read its fields as the newest version has them.
  const newest = bestVersion(object.apiVersion, object.kind, 0);
  const isRead = newest ? isTyped(newest.definition, plain) : isTyped(META, plain.metadata);
  return isRead ? plain : undefined;
}

/** Whether what is in a value is of the types that the API has for it, by the name of its definition. */
export function isTyped(definition: string, value: Any): boolean {
  if (value === undefined || value === null) return true;
  const at = new Cursor();
  at.root = value;
  at.versions = newestOf(definitionOf(definition)?.versions ?? ALL_VERSIONS);
  decoderOf(definition)(value, at);
  return !at.faults.some(({ reason }) => reason === 'FieldValueTypeInvalid');
}

/**
 * As {@link plainObject}, of an object that has not been checked.
 * @param at keeps the faults of its schema
 */
export function readPlainly(object: Any, at = new Cursor()): Any | undefined {
  const kind = kindOf(object.apiVersion, object.kind);
  if (kind) {
    at.root = object;
    at.versions = newestOf(kind.versions);
    decoderOf(kind.definition)(object, at);
  }
  return plainObject(object, at);
}

/** What is left of an object that can't be read: others may refer to it. */
export function nameOnly({ apiVersion, kind, metadata }: Any): Any {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const name = text(metadata?.name);
  const namespace = text(metadata?.namespace);
  return {
    apiVersion: text(apiVersion) ?? '',
    kind: text(kind) ?? '',
    metadata: { ...(name !== undefined && { name }), ...(namespace !== undefined && { namespace }) },
  };
}

function newestOf(versions: VersionSet): VersionSet {
  return 1 << (31 - Math.clz32(versions));
}

function hasNull(value: Any): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value !== 'object') return false;
  for (const key in value) if (hasNull(value[key])) return true;
  return false;
}

/** A copy without nulls: a field is not there, an item of a list is empty, so that those after it keep their places. */
function withoutAnyNull(value: Any): Any {
  if (Array.isArray(value))
    return value.map((item) => (item === null || item === undefined ? {} : withoutAnyNull(item)));
  if (typeof value !== 'object') return value;
  const copy: Record<string, Any> = {};
  for (const key of Object.keys(value)) {
    const part = value[key];
    if (part === null || part === undefined) continue;
    // A key of a program's own may be any text, this one too.
    if (key === '__proto__') Object.defineProperty(copy, key, { value: part, enumerable: true });
    else copy[key] = withoutAnyNull(part);
  }
  return copy;
}

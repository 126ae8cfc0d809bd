import { definitionOf, kindOf, type Schema } from '../../api/definitions';
import { escapeStep } from '../../api/json-pointer';
import { isMapping, same } from './json';
import { PatchError } from './json-patch';

type Fields = Record<string, unknown>;

/** How the API has a place patched; nothing is known of it below a field of a type that has no fields. */
interface Place {
  /** The fields of what is there. */
  readonly fields?: ReadonlyMap<string, Schema>;
  /** The place of what a mapping of any keys, or a list, holds. */
  readonly inner?: () => Place;
}

/**
 * What a strategic merge patch makes of an object, which is left as it is. As in `kubectl patch`, mappings are merged and
 * null removes a field; lists of which the API knows the key (`containers` by `name`) are merged by it, other lists
 * replaced. The API's directives work too: `$patch: delete | replace | merge`, `$retainKeys`, `$deleteFromPrimitiveList/`
 * and `$setElementOrder/` before a field's name.
 *
 * @throws PatchError for a kind that is not built into Kubernetes: only the API knows its lists' keys
 */
export function applyStrategicPatch(object: unknown, patch: unknown): unknown {
  const { apiVersion, kind } = (object ?? {}) as { apiVersion?: string; kind?: string };
  const known = kindOf(String(apiVersion), String(kind));
  if (!known) {
    throw new PatchError(
      '',
      `${apiVersion} ${kind} has no strategic merge patch, as no custom resource has; expected Patch.merge or Patch.json`,
    );
  }
  if (!isMapping(object) || !isMapping(patch)) throw new PatchError('', 'expected a mapping with fields of the object');
  return mergeMapping(object, patch, placeOf(known.definition), '');
}

/** The place of a definition: its fields as the newest version that has each has it. */
function placeOf(name: string): Place {
  const definition = definitionOf(name);
  if (!definition) return {};
  const fields = new Map<string, Schema>();
  for (const [field, variants] of definition.fields) {
    const newest = variants.at(-1);
    if (newest) fields.set(field, newest.schema);
  }
  return { fields };
}

function placeOfSchema(schema: Schema | undefined): Place {
  if (schema?.$ref) return placeOf(schema.$ref);
  const inner = schema?.additionalProperties ?? schema?.items;
  return inner ? { inner: () => placeOfSchema(inner) } : {};
}

function mergeMapping(original: Fields, patch: Fields, place: Place, pointer: string): Fields {
  const { $patch, $retainKeys, ...changes } = patch;
  if ($patch === 'delete') return {};
  if ($patch === 'replace') return withoutDirectives(changes) as Fields;
  if ($patch !== undefined && $patch !== 'merge') {
    throw new PatchError(`${pointer}/$patch`, `got ${JSON.stringify($patch)}; expected delete, replace or merge`);
  }
  const result: Fields = { ...original };
  if (Array.isArray($retainKeys)) {
    for (const key of Object.keys(result)) if (!$retainKeys.includes(key)) delete result[key];
  }
  for (const [key, change] of Object.entries(changes)) {
    const [, directive, field] = /^\$(setElementOrder|deleteFromPrimitiveList)\/(.*)$/.exec(key) ?? [];
    if (directive === 'deleteFromPrimitiveList' && field !== undefined) {
      if (Array.isArray(result[field]) && Array.isArray(change)) {
        result[field] = (result[field] as unknown[]).filter((item) => !change.includes(item));
      }
      continue;
    }
    if (directive || key === '__proto__' || change === undefined) continue;
    if (change === null) {
      delete result[key];
      continue;
    }
    const schema = place.fields?.get(key);
    const at = `${pointer}/${escapeStep(key)}`;
    const inner = place.fields ? placeOfSchema(schema) : (place.inner?.() ?? {});
    result[key] = mergeValue(result[key], change, inner, schema, at);
  }
  for (const [key, order] of Object.entries(changes)) {
    const field = /^\$setElementOrder\/(.*)$/.exec(key)?.[1];
    if (field === undefined || !Array.isArray(result[field]) || !Array.isArray(order)) continue;
    const mergeKey = place.fields?.get(field)?.['x-kubernetes-patch-merge-key'];
    result[field] = inOrder(result[field] as unknown[], order, original[field], mergeKey);
  }
  return result;
}

function mergeValue(
  original: unknown,
  change: unknown,
  place: Place,
  schema: Schema | undefined,
  pointer: string,
): unknown {
  if (isMapping(change)) {
    // A quantity, time or the like is a value; so is what may be a mapping of any kind.
    return mergeMapping(isMapping(original) ? original : {}, change, place, pointer);
  }
  const strategy = schema?.['x-kubernetes-patch-strategy'] ?? '';
  if (!Array.isArray(change) || !strategy.split(',').includes('merge')) return withoutDirectives(change);
  const list = Array.isArray(original) ? original : [];
  const mergeKey = schema?.['x-kubernetes-patch-merge-key'];
  const replace = change.find((item) => isMapping(item) && item.$patch === 'replace');
  if (replace) {
    if (Object.keys(replace).length > 1) {
      throw new PatchError(pointer, "'$patch: replace' replaces the whole list; expected it in an item of its own");
    }
    return withoutDirectives(change.filter((item) => item !== replace));
  }
  if (mergeKey === undefined || !change.every(isMapping)) {
    const added = change.filter((item, index) => change.indexOf(item) === index);
    const merged = [...list, ...added.filter((item) => !list.includes(item))];
    return interleave(merged, added, list, undefined);
  }
  return mergeByKey(list, change, mergeKey, place.inner?.() ?? {}, pointer);
}

function mergeByKey(
  list: readonly unknown[],
  changes: readonly Fields[],
  mergeKey: string,
  place: Place,
  pointer: string,
): unknown[] {
  let merged = [...list];
  const kept: Fields[] = [];
  changes.forEach((change, index) => {
    const key = change[mergeKey];
    if (key === undefined) {
      throw new PatchError(`${pointer}/${index}`, `${mergeKey} is missing; expected it, as the list is merged by it`);
    }
    const isIt = (item: unknown) => isMapping(item) && same(item[mergeKey], key);
    if (change.$patch === 'delete') {
      merged = merged.filter((item) => !isIt(item));
      return;
    }
    const found = merged.findIndex(isIt);
    const inner = mergeMapping(found < 0 ? {} : (merged[found] as Fields), change, place, `${pointer}/${index}`);
    if (found < 0) merged.push(inner);
    else merged[found] = inner;
    kept.push(change);
  });
  return interleave(merged, kept, list, mergeKey);
}

/** The order that the API server leaves: the patch's items in the patch's order, the others in theirs, between them. */
function interleave(
  merged: readonly unknown[],
  patch: readonly unknown[],
  original: readonly unknown[],
  mergeKey: string | undefined,
): unknown[] {
  const indexIn = (list: readonly unknown[], item: unknown) =>
    list.findIndex((other) => sameItem(item, other, mergeKey));
  const fromPatch = merged
    .filter((item) => indexIn(patch, item) >= 0)
    .sort((a, b) => indexIn(patch, a) - indexIn(patch, b));
  const others = merged.filter((item) => indexIn(patch, item) < 0);
  const result: unknown[] = [];
  while (fromPatch.length > 0 && others.length > 0) {
    const [left, right] = [indexIn(original, others[0]), indexIn(original, fromPatch[0])];
    result.push((left >= 0 && right >= 0 && left < right ? others : fromPatch).shift());
  }
  return [...result, ...others, ...fromPatch];
}

function inOrder(
  list: readonly unknown[],
  order: readonly unknown[],
  original: unknown,
  mergeKey: string | undefined,
): unknown[] {
  return interleave(list, order, Array.isArray(original) ? original : [], mergeKey);
}

function sameItem(a: unknown, b: unknown, mergeKey: string | undefined): boolean {
  if (mergeKey !== undefined && isMapping(a) && isMapping(b)) return same(a[mergeKey], b[mergeKey]);
  return same(a, b);
}

/** What is put where nothing was merged has no directives left in it. */
function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDirectives);
  if (!isMapping(value)) return value;
  const entries = Object.entries(value).filter(
    ([key, inner]) =>
      !/^\$(patch$|retainKeys$|setElementOrder\/|deleteFromPrimitiveList\/)/.test(key) &&
      inner !== null &&
      inner !== undefined,
  );
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutDirectives(inner)]));
}

import { copy, isMapping } from './json';

type Fields = Record<string, unknown>;

/**
 * What a JSON merge patch (RFC 7396) makes of a document, which is left as it is: mappings are merged, null removes a
 * field, and all else, lists too, takes the place of what is there.
 */
export function applyMergePatch(document: unknown, patch: unknown): unknown {
  if (!isMapping(patch)) return copy(patch);
  const result: Fields = isMapping(document) ? { ...document } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (key === '__proto__' || value === undefined) continue;
    if (value === null) delete result[key];
    else result[key] = applyMergePatch(result[key], value);
  }
  return result;
}

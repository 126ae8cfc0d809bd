// Plain data: what JSON can say. Faster than structuredClone and util.isDeepStrictEqual, and indifferent to the realm
// that an object was made in: tests and `vm` have several.

/** A copy that shares nothing with the value. Keys whose value is undefined are left out. */
export function copy<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy) as T;
  const fields: Record<string, unknown> = {};
  for (const key in value) if (value[key] !== undefined) fields[key] = copy(value[key]);
  return fields as T;
}

/** Whether two values say the same. A key whose value is undefined is as good as not there. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, at) => same(item, b[at]));
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const key in left) if (!same(left[key], right[key])) return false;
  for (const key in right) if (right[key] !== undefined && left[key] === undefined) return false;
  return true;
}

/**
 * The keys of a mapping in the order that they have in a copy of it to which they were added sorted: whole numbers
 * first, by their size, as JavaScript has them in any object; then the others by their UTF-16 units.
 */
export function sortedKeys(mapping: object): string[] {
  const keys = Object.keys(mapping);
  let start = 0;
  while (start < keys.length && isIndex(keys[start] as string)) start++;
  if (keys.length - start > FEW) return [...keys.slice(0, start), ...keys.slice(start).sort()];
  for (let end = start + 1; end < keys.length; end++) {
    const key = keys[end] as string;
    let at = end;
    for (; at > start && (keys[at - 1] as string) > key; at--) keys[at] = keys[at - 1] as string;
    keys[at] = key;
  }
  return keys;
}

/** So many keys, which is nearly all mappings, are sorted fastest by putting each into its place. */
const FEW = 20;

function isIndex(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 48 && first <= 57 && /^(0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1;
}

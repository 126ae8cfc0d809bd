/** Items in groups of one key, in the order in which the keys are met. */
export function by<T>(items: Iterable<T>, key: (item: T) => string): T[][] {
  return [...grouped(items, key).values()];
}

/** The same with the keys. */
export function grouped<T>(items: Iterable<T>, key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const own = key(item);
    const group = groups.get(own);
    if (group) group.push(item);
    else groups.set(own, [item]);
  }
  return groups;
}

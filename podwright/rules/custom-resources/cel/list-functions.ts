// Lists and sets. Source: k8s.io/apiserver/pkg/cel/library/lists.go, github.com/google/cel-go/ext/{lists,sets}.go.
import type { Overloads } from './functions';
import { OPERATORS } from './operators';
import { CelError, CelList, compare, Duration, equals, Optional, Uint, type Value } from './values';

/** A function of a list's items. */
function ofList(
  call: (items: readonly Value[], ...args: Value[]) => Value | undefined,
): (...args: Value[]) => Value | undefined {
  return (list, ...args) => (list instanceof CelList ? call(list.items, ...args) : undefined);
}

function sum(items: readonly Value[]): Value | undefined {
  const [first, ...others] = items;
  // What nothing adds up to depends on the type of the items, which an empty list does not tell.
  if (first === undefined) return 0n;
  if (!(typeof first === 'bigint' || typeof first === 'number' || first instanceof Uint || first instanceof Duration))
    return undefined;
  return others.reduce((total: Value, item) => (OPERATORS['+'] as (a: Value, b: Value) => Value)(total, item), first);
}

function extreme(name: string, sign: number): (...args: Value[]) => Value | undefined {
  return ofList((items) => {
    if (items.length === 0) throw new CelError(`${name} called on empty list`);
    return items.reduce((best, item) => (compare(item, best) * sign > 0 ? item : best));
  });
}

function flattened(items: readonly Value[], depth: number): readonly Value[] {
  return items.flatMap((item) => (item instanceof CelList && depth > 0 ? flattened(item.items, depth - 1) : [item]));
}

function distinct(items: readonly Value[]): Value[] {
  const found: Value[] = [];
  for (const item of items) if (!found.some((other) => equals(other, item))) found.push(item);
  return found;
}

function maybe(item: Value | undefined): Optional {
  return item === undefined ? Optional.none : new Optional(item);
}

export const LIST_METHODS: Overloads = {
  isSorted: ofList((items) =>
    items.every((item, index) => index === 0 || compare(items[index - 1] as Value, item) <= 0),
  ),
  sum: ofList(sum),
  min: extreme('min', -1),
  max: extreme('max', 1),
  indexOf: ofList((items, item) => BigInt(items.findIndex((one) => equals(one, item as Value)))),
  lastIndexOf: ofList((items, item) => BigInt(items.findLastIndex((one) => equals(one, item as Value)))),
  slice: ofList((items, from, to) => {
    if (typeof from !== 'bigint' || typeof to !== 'bigint') return undefined;
    if (from < 0n || to < 0n) throw new CelError(`cannot slice(${from}, ${to}), negative indexes not supported`);
    if (from > to)
      throw new CelError(`cannot slice(${from}, ${to}), start index must be less than or equal to end index`);
    if (to > BigInt(items.length)) throw new CelError(`cannot slice(${from}, ${to}), list is length ${items.length}`);
    return new CelList(items.slice(Number(from), Number(to)));
  }),
  flatten: ofList((items, depth = 1n) => {
    if (typeof depth !== 'bigint') return undefined;
    if (depth < 0n) throw new CelError('level must be non-negative');
    return new CelList(flattened(items, Number(depth)));
  }),
  sort: ofList((items) => new CelList([...items].sort(compare))),
  distinct: ofList((items) => new CelList(distinct(items))),
  reverse: ofList((items) => new CelList([...items].reverse())),
  first: ofList((items) => maybe(items[0])),
  last: ofList((items) => maybe(items.at(-1))),
};

export const LIST_FUNCTIONS: Overloads = {
  'lists.range': (count) =>
    typeof count === 'bigint' && count <= 1_000_000n
      ? new CelList(Array.from({ length: Math.max(0, Number(count)) }, (_, index) => BigInt(index)))
      : undefined,
};

function sets(call: (a: readonly Value[], b: readonly Value[]) => boolean): (...args: Value[]) => Value | undefined {
  return (a, b) => (a instanceof CelList && b instanceof CelList ? call(a.items, b.items) : undefined);
}

function covers(a: readonly Value[], b: readonly Value[]): boolean {
  return b.every((item) => a.some((other) => equals(other, item)));
}

export const SET_FUNCTIONS: Overloads = {
  'sets.contains': sets(covers),
  'sets.equivalent': sets((a, b) => covers(a, b) && covers(b, a)),
  'sets.intersects': sets((a, b) => a.some((item) => b.some((other) => equals(other, item)))),
};

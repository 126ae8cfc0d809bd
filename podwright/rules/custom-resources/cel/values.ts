// The values of CEL: an int is a bigint, a double a number; bool, string and null are JavaScript's own.
// Source: https://github.com/google/cel-spec/blob/master/doc/langdef.md#values, k8s.io/apiserver/pkg/cel/common.

/** Any value of CEL. */
export type Value =
  | bigint
  | number
  | string
  | boolean
  | null
  | Uint8Array
  | Uint
  | CelList
  | CelMap
  | Timestamp
  | Duration
  | TypeValue
  | Optional
  | Opaque;

/** What an evaluation ends with when it cannot go on; no Error: it is thrown often, and needs no stack. */
export class CelError {
  constructor(readonly message: string) {}
}

/** An unsigned integer. */
export class Uint {
  constructor(readonly value: bigint) {}
}

/** Nanoseconds since 1970. */
export class Timestamp {
  constructor(readonly nanos: bigint) {}
}

/** A length of time in nanoseconds. */
export class Duration {
  constructor(readonly nanos: bigint) {}
}

/** A type, as `type(x)` yields it. */
export class TypeValue {
  constructor(readonly name: string) {}
}

/** A value that may be absent. */
export class Optional {
  static readonly none = new Optional(undefined);
  constructor(readonly value: Value | undefined) {}
}

/** A value of Kubernetes' own types: a quantity, a URL, an address. */
export abstract class Opaque {
  abstract readonly type: string;
  abstract equals(other: Opaque): boolean;
}

/** A list; those of a set or a map by CRD's list type are compared without their order. */
export class CelList {
  constructor(
    readonly items: readonly Value[],
    /** The fields that tell the items apart; [] for those of a set. @default - their place does */
    readonly keys?: readonly string[],
  ) {}
}

/** A map, or an object: which keys it has, and what is there. */
export interface CelMap {
  readonly isCelMap: true;
  /** undefined for a key that is not there. */
  get(key: Value): Value | undefined;
  keys(): readonly Value[];
  readonly size: number;
}

/** A map that an expression makes. */
export class LiteralMap implements CelMap {
  readonly isCelMap = true;
  private readonly entries = new Map<string, readonly [Value, Value]>();

  set(key: Value, value: Value): void {
    this.entries.set(keyOf(key), [key, value]);
  }

  get(key: Value): Value | undefined {
    return this.entries.get(keyOf(key))?.[1];
  }

  keys(): readonly Value[] {
    return [...this.entries.values()].map(([key]) => key);
  }

  get size(): number {
    return this.entries.size;
  }
}

/** Equal numbers are one key, whatever their type. */
function keyOf(key: Value): string {
  if (typeof key === 'string') return `s${key}`;
  if (typeof key === 'boolean') return String(key);
  if (key instanceof Uint) return `n${key.value}`;
  if (typeof key === 'bigint' || typeof key === 'number') return `n${key}`;
  throw new CelError('unsupported key type');
}

export function isMap(value: Value): value is CelMap {
  return typeof value === 'object' && value !== null && 'isCelMap' in value;
}

/** The name of a value's type. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case 'bigint':
      return 'int';
    case 'number':
      return 'double';
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
  }
  if (value === null) return 'null_type';
  if (value instanceof CelList) return 'list';
  if (value instanceof Uint) return 'uint';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof Timestamp) return 'google.protobuf.Timestamp';
  if (value instanceof Duration) return 'google.protobuf.Duration';
  if (value instanceof TypeValue) return 'type';
  if (value instanceof Optional) return 'optional_type';
  return value instanceof Opaque ? value.type : 'map';
}

/** A number's value, to compare it with others: exact for integers. */
function numeric(value: Value): bigint | number | undefined {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  return value instanceof Uint ? value.value : undefined;
}

/** Whether two values are equal; values of two types never are, numbers apart. */
export function equals(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a === 'string' || typeof a === 'boolean' || a === null || b === null) return false;
  const number = numeric(a);
  if (number !== undefined) {
    const other = numeric(b);
    // biome-ignore lint/suspicious/noDoubleEquals: a bigint and a number are compared by what they are worth
    return other !== undefined && number == other;
  }
  if (a instanceof CelList) return b instanceof CelList && equalLists(a, b);
  if (a instanceof Uint8Array) return b instanceof Uint8Array && Buffer.compare(a, b) === 0;
  if (a instanceof Timestamp) return b instanceof Timestamp && a.nanos === b.nanos;
  if (a instanceof Duration) return b instanceof Duration && a.nanos === b.nanos;
  if (a instanceof TypeValue) return b instanceof TypeValue && a.name === b.name;
  if (a instanceof Optional) {
    if (!(b instanceof Optional)) return false;
    if (a.value === undefined || b.value === undefined) return a.value === b.value;
    return equals(a.value, b.value);
  }
  if (a instanceof Opaque) return b instanceof Opaque && a.type === b.type && a.equals(b);
  if (!isMap(a) || !isMap(b) || a.size !== b.size) return false;
  return a.keys().every((key) => {
    const [own, other] = [a.get(key), b.get(key)];
    return own === undefined || other === undefined ? own === other : equals(own, other);
  });
}

function equalLists(a: CelList, b: CelList): boolean {
  if (a.items.length !== b.items.length) return false;
  if (a.keys === undefined) return a.items.every((item, index) => equals(item, b.items[index] as Value));
  if (a.keys.length === 0) return b.items.every((item) => a.items.some((own) => equals(own, item)));
  return b.items.every((item) => {
    const own = sameKeys(a.items, item, a.keys as readonly string[]);
    return own >= 0 && equals(a.items[own] as Value, item);
  });
}

/** Where in a list the item with the keys of another is; -1 for nowhere. */
function sameKeys(items: readonly Value[], item: Value, keys: readonly string[]): number {
  if (!isMap(item)) return -1;
  return items.findIndex(
    (own) => isMap(own) && keys.every((key) => equals(own.get(key) ?? null, item.get(key) ?? null)),
  );
}

/** `a + b`: a set takes what it has not, a map's items are merged by their keys. */
export function concatenate(a: CelList, b: CelList): CelList {
  const { keys } = a;
  if (keys === undefined) return new CelList([...a.items, ...b.items]);
  const items = [...a.items];
  for (const item of b.items) {
    const at = keys.length === 0 ? items.findIndex((own) => equals(own, item)) : sameKeys(items, item, keys);
    if (at < 0) items.push(item);
    else if (keys.length > 0) items[at] = item;
  }
  return new CelList(items, keys);
}

/** Below zero, zero, or above it; NaN where one of them is. */
export function compare(a: Value, b: Value): number {
  const [left, right] = [numeric(a), numeric(b)];
  if (left !== undefined && right !== undefined) {
    if (left < right) return -1;
    // biome-ignore lint/suspicious/noDoubleEquals: a bigint and a number are compared by what they are worth
    return left > right ? 1 : left == right ? 0 : Number.NaN;
  }
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b);
  if ((a instanceof Timestamp && b instanceof Timestamp) || (a instanceof Duration && b instanceof Duration)) {
    return a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0;
  }
  throw noOverload();
}

/** By code points, as Go does; UTF-16 has the highest of them before others. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is compared alike in both
  if (/^[\x00-\x7f]*$/.test(a) && /^[\x00-\x7f]*$/.test(b)) return a < b ? -1 : 1;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

export function noOverload(): CelError {
  return new CelError('no such overload');
}

const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;

/** An int of 64 bits. */
export function int(value: bigint): bigint {
  if (value < LEAST || value > MOST) throw new CelError('integer overflow');
  return value;
}

export function uint(value: bigint): Uint {
  if (value < 0n || value >= 2n ** 64n) throw new CelError('unsigned integer overflow');
  return new Uint(value);
}

export function duration(nanos: bigint): Duration {
  if (nanos < LEAST || nanos > MOST) throw new CelError('integer overflow');
  return new Duration(nanos);
}

/**
 * Values of other libraries that constructs take in place of the API's plain ones, by their shape alone: cdk8s and
 * every version of cdk8s-plus fit, and neither has to be installed.
 */

/** An amount of CPU, as cdk8s-plus's `Cpu.millis(100)`. */
export interface CpuLike {
  readonly amount: string;
}

/** An amount of memory or storage, as cdk8s's `Size.mebibytes(64)`. */
export interface SizeLike {
  asString(): string;
}

/** A length of time, as cdk8s's `Duration.minutes(5)`. */
export interface DurationLike {
  toSeconds(): number;
}

/** A quantity: the API's plain value (`'100m'`, `'64Mi'`, 1), or a value of cdk8s-plus or cdk8s. */
export type QuantityValue = string | number | CpuLike | SizeLike;

/** Seconds, or a duration of cdk8s. */
export type SecondsValue = number | DurationLike;

/** Whatever stands for an object by its name: the name itself, or a construct of cdk8s-plus or of podwright. */
export type NameValue = string | { readonly name: string };

/** The name that a {@link NameValue} stands for. */
export function nameOf(value: NameValue): string {
  return typeof value === 'string' ? value : value?.name;
}

/**
 * A deep copy of API fields in which the values of other libraries have become plain ones. cdk8s's lazy values stay as
 * they are, for synthesis to resolve; whatever is neither plain nor known stays too, for synthesis to refuse.
 */
export function plain<T>(value: unknown): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(copy);
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return fromLibrary(value);
  const result: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    // A prop that is passed on undefined is not set, and leaves room for a default.
    if (field !== undefined) result[key] = copy(field);
  }
  return result;
}

function fromLibrary(value: object): unknown {
  const { asString, toSeconds, amount, value: wrapped } = value as Record<string, unknown>;
  if (typeof asString === 'function') return asString.call(value);
  if (typeof toSeconds === 'function') return toSeconds.call(value);
  if (typeof amount === 'string') return amount;
  // Quantity and IntOrString of generated imports.
  if (typeof wrapped === 'string' || typeof wrapped === 'number') return wrapped;
  return value;
}

/** Props divided into the fields of these names, plain, and the rest. */
export function split<P extends object, Name extends keyof P>(
  props: P,
  names: readonly Name[],
): { own: Record<string, unknown>; rest: Omit<P, Name> } {
  const isOwn = ([name]: [string, unknown]) => names.includes(name as Name);
  const fields = Object.entries(props);
  return {
    own: plain(Object.fromEntries(fields.filter(isOwn))),
    rest: Object.fromEntries(fields.filter((field) => !isOwn(field))) as Omit<P, Name>,
  };
}

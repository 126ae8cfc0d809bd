// Compares an object with a pattern of it: what the pattern does not say may be anything, unless it is wrapped in `exactly`.
import { escapeStep } from '../api/json-pointer';

// biome-ignore lint/suspicious/noExplicitAny: patterns and objects have any shape
type Any = any;

/** A part of a value: fields may be left out, and asymmetric matchers (`expect.any(Number)`) stand for values. */
export type Match<T> =
  | (T extends readonly (infer I)[]
      ? readonly Match<I>[]
      : T extends object
        ? { readonly [K in keyof T]?: Match<T[K]> }
        : T)
  | Exactly;

/** One place where an object is other than its pattern. */
export interface Mismatch {
  /** RFC 6901 JSON pointer. */
  readonly pointer: string;
  readonly expected: string;
  readonly actual: string;
}

const EXACTLY = Symbol.for('podwright.exactly');

/** See {@link exactly}. */
export interface Exactly {
  readonly [EXACTLY]: true;
}

/** A pattern that a value must equal: no field more, lists in their order. */
export function exactly<T>(value: T): Exactly {
  return { [EXACTLY]: true, value } as unknown as Exactly;
}

/**
 * Where a value is other than a pattern; none where it matches.
 *
 * Lists are as long as their pattern, item by item; but lists of items with names (containers, env, ports, volumes) are
 * looked up by name, and may have others.
 */
export function mismatches(pattern: Any, value: Any): Mismatch[] {
  const found: Mismatch[] = [];
  compare(pattern, value, '', false, found);
  return found;
}

function compare(pattern: Any, value: Any, pointer: string, exact: boolean, found: Mismatch[]): void {
  if (pattern?.[EXACTLY]) {
    compare(pattern.value, value, pointer, true, found);
    return;
  }
  const say = (expected: string, actual: string) => found.push({ pointer, expected, actual });
  if (typeof pattern?.asymmetricMatch === 'function') {
    if (!pattern.asymmetricMatch(value)) say(shown(pattern), shown(value));
    return;
  }
  if (typeof pattern !== 'object' || pattern === null) {
    if (!Object.is(pattern ?? undefined, value ?? undefined)) say(shown(pattern), shown(value));
    return;
  }
  if (Array.isArray(pattern) !== Array.isArray(value) || typeof value !== 'object' || value === null) {
    say(shown(pattern), shown(value));
    return;
  }
  if (!Array.isArray(pattern)) {
    for (const key of Object.keys(pattern)) {
      if (pattern[key] === undefined && value[key] === undefined) continue;
      compare(pattern[key], value[key], `${pointer}/${escapeStep(key)}`, exact, found);
    }
    if (!exact) return;
    for (const key of Object.keys(value)) {
      if (!(key in pattern))
        found.push({ pointer: `${pointer}/${escapeStep(key)}`, expected: 'nothing', actual: shown(value[key]) });
    }
    return;
  }
  if (!exact && pattern.length > 0 && pattern.every(isNamed) && value.every(isNamed)) {
    byName(pattern, value, pointer, found);
    return;
  }
  if (pattern.length !== value.length) {
    say(`a list of ${pattern.length}`, `${value.length}: ${shown(value)}`);
    return;
  }
  for (const [index, item] of pattern.entries()) compare(item, value[index], `${pointer}/${index}`, exact, found);
}

function isNamed(item: Any): boolean {
  return typeof item?.name === 'string';
}

/** Each item of the pattern is one of that name; where several have it, the one that is most like it. */
function byName(pattern: Any[], value: Any[], pointer: string, found: Mismatch[]): void {
  const taken = new Set<number>();
  for (const item of pattern) {
    let best: { index: number; wrong: Mismatch[] } | undefined;
    for (const [index, other] of value.entries()) {
      if (other.name !== item.name || taken.has(index)) continue;
      const wrong: Mismatch[] = [];
      compare(item, other, `${pointer}/${index}`, false, wrong);
      if (!best || wrong.length < best.wrong.length) best = { index, wrong };
    }
    if (best) {
      taken.add(best.index);
      found.push(...best.wrong);
    } else {
      const names = value.map(({ name }) => name).join(', ');
      found.push({ pointer, expected: `one named ${item.name}`, actual: names === '' ? 'an empty list' : names });
    }
  }
}

/** A value in a line. */
export function shown(value: Any): string {
  if (value === undefined) return 'nothing';
  if (typeof value?.toAsymmetricMatcher === 'function') return value.toAsymmetricMatcher();
  if (typeof value?.asymmetricMatch === 'function') return String(value);
  if (value?.[EXACTLY]) return `exactly ${shown(value.value)}`;
  const text = JSON.stringify(value, (_, part) =>
    typeof part?.toAsymmetricMatcher === 'function' ? part.toAsymmetricMatcher() : part?.[EXACTLY] ? part.value : part,
  );
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

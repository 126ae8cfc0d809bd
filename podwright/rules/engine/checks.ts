// The words that rules are written in: small checks, and ways to put them together. Each returns a function that walks
// a value once; nothing is interpreted while objects are checked.
import { ALL_VERSIONS, VERSIONS, type Version, type VersionSet } from '../../api/versions';
import type { Any, Check, Cursor } from './cursor';

/** A field's check, and the demand that the field be there. */
export interface FieldRule {
  readonly check?: Check;
  /** What the API server adds to `Required value`; undefined for a field that may be left out. */
  readonly required?: string;
  /** Whether the check wants to see '' too, which the API server mostly takes for "not given". */
  readonly empty?: boolean;
}

/** The checks of an object's fields, by name. */
export interface Fields {
  readonly [field: string]: Check | FieldRule;
}

/** A field that must be given: not absent, null, '' or an empty list. */
export function required(check?: Check, detail = ''): FieldRule {
  return { check, required: detail };
}

/** A field whose '' is a value like any other: a pointer to a string in the API server's own types. */
export function given(check: Check): FieldRule {
  return { check, empty: true };
}

/**
 * An object's fields, then what holds between them.
 * @param rule the rule that the findings are reported under; undefined leaves the one at work
 */
export function object(rule: string | undefined, fields: Fields, ...also: Check[]): Check {
  const checks = new Map<string, Check>();
  const demands: [string, string][] = [];
  const evenEmpty = new Set<string>();
  for (const [field, entry] of Object.entries(fields)) {
    const { check, required, empty }: FieldRule = typeof entry === 'function' ? { check: entry } : entry;
    if (check) checks.set(field, check);
    if (empty) evenEmpty.add(field);
    if (required !== undefined) demands.push([field, required]);
  }
  return (value: Any, at: Cursor) => {
    const outer = at.rule;
    if (rule) at.rule = rule;
    for (let i = 0; i < demands.length; i++) {
      const [field, detail] = demands[i] as [string, string];
      const part = value[field];
      if (isEmpty(part)) at.required(detail, field);
    }
    for (const field in value) {
      const check = checks.get(field);
      if (check === undefined) continue;
      const part = value[field];
      if (part === undefined || part === null || (part === '' && !evenEmpty.has(field))) continue;
      at.path.push(field);
      check(part, at);
      at.path.pop();
    }
    for (let i = 0; i < also.length; i++) (also[i] as Check)(value, at);
    at.rule = outer;
  };
}

function isEmpty(value: Any): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Every item of a list. An item that is null is what the API server takes for an empty one. */
export function each(check: Check): Check {
  return (list: Any, at: Cursor) => {
    for (let i = 0; i < list.length; i++) {
      at.path.push(i);
      check(list[i] ?? {}, at);
      at.path.pop();
    }
  };
}

/** Several checks of one value. */
export function all(...checks: Check[]): Check {
  return (value: Any, at: Cursor) => {
    for (let i = 0; i < checks.length; i++) (checks[i] as Check)(value, at);
  };
}

/** A text of a form: `problems` says what is wrong with it in the API server's words, or nothing. */
export function form(problems: (text: string) => readonly string[] | undefined): Check {
  return (text: Any, at: Cursor) => {
    const list = problems(text);
    if (list) for (const problem of list) at.invalid(text, problem);
  };
}

/** One of these texts; the API server lists them in the order given. */
export function oneOf(...texts: readonly string[]): Check {
  const supported = new Set(texts);
  return (text: Any, at: Cursor) => {
    if (!supported.has(text)) at.notSupported(text, texts);
  };
}

/** A number from `least` to `most`, both inclusive. */
export function between(least: number, most: number): Check {
  return (value: Any, at: Cursor) => {
    if (value < least || value > most) at.invalid(value, `must be between ${least} and ${most}, inclusive`);
  };
}

/** A number that is not negative. */
export const nonNegative: Check = (value, at) => {
  if (value < 0) at.invalid(value, 'must be greater than or equal to 0');
};

/** A number above zero. */
export const positive: Check = (value, at) => {
  if (value <= 0) at.invalid(value, 'must be greater than zero');
};

/** The versions from one on. */
export function from(version: Version): VersionSet {
  return ALL_VERSIONS & ~((1 << VERSIONS.indexOf(version)) - 1);
}

/** The versions before one. */
export function before(version: Version): VersionSet {
  return (1 << VERSIONS.indexOf(version)) - 1;
}

/** A check that holds from a version on. */
export function since(version: Version, check: Check): Check {
  const versions = from(version);
  return (value: Any, at: Cursor) => at.within(versions, check, value);
}

/** A check that held before a version. */
export function until(version: Version, check: Check): Check {
  const versions = before(version);
  return (value: Any, at: Cursor) => at.within(versions, check, value);
}

import type { Construct } from 'constructs';

/**
 * The text of a fault in a construct's props. The construct path is put before it where faults are reported.
 * @param prop the prop, as the caller wrote it: `nodes`, `containers[0].env.TOKEN`
 * @param what what is wrong, as a phrase: `must be a whole number`
 * @param got the value that was given
 * @param expected the form that is expected: `1 or more`
 */
export function fault(prop: string, what: string, got: unknown, expected: string): string {
  return `${prop}: ${what}, got ${show(got)}; expected ${expected}`;
}

/**
 * Adds a check of props that reach no object, or reach it changed; what the API server judges is left to the rules.
 * All faults are collected at synthesis.
 */
export function check(construct: Construct, faults: () => string[]): void {
  construct.node.addValidation({ validate: faults });
}

/** The fault of a number that must be whole and within a range, if it has one; undefined passes. */
export function wholeNumber(prop: string, value: unknown, min: number, max = Number.MAX_SAFE_INTEGER): string[] {
  if (value === undefined) return [];
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return [];
  const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${max}`;
  return [fault(prop, 'must be a whole number', value, range)];
}

/**
 * A prop that is a list of objects, if it is one: types do not see what plain JavaScript, or a cast, passes.
 * @throws with the construct and the place in the list
 */
export function objects<T extends object>(construct: Construct, prop: string, value: readonly T[]): readonly T[] {
  const refuse = (place: string, got: unknown, expected: string) => {
    throw new Error(`${construct.node.path}: ${fault(place, `must be ${expected}`, got, expected)}`);
  };
  if (!Array.isArray(value)) refuse(prop, value, 'a list');
  for (const [index, item] of value.entries()) {
    if (typeof item !== 'object' || item === null) refuse(`${prop}[${index}]`, item, 'an object');
  }
  return value;
}

/** A value as error messages show it: JSON as far as it goes, cut at 60 characters. */
export function show(value: unknown): string {
  if (typeof value === 'number' || value === undefined) return String(value);
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // Cyclic: the type says enough.
  }
  text ??= `a ${typeof value}`;
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

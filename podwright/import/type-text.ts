// What types are written as, the same for the Kubernetes API and for custom resources.
import { quote } from './print';

/** An object of any fields. */
export const ANY_OBJECT = '{ readonly [key: string]: any }';

/** A list of elements of a type. */
export function arrayOf(element: string): string {
  return `readonly ${/[|{ ]/.test(element) ? `(${element})` : element}[]`;
}

/** A map to values of a type. */
export function mapOf(value: string): string {
  return `{ readonly [key: string]: ${value} }`;
}

/** One of the values: texts, numbers, booleans and null. */
export function unionOf(values: readonly unknown[]): string {
  const texts = values.map((value) => (typeof value === 'string' ? quote(value) : String(value)));
  return [...new Set(texts)].join(' | ');
}

/** Whether a default is worth telling: Go has `{}`, '' and 0 for an unset field, and false is what unset means. */
export function isTelling(value: unknown): boolean {
  return Boolean(value) && !(typeof value === 'object' && Object.keys(value as object).length === 0);
}

import type { ApiObject } from 'cdk8s';

const OURS = Symbol.for('podwright.construct');

/** Says of a class that it is the toolkit's: all rules judge its objects, and those of classes that extend it. */
export function markOurs(type: { readonly prototype: object }): void {
  Object.defineProperty(type.prototype, OURS, { value: true });
}

/** Whether an object was made by a construct of the toolkit, or by a class that extends one. */
export function isOurs(object: ApiObject): boolean {
  const { scope } = object.node;
  return scope !== undefined && OURS in scope;
}

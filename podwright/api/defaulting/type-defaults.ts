// biome-ignore lint/suspicious/noExplicitAny: objects have any shape until they are checked, and are filled as they are
export type Any = any;

/** Where a default is filled in. */
export interface Place {
  /** Kubernetes' minor version: 34 for 1.34. */
  readonly minor: number;
}

/** A field's default: the value itself, or what gives it from the object that the field is in; undefined is none. */
type Default = string | number | boolean | object | ((owner: Any, place: Place) => unknown);

/** What the API server fills into an object of one type. */
export interface TypeDefaults {
  /** Fields that are not written. They are filled in this order, so that one may ask for those before it. */
  readonly fields?: { readonly [field: string]: Default };
  /** What is not a field's own default: runs after the fields, before the objects within. */
  readonly fill?: (owner: Any, place: Place) => void;
}

/** The same list of resources, or one with what it lacks from another. */
export function addMissing(to: Any, from: Any): void {
  for (const key in from) if (!(key in to)) to[key] = from[key];
}

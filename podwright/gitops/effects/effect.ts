import type { Outcome as AnyOutcome, EffectClass } from '../../report/diff';
import type { ClusterObjects } from './cluster-objects';
import type { FieldChange } from './fields';

// biome-ignore lint/suspicious/noExplicitAny: objects have any shape until they are checked
export type Any = any;

/** What changing one field does. */
export interface Outcome extends AnyOutcome {
  readonly effect: EffectClass;
}

/** A change of one object, and the program around it. */
export interface Change {
  /** What the cluster keeps of the object: see `kept`. */
  readonly before: Any;
  readonly after: Any;
  /** All objects of the same cluster afterwards. */
  readonly cluster: ClusterObjects;
}

/** What changing some fields of a kind does. */
export interface FieldRule {
  /** The field's names from the object down, `spec.template`; items of lists have none. It stands for all in it, too. */
  readonly at: string;
  /** Undefined from the function: this rule does not hold here, a later one does. */
  readonly does: Outcome | ((field: FieldChange, change: Change) => Outcome | undefined);
}

/** What changes of one kind's objects do, read as a specification: the first rule that holds decides. */
export interface KindRules {
  /** `apps/Deployment`, `Pod`: group and kind. */
  readonly kinds: readonly string[];
  /** Where Kubernetes says so. */
  readonly source: string;
  readonly rules: readonly FieldRule[];
  /** For the fields that no rule names. @default - the object takes the change in place */
  readonly others?: Outcome;
}

/** The API server refuses the change; the object is to be deleted and made again. */
export function recreate(what: string, ends?: string): Outcome {
  return { effect: 'recreate', what, ...(ends !== undefined && { ends }) };
}

/** The object takes the change. */
export function inPlace(what: string, ends?: string): Outcome {
  return { effect: 'in-place', what, ...(ends !== undefined && { ends }) };
}

/** The first names of a list, and how many more there are. */
export function shortList(names: readonly string[]): string {
  const some = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${some} and ${names.length - 3} more` : some;
}

import type { FieldChange } from './fields';

// biome-ignore lint/suspicious/noExplicitAny: objects have any shape until they are checked
export type Any = any;

/** What a change does on a cluster, from nothing to what the API server does not take. */
export const EFFECTS = [
  // Equal once the API server has filled in its defaults: a cluster sees no change.
  'nothing',
  // The object takes the change; nothing that runs ends for it.
  'in-place',
  // The next runs of a CronJob are other than the last; those that run go on.
  'next-run',
  // Pods that are made from now on are other than those that run.
  'next-pods',
  // Pods that run go on with what they have read, until they are started again.
  'until-restart',
  // Pods are added or taken away.
  'scale',
  // A container is started again in its pod, which stays.
  'container-restart',
  // Pods are replaced by new ones.
  'rolling-restart',
  // The API server does not take it: the object has to be deleted and made again.
  'recreate',
  // The API server does not take it, and deleting the object would take more with it than is changed.
  'refused',
] as const;

/** See {@link EFFECTS}. */
export type EffectClass = (typeof EFFECTS)[number];

/** What changing one field does. */
export interface Outcome {
  readonly effect: EffectClass;
  /** In words: lower case, no final period. */
  readonly what: string;
  /** What ends with it, or is lost, that was running or kept. @default - nothing */
  readonly ends?: string;
  /** What it waits for: the pods' deletion, an end of a pause. @default - it happens at once */
  readonly waitsFor?: string;
}

/** A change of one object, and the program around it on both sides. */
export interface Change {
  /** What the cluster keeps of the object: see `kept`. */
  readonly before: Any;
  readonly after: Any;
  /** All objects of the same cluster, as they are written. */
  readonly allBefore: readonly Any[];
  readonly allAfter: readonly Any[];
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

// What changes between two states of a program's manifests, as data; a formatter a format turns it into text.
import type { ObjectIdentity, SourcePlace } from './finding';
import type { FootprintChange } from './footprint';

/** What a change of an object does on a cluster, from nothing to what the API server does not take. */
export const EFFECTS = [
  // Equal once the API server has filled in its defaults: a cluster sees no change.
  'nothing',
  // The object takes the change; nothing that runs is replaced for it.
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

/** All that may happen to an object, what matters least first. */
export const BY_WEIGHT = [
  'nothing',
  'new',
  'in-place',
  'next-run',
  'next-pods',
  'until-restart',
  'scale',
  'container-restart',
  'rolling-restart',
  'gone',
  'moved',
  'recreate',
  'refused',
] as const satisfies readonly Outcome['effect'][];

/** What one change does. */
export interface Outcome {
  readonly effect: EffectClass | 'new' | 'gone' | 'moved';
  /** In words: lower case, no final period. */
  readonly what: string;
  /** What ends with it, or is lost, that was running or kept. @default - nothing */
  readonly ends?: string;
  /** What has to come first, after `until`: `spec.paused is taken away`. @default - it happens at once */
  readonly waitsFor?: string;
}

/** A field that is other on the cluster afterwards. */
export interface FieldDiff {
  /** RFC 6901 pointer, in the new object; in the old one where the field is gone. */
  readonly pointer: string;
  /** For a reader, items of lists by their names: `spec.template.spec.containers[main].image`. */
  readonly name: string;
  /** As it is written, or as the API server fills it in; a Secret's content is not shown. @default - the field is new */
  readonly before?: unknown;
  /** @default - the field is gone */
  readonly after?: unknown;
  /** What the change of this field does. */
  readonly effect: EffectClass;
  /** The line of the program that it comes from. @default - not known */
  readonly source?: SourcePlace;
}

/** What the API server of a cluster says to what was predicted of an object. */
export interface Confirmation {
  /** `unknown`: it could not be asked, or the cluster is not as the comparison takes it to be. */
  readonly verdict: 'confirmed' | 'contradicted' | 'unknown';
  /** Its words, or what differs: lower case, no final period. @default - nothing more is to be said */
  readonly what?: string;
}

/** What becomes of an object that git no longer has. */
export const LEAVINGS = [
  // Its controller deletes it.
  'deleted',
  // It is marked to be kept, and is deleted all the same: its namespace is.
  'deleted-with-namespace',
  // It is marked to be kept.
  'kept',
  // As 'kept', and it is configuration of an earlier content, which no workload of the program uses any more.
  'generation',
] as const;

/** See {@link LEAVINGS}. */
export type Leaving = (typeof LEAVINGS)[number];

/** One object that a change touches. */
export interface ObjectDiff {
  readonly object: ObjectIdentity;
  /** The environment whose cluster it is in. @default - the program has none */
  readonly environment?: string;
  /** What happens to it; the most of it, where several things do. */
  readonly effect: Outcome['effect'];
  /** All that happens, the most of it first. */
  readonly outcomes: readonly Outcome[];
  readonly fields: readonly FieldDiff[];
  /** The file that it was in, in its folder. @default - it is new */
  readonly before?: SourcePlace;
  /** The file that it is in. @default - it is gone */
  readonly after?: SourcePlace;
  /** Another object of its kind that is gone, or is new, in its place: it was renamed. @default - none is known */
  readonly renamed?: string;
  /** What becomes of it. @default - git still has it */
  readonly leaves?: Leaving;
  /** What the API server says to it. @default - it was not asked */
  readonly server?: Confirmation;
  /** @default - not known: its manifest comes from a file */
  readonly constructPath?: string;
  /** The line of the program that makes it. @default - not known */
  readonly source?: SourcePlace;
}

/** The whole of what changes. */
export interface DiffReport {
  /** What is compared, for a reader: `dist at 1a2b3c4`, `the program`. */
  readonly before: string;
  readonly after: string;
  /** The Kubernetes version whose defaults and rules are meant. */
  readonly version: string;
  /** Those that change first do most; then by environment, namespace, kind and name. */
  readonly objects: readonly ObjectDiff[];
  /** How many objects are the same, text and all. */
  readonly unchanged: number;
  /** What the pods and claims take before and after, by namespace; those that take the same are left out. */
  readonly footprint: readonly FootprintChange[];
  /** What a reader has to know of the comparison itself. */
  readonly notes: readonly string[];
}

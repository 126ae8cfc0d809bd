/** What a finding does: an error stops a synthesis, a warning is printed, info is only in machine-readable reports. */
export type Severity = 'error' | 'warning' | 'info';

/** The identity of a Kubernetes object: what the API server tells objects apart by. */
export interface ObjectIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  /** @default - none: the object is cluster-scoped, or lands in the namespace that kubectl is told. */
  readonly namespace?: string;
  readonly name: string;
}

/** A place in a file of the program or of the checked manifests. Lines and columns count from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * One thing that is wrong, as data. Rules return findings and never throw, so that all of them are reported at once;
 * a formatter a format turns them into text.
 */
export interface Finding {
  /** The rule's name, family first: `api/required`. It is stable: exceptions and severities refer to it. */
  readonly ruleId: string;
  readonly severity: Severity;
  /** @default - none: the finding is about a construct or the program, not about one object. */
  readonly object?: ObjectIdentity;
  /** RFC 6901 JSON pointer to the field in the object, or in the props; '' is the whole. */
  readonly pointer: string;
  /** What is wrong, the value that was given, and the form that is expected; lower case, no final period. */
  readonly message: string;
  /** The API server's reason for it, as its Status has it: `FieldValueRequired`. @default - it would not refuse this. */
  readonly reason?: string;
  /** The field as the API server's Status spells it. @default - as the pointer does: `spec.containers[0].name`. */
  readonly field?: string;
  /** What to change. @default - nothing that the message does not already say. */
  readonly fix?: string;
  /** The Kubernetes minor versions that it is true for, ascending. @default - every target. */
  readonly versions?: readonly string[];
  /** @default - none: the object came from a file, not from a construct. */
  readonly constructPath?: string;
  /** The line of the program or file that caused it. @default - not known. */
  readonly source?: SourcePlace;
  /** The exception that holds for it: it stops nothing, and only reports have it. @default - none */
  readonly suppressed?: Suppression;
}

/** Why a finding is left as it is. */
export interface Suppression {
  /** Why the rule does not hold here. */
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** The last day of it: `2027-06-30`. */
  readonly expires: string;
}

/** Whether a finding counts: no exception holds for it. */
export function counts({ suppressed }: Finding): boolean {
  return suppressed === undefined;
}

import type { Finding } from './finding';

/** A finding in a manifest, with the place that its object was read from. */
export interface LocatedFinding extends Finding {
  /** As it was named, from the folder of the call; `-` is the standard input. */
  readonly file: string;
  /** The number of the YAML document or JSON line in its file, from 0. */
  readonly document: number;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** What a check of manifests found. */
export interface CheckReport {
  /** How many objects were judged. */
  readonly objects: number;
  /** Sorted by file, document, line, column and rule. */
  readonly findings: readonly LocatedFinding[];
  /** What a rule finds, in a line, by its id. @default - not known */
  readonly describe?: (ruleId: string) => string | undefined;
}

/** The order in which a report is read. */
export function inReadingOrder(findings: readonly LocatedFinding[]): LocatedFinding[] {
  const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...findings].sort(
    (a, b) =>
      text(a.file, b.file) ||
      a.document - b.document ||
      a.line - b.line ||
      a.column - b.column ||
      text(a.ruleId, b.ruleId) ||
      text(a.pointer, b.pointer) ||
      text(a.message, b.message),
  );
}

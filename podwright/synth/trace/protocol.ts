import type { Finding, SourcePlace } from '../../report/finding';
import type { Installation } from '../program/installation';

/** A field of an object whose cause is asked for, though nothing is wrong with it. */
export interface Asked extends Finding {
  /** What it was before: of what it is put together from, that which was other then is its cause. @default - not known */
  readonly before?: unknown;
}

/** What the process that traces a program is told, on its standard input. */
export interface TraceRequest {
  readonly main: string;
  readonly cwd: string;
  readonly argv: readonly string[];
  readonly installation: Installation;
  /** What places are looked for of. @default - of what the program itself is found to do wrong */
  readonly asked?: readonly Asked[];
}

/** What it answers, on its fourth stream: each finding by {@link keyOf}, with its place where that was found. */
export type TraceAnswer = readonly (readonly [key: string, source: SourcePlace | null])[];

/** What a finding is known by in another run of the program. */
export function keyOf({ ruleId, constructPath, object, pointer, message }: Finding): string {
  return JSON.stringify([ruleId, constructPath, object, pointer, message]);
}

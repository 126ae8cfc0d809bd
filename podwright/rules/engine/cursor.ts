import type { VersionSet } from '../../api/versions';
import type { Dropped, Null } from '../schema/as-read';
import { Fault, type Reason, type Step } from './fault';

export { Fault, type Step } from './fault';

/** An object under check: its shape is what the checks find out. */
// biome-ignore lint/suspicious/noExplicitAny: values have any shape until a check has looked at them
export type Any = any;

/** Looks at a value and reports what is wrong with it at the cursor, which stands on it. */
export type Check<T = Any> = (value: T, at: Cursor) => void;

/**
 * Where in an object the checks are, for which versions, and what they found there. One cursor walks all objects:
 * it costs nothing while there is nothing to report. The report methods are named for the API server's errors and word
 * them as it does; `steps` lead on from where the cursor stands.
 */
export class Cursor {
  /** The steps from the object to where the cursor stands. */
  readonly path: Step[] = [];
  /** The versions that what is found now is true for. */
  versions: VersionSet = 0;
  /** The rule that is at work. */
  rule = '';
  /** The object that the path begins at. */
  root: Any = undefined;
  faults: Fault[] = [];
  /** Fields that some versions drop, as the schema's checks met them. */
  dropped: Dropped[] = [];
  /** The nulls of the object, as the schema's checks met them. */
  nulls: Null[] = [];

  /** Runs a check on a part of the value that the cursor stands on. */
  enter<T>(step: Step, check: Check<T>, value: T): void {
    this.path.push(step);
    check(value, this);
    this.path.pop();
  }

  /** Runs a check on the same value for some of the versions; not at all where none is left. */
  within<T>(versions: VersionSet, check: Check<T>, value: T): void {
    const all = this.versions;
    this.versions = all & versions;
    if (this.versions !== 0) check(value, this);
    this.versions = all;
  }

  /**
   * Of the faults since `from`, takes steps out of the path that the API server names all the same.
   * @param at how many steps stay before them
   * @param count how many steps to take out
   */
  respell(from: number, at: number, count: number): void {
    for (const fault of this.faults.slice(from)) {
      fault.field ??= fault.path;
      fault.path = [...fault.path.slice(0, at), ...fault.path.slice(at + count)];
    }
  }

  required(detail: string, ...steps: Step[]): Fault {
    return this.report('FieldValueRequired', detail ? `Required value: ${detail}` : 'Required value', steps);
  }

  invalid(value: unknown, detail: string, ...steps: Step[]): Fault {
    return this.report('FieldValueInvalid', `Invalid value: ${quote(value)}${detail ? `: ${detail}` : ''}`, steps);
  }

  typeInvalid(value: unknown, detail: string, ...steps: Step[]): Fault {
    return this.report('FieldValueTypeInvalid', `Invalid value: ${quote(value)}: ${detail}`, steps);
  }

  notSupported(value: unknown, supported: readonly string[], ...steps: Step[]): Fault {
    const list = supported.map((one) => JSON.stringify(one)).join(', ');
    return this.report(
      'FieldValueNotSupported',
      `Unsupported value: ${quote(value)}${list ? `: supported values: ${list}` : ''}`,
      steps,
    );
  }

  forbidden(detail: string, ...steps: Step[]): Fault {
    return this.report('FieldValueForbidden', `Forbidden: ${detail}`, steps);
  }

  duplicate(value: unknown, ...steps: Step[]): Fault {
    return this.report('FieldValueDuplicate', `Duplicate value: ${quote(value)}`, steps);
  }

  notFound(value: unknown, detail: string, ...steps: Step[]): Fault {
    return this.report('FieldValueNotFound', `Not found: ${quote(value)}${detail ? `: ${detail}` : ''}`, steps);
  }

  tooLong(most: number, ...steps: Step[]): Fault {
    return this.report(
      'FieldValueTooLong',
      `Too long: may not be more than ${most} ${most === 1 ? 'byte' : 'bytes'}`,
      steps,
    );
  }

  tooMany(actual: number, most: number, ...steps: Step[]): Fault {
    const items = most === 1 ? 'item' : 'items';
    return this.report('FieldValueTooMany', `Too many: ${actual}: must have at most ${most} ${items}`, steps);
  }

  report(reason: Reason, message: string, steps: readonly Step[]): Fault {
    const fault = new Fault(this.rule, reason, [...this.path, ...steps], message, this.versions);
    this.faults.push(fault);
    return fault;
  }
}

/** A value as the API server's messages show it. */
export function quote(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value) ?? String(value);
}

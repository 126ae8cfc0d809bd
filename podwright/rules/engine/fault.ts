// What is wrong at a place of an object, as the API server would say it.
import { pointerOf } from '../../api/json-pointer';
import type { VersionSet } from '../../api/versions';

/** A step from an object to a part of it: a field or key by name, an item by number. */
export type Step = string | number;

/** The API server's own reasons, as its Status has them in `details.causes`. */
export type Reason =
  | 'FieldValueRequired'
  | 'FieldValueInvalid'
  | 'FieldValueTypeInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueDuplicate'
  | 'FieldValueNotFound'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'UnknownField';

/** A fault at a place of the object under check; it becomes a finding. */
export class Fault {
  /** The steps that the API server names, where they are not those to the field. */
  field: readonly Step[] | undefined;
  /** The steps to the very value that is wrong, where the server names something around it. */
  exact: readonly Step[] | undefined;
  /** What to change. */
  fix: string | undefined;
  /** Whether the API server's decoder stops at it. */
  endsDecoding = false;

  constructor(
    readonly rule: string,
    readonly reason: Reason,
    public path: readonly Step[],
    readonly message: string,
    public versions: VersionSet,
  ) {}

  /** Says how the API server names the field: without the last `up` steps, with `steps` in their place. */
  says(up: number, ...steps: Step[]): this {
    this.field = [...this.path.slice(0, this.path.length - up), ...steps];
    return this;
  }

  /** Says where in the value that the server names the fault is. */
  at(...steps: Step[]): this {
    this.exact = [...this.path, ...steps];
    return this;
  }

  /** Says what to change. */
  fixedBy(fix: string): this {
    this.fix = fix;
    return this;
  }
}

/** As one what is said of one field in the same words: by the checks of several versions, or by two of one. */
export function merged(faults: readonly Fault[]): Fault[] {
  const known = new Map<string, Fault>();
  for (const fault of faults) {
    const words = `${pointerOf(fault.path)} ${fault.message}`;
    const same = known.get(words);
    if (same) same.versions |= fault.versions;
    else known.set(words, fault);
  }
  return [...known.values()];
}

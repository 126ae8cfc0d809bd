import { escapeStep } from '../../api/json-pointer';
import { emit, NotYaml } from './emit';

/** A value that cannot be written, and where it is. */
export interface ValueFault {
  /** RFC 6901 JSON pointer. */
  readonly pointer: string;
  readonly message: string;
}

/** All values of an object that {@link emit} cannot write; it stops at the first, and does not say where. */
export function valueFaults(value: unknown, pointer = ''): ValueFault[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => {
      const at = `${pointer}/${escapeStep(key)}`;
      const wrong = faultOf({ [key]: null });
      return wrong === undefined ? valueFaults(inner, at) : [{ pointer: at, message: wrong }];
    });
  }
  const wrong = faultOf(value);
  return wrong === undefined ? [] : [{ pointer, message: wrong }];
}

function faultOf(value: unknown): string | undefined {
  try {
    emit(value);
    return undefined;
  } catch (error) {
    if (error instanceof NotYaml) return error.message;
    throw error;
  }
}

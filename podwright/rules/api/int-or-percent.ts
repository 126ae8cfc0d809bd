// Numbers of Pods, or shares of them: 1, '25%'. Source: pkg/apis/apps/validation ValidatePositiveIntOrPercent.
import type { Any, Check, Cursor } from '../engine/cursor';
import { percent } from '../values/keys';

/** A number that is not negative, or a percentage. */
export const intOrPercent: Check = (value: Any, at: Cursor) => {
  if (typeof value === 'number') {
    if (value < 0) at.invalid(value, 'must be greater than or equal to 0');
  } else for (const problem of percent(value) ?? []) at.invalid(value, problem);
};

/** A percentage of at most 100. */
export const atMostAll: Check = (value: Any, at: Cursor) => {
  if (typeof value === 'string' && percent(value) === undefined && Number(value.slice(0, -1)) > 100) {
    at.invalid(value, 'must not be greater than 100%');
  }
};

/** Whether nothing is meant: 0, '0%', or a text that says no number. */
export function isNone(value: Any): boolean {
  if (typeof value === 'number') return value === 0;
  return percent(value) === undefined ? Number(value.slice(0, -1)) === 0 : !/^[+-]?0*[1-9]\d*$/.test(value);
}

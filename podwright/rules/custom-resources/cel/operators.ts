// The operators of CEL, but for those that do not evaluate all of their operands.
import {
  CelError,
  CelList,
  compare,
  concatenate,
  Duration,
  duration,
  equals,
  int,
  isMap,
  noOverload,
  Timestamp,
  Uint,
  uint,
  type Value,
} from './values';

/** An operator of one operand or two. */
export type Operator = (a: Value, b: Value) => Value;

function add(a: Value, b: Value): Value {
  if (typeof a === 'bigint' && typeof b === 'bigint') return int(a + b);
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (a instanceof CelList && b instanceof CelList) return concatenate(a, b);
  if (a instanceof Uint && b instanceof Uint) return uint(a.value + b.value);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Uint8Array.from([...a, ...b]);
  if (a instanceof Duration && b instanceof Duration) return duration(a.nanos + b.nanos);
  if (a instanceof Timestamp && b instanceof Duration) return new Timestamp(a.nanos + b.nanos);
  if (a instanceof Duration && b instanceof Timestamp) return new Timestamp(a.nanos + b.nanos);
  throw noOverload();
}

function subtract(a: Value, b: Value): Value {
  if (typeof a === 'bigint' && typeof b === 'bigint') return int(a - b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (a instanceof Uint && b instanceof Uint) return uint(a.value - b.value);
  if (a instanceof Duration && b instanceof Duration) return duration(a.nanos - b.nanos);
  if (a instanceof Timestamp && b instanceof Timestamp) return duration(a.nanos - b.nanos);
  if (a instanceof Timestamp && b instanceof Duration) return new Timestamp(a.nanos - b.nanos);
  throw noOverload();
}

function multiply(a: Value, b: Value): Value {
  if (typeof a === 'bigint' && typeof b === 'bigint') return int(a * b);
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  if (a instanceof Uint && b instanceof Uint) return uint(a.value * b.value);
  throw noOverload();
}

function divide(a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return a / b;
  return integers(a, b, 'division by zero', (x, y) => x / y);
}

function remainder(a: Value, b: Value): Value {
  return integers(a, b, 'modulus by zero', (x, y) => x % y);
}

function integers(a: Value, b: Value, byZero: string, operate: (x: bigint, y: bigint) => bigint): Value {
  if (a instanceof Uint && b instanceof Uint) {
    if (b.value === 0n) throw new CelError(byZero);
    return new Uint(operate(a.value, b.value));
  }
  if (typeof a !== 'bigint' || typeof b !== 'bigint') throw noOverload();
  if (b === 0n) throw new CelError(byZero);
  return int(operate(a, b));
}

function contains(item: Value, of: Value): boolean {
  if (of instanceof CelList) return of.items.some((one) => equals(one, item));
  if (isMap(of)) return of.get(item) !== undefined;
  throw noOverload();
}

/** The operators by their signs; `neg` is the minus before a value. */
export const OPERATORS: { readonly [sign: string]: Operator } = {
  '==': equals,
  '!=': (a, b) => !equals(a, b),
  '<': (a, b) => compare(a, b) < 0,
  '<=': (a, b) => compare(a, b) <= 0,
  '>': (a, b) => compare(a, b) > 0,
  '>=': (a, b) => compare(a, b) >= 0,
  in: contains,
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': remainder,
  '!': (a) => {
    if (typeof a !== 'boolean') throw noOverload();
    return !a;
  },
  neg: (a) => {
    if (typeof a === 'bigint') return int(-a);
    if (typeof a === 'number') return -a;
    throw noOverload();
  },
};

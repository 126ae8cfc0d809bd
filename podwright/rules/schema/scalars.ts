// The leaves of objects: what the API server's decoder takes for a value of each scalar type.
import type { Any } from '../engine/cursor';
import { parseQuantity } from '../values/quantity';

/** What is wrong with a leaf's value. */
export interface LeafProblem {
  /** The rule that it breaks, without its family. */
  readonly rule: 'type' | 'quantity' | 'time' | 'base64';
  /** The decoder's message; undefined: that the value is of another type. */
  readonly message?: string;
}

/** A scalar type: its name in Go, what a person calls it, and what is wrong with a value of it. */
export interface Scalar {
  readonly goType: string;
  readonly name: string;
  readonly problem: (value: Any) => LeafProblem | undefined;
  /** Whether the type reads itself: then a wrong value ends the decoding, and the server tells of nothing else. */
  readonly ends?: true;
}

const OTHER_TYPE: LeafProblem = { rule: 'type' };

function integer(least: number, most: number): (value: Any) => LeafProblem | undefined {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? undefined : OTHER_TYPE;
}

const isInt32 = integer(-(2 ** 31), 2 ** 31 - 1);
const TIME =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]?\d|2[0-3]):[0-5]\d:[0-5]\d([.,]\d+)?(Z|[+-]([01]\d|2[0-4]):[0-5]\d)$/;
const MICRO_TIME =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]?\d|2[0-3]):[0-5]\d:[0-5]\d[.,]\d{6}(Z|[+-]([01]\d|2[0-4]):[0-5]\d)$/;

function time(pattern: RegExp, layout: string): (value: Any) => LeafProblem | undefined {
  return (value) => {
    if (typeof value !== 'string') return OTHER_TYPE;
    if (pattern.test(value) && isDate(value)) return undefined;
    return { rule: 'time', message: `parsing time ${JSON.stringify(value)} as "${layout}"` };
  };
}

/** Whether the day is one of its month. */
function isDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  return day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Where a text stops being base64, as Go counts it. */
function base64Problem(text: string): LeafProblem {
  const stray = text.search(/[^A-Za-z0-9+/=\r\n]/);
  const clean = text.replace(/[\r\n]/g, '');
  const at = stray >= 0 ? stray : clean.length - (clean.length % 4);
  return { rule: 'base64', message: `illegal base64 data at input byte ${at}` };
}

/** The scalar types by the words of {@link typeText}. */
export const SCALARS: { readonly [type: string]: Scalar } = {
  string: {
    goType: 'string',
    name: 'a string',
    problem: (value) => (typeof value === 'string' ? undefined : OTHER_TYPE),
  },
  boolean: {
    goType: 'bool',
    name: 'true or false',
    problem: (value) => (typeof value === 'boolean' ? undefined : OTHER_TYPE),
  },
  int32: { goType: 'int32', name: 'a whole number of at most 32 bits', problem: isInt32 },
  int64: { goType: 'int64', name: 'a whole number of at most 64 bits', problem: integer(-(2 ** 63), 2 ** 63 - 1024) },
  double: {
    goType: 'float64',
    name: 'a number',
    problem: (value) => (typeof value === 'number' && Number.isFinite(value) ? undefined : OTHER_TYPE),
  },
  byte: {
    goType: '[]uint8',
    name: 'a base64 text',
    problem: (value) => {
      // Go's decoder takes a list of bytes, too.
      if (Array.isArray(value) && value.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256))
        return undefined;
      if (typeof value !== 'string') return OTHER_TYPE;
      return BASE64.test(value) || BASE64.test(value.replace(/[\r\n]/g, '')) ? undefined : base64Problem(value);
    },
  },
  'date-time': {
    goType: 'string',
    ends: true,
    name: 'a time such as 2026-01-31T12:00:00Z',
    problem: time(TIME, '2006-01-02T15:04:05Z07:00'),
  },
  'micro-time': {
    goType: 'string',
    ends: true,
    name: 'a time such as 2026-01-31T12:00:00.000000Z',
    problem: time(MICRO_TIME, '2006-01-02T15:04:05.000000Z07:00'),
  },
  quantity: {
    goType: 'resource.Quantity',
    ends: true,
    name: "a quantity such as '100m', '1Gi' or 2",
    problem: (value) => {
      if (typeof value !== 'string' && (typeof value !== 'number' || !Number.isFinite(value))) {
        return {
          rule: 'type',
          message: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
        };
      }
      const parsed = parseQuantity(value);
      return typeof parsed === 'string' ? { rule: 'quantity', message: parsed } : undefined;
    },
  },
  'int-or-string': {
    goType: 'int32',
    ends: true,
    name: 'a whole number or a string',
    problem: (value) => (typeof value === 'string' ? undefined : isInt32(value)),
  },
};

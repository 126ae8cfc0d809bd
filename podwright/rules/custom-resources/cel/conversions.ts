// Conversions from one type to another, and the parts of times and durations.
// Source: https://github.com/google/cel-spec/blob/master/doc/langdef.md#functions.
import { parseGoDuration } from '../formats';
import type { Overloads } from './functions';
import {
  CelError,
  Duration,
  duration,
  int,
  Opaque,
  Timestamp,
  TypeValue,
  typeName,
  Uint,
  uint,
  type Value,
} from './values';

function cannot(value: Value, type: string): CelError {
  return new CelError(`type conversion error from '${typeName(value)}' to '${type}'`);
}

const SECOND = 1_000_000_000n;

function toInt(value: Value): Value | undefined {
  if (typeof value === 'bigint') return value;
  if (value instanceof Uint) return int(value.value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new CelError('integer overflow');
    return int(BigInt(Math.trunc(value)));
  }
  if (typeof value === 'string') {
    if (!/^[+-]?\d+$/.test(value)) throw cannot(value, 'int');
    return int(BigInt(value.replace('+', '')));
  }
  if (value instanceof Timestamp) return floor(value.nanos, SECOND);
  return value instanceof Duration ? value.nanos : undefined;
}

function floor(value: bigint, by: bigint): bigint {
  return (value - (((value % by) + by) % by)) / by;
}

function toUint(value: Value): Value | undefined {
  if (value instanceof Uint) return value;
  if (typeof value === 'bigint') return uint(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new CelError('unsigned integer overflow');
    return uint(BigInt(Math.trunc(value)));
  }
  if (typeof value !== 'string') return undefined;
  if (!/^\d+$/.test(value)) throw cannot(value, 'uint');
  return uint(BigInt(value));
}

function toDouble(value: Value): Value | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Uint) return Number(value.value);
  if (typeof value !== 'string') return undefined;
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value)) return Number(value);
  const named = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(value);
  if (!named) throw cannot(value, 'double');
  if (/^nan$/i.test(named[2] as string)) return Number.NaN;
  return named[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

const TRUTHS: { readonly [text: string]: boolean } = {
  ...Object.fromEntries(['1', 't', 'T', 'true', 'TRUE', 'True'].map((text) => [text, true])),
  ...Object.fromEntries(['0', 'f', 'F', 'false', 'FALSE', 'False'].map((text) => [text, false])),
};

function toBool(value: Value): Value | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  if (!Object.hasOwn(TRUTHS, value)) throw cannot(value, 'bool');
  return TRUTHS[value];
}

/** A value as text. */
export function toText(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return doubleText(value);
  if (value instanceof Uint) return String(value.value);
  if (value instanceof Timestamp) return timestampText(value);
  if (value instanceof Duration) return durationText(value);
  if (value instanceof TypeValue) return value.name;
  if (!(value instanceof Uint8Array))
    return value instanceof Opaque && 'text' in value ? String(value.text) : undefined;
  const text = Buffer.from(value).toString('utf8');
  if (Buffer.compare(Buffer.from(text), value) !== 0)
    throw new CelError('invalid UTF-8 in bytes, cannot convert to string');
  return text;
}

/** As Go prints a float64 with %g: an exponent has two digits at least. */
export function doubleText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e21)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  return String(value);
}

/** RFC 3339, with as many digits of a second as it has. */
export function timestampText({ nanos }: Timestamp): string {
  const seconds = floor(nanos, SECOND);
  const fraction = String(nanos - seconds * SECOND)
    .padStart(9, '0')
    .replace(/0+$/, '');
  const text = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  return `${text}${fraction ? `.${fraction}` : ''}Z`;
}

/** In seconds: `5400s`. */
export function durationText({ nanos }: Duration): string {
  const sign = nanos < 0n ? '-' : '';
  const amount = nanos < 0n ? -nanos : nanos;
  const fraction = String(amount % SECOND)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${sign}${amount / SECOND}${fraction ? `.${fraction}` : ''}s`;
}

function toBytes(value: Value): Value | undefined {
  if (value instanceof Uint8Array) return value;
  return typeof value === 'string' ? Uint8Array.from(Buffer.from(value)) : undefined;
}

function toDuration(value: Value): Value | undefined {
  if (value instanceof Duration) return value;
  if (typeof value === 'bigint') return new Duration(value);
  if (typeof value !== 'string') return undefined;
  const nanos = parseGoDuration(value);
  if (nanos === undefined) throw cannot(value, 'google.protobuf.Duration');
  return duration(nanos);
}

function toTimestamp(value: Value): Value | undefined {
  if (value instanceof Timestamp) return value;
  if (typeof value === 'bigint') return new Timestamp(value * SECOND);
  if (typeof value !== 'string') return undefined;
  const nanos = parseTimestamp(value);
  if (nanos === undefined) throw cannot(value, 'google.protobuf.Timestamp');
  return new Timestamp(nanos);
}

/** RFC 3339, in nanoseconds since 1970. */
export function parseTimestamp(text: string): bigint | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})([.,]\d+)?(Z|[+-]\d{2}:\d{2})$/.exec(text);
  if (!match) return undefined;
  const [, time = '', fraction = '', zone = ''] = match;
  const millis = Date.parse(`${time}${zone}`);
  // A date that there is not, as 31 June, is moved by JavaScript.
  if (Number.isNaN(millis) || new Date(`${time}Z`).toISOString().slice(0, 19) !== time) return undefined;
  return BigInt(millis) * 1_000_000n + BigInt(fraction.slice(1, 10).padEnd(9, '0'));
}

export const CONVERSIONS: Overloads = {
  int: toInt,
  uint: toUint,
  double: toDouble,
  bool: toBool,
  string: toText,
  bytes: toBytes,
  duration: toDuration,
  timestamp: toTimestamp,
};

/** A part of a time, in UTC or in a zone: `Europe/Berlin`, `+02:00`. */
function part(take: (date: Date) => number): (...args: Value[]) => Value | undefined {
  return (value, zone) => {
    if (!(value instanceof Timestamp)) return undefined;
    const date = new Date(Number(floor(value.nanos, 1_000_000n)));
    return BigInt(take(zone === undefined ? date : inZone(date, String(zone))));
  };
}

/** A date whose UTC parts are those of a zone. */
function inZone(date: Date, zone: string): Date {
  const offset = /^([+-]?)(\d{1,2}):(\d{2})$/.exec(zone);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3]);
    return new Date(date.getTime() + (offset[1] === '-' ? -minutes : minutes) * 60_000);
  }
  try {
    const text = date.toLocaleString('sv-SE', { timeZone: zone });
    return new Date(`${text.replace(' ', 'T')}.${String(date.getUTCMilliseconds()).padStart(3, '0')}Z`);
  } catch {
    throw new CelError(`unknown time zone ${zone}`);
  }
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000);
}

export const TIMESTAMP_METHODS: Overloads = {
  getFullYear: part((date) => date.getUTCFullYear()),
  getMonth: part((date) => date.getUTCMonth()),
  getDate: part((date) => date.getUTCDate()),
  getDayOfMonth: part((date) => date.getUTCDate() - 1),
  getDayOfWeek: part((date) => date.getUTCDay()),
  getDayOfYear: part(dayOfYear),
  getHours: part((date) => date.getUTCHours()),
  getMinutes: part((date) => date.getUTCMinutes()),
  getSeconds: part((date) => date.getUTCSeconds()),
  getMilliseconds: part((date) => date.getUTCMilliseconds()),
};

/** A duration in whole units, towards zero. */
function whole(unit: bigint): (value: Value) => Value | undefined {
  return (value) => (value instanceof Duration ? value.nanos / unit : undefined);
}

export const DURATION_METHODS: Overloads = {
  getHours: whole(3600n * SECOND),
  getMinutes: whole(60n * SECOND),
  getSeconds: whole(SECOND),
  getMilliseconds: whole(1_000_000n),
};

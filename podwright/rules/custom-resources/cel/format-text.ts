// `"%s has %d".format([name, count])`. Source: github.com/google/cel-go/ext/formatting.go.
import { doubleText, durationText, timestampText, toText } from './conversions';
import { CelError, CelList, Duration, isMap, Timestamp, Uint, type Value } from './values';

/** Fills the clauses of a text with values, in their order. */
export function formatText(text: string, args: readonly Value[]): string {
  let next = 0;
  return text.replace(
    /%(?:%|(?:\.(\d+))?([a-zA-Z]?))/g,
    (clause, precision: string | undefined, verb: string | undefined) => {
      if (clause === '%%') return '%';
      const arg = args[next++];
      if (arg === undefined) throw new CelError(`index ${next - 1} out of range`);
      const made = shaped(arg, verb ?? '', precision === undefined ? 6 : Number(precision));
      if (made === undefined) throw new CelError(`error during formatting: unrecognized formatting clause "${clause}"`);
      return made;
    },
  );
}

function shaped(value: Value, verb: string, precision: number): string | undefined {
  const whole = typeof value === 'bigint' ? value : value instanceof Uint ? value.value : undefined;
  switch (verb) {
    case 's':
      return plain(value);
    case 'd':
      return whole?.toString();
    case 'f':
      if (typeof value !== 'number') return undefined;
      return Number.isFinite(value) ? value.toFixed(precision) : plain(value);
    case 'e':
      if (typeof value !== 'number') return undefined;
      return Number.isFinite(value) ? scientific(value, precision) : plain(value);
    case 'b':
      return typeof value === 'boolean' ? String(Number(value)) : whole?.toString(2);
    case 'o':
      return whole?.toString(8);
    case 'x':
    case 'X': {
      const bytes = typeof value === 'string' ? Buffer.from(value) : value instanceof Uint8Array ? value : undefined;
      const hex = bytes ? Buffer.from(bytes).toString('hex') : whole?.toString(16);
      return verb === 'X' ? hex?.toUpperCase() : hex;
    }
    default:
      return undefined;
  }
}

/** `1.234500×10⁰³`. */
function scientific(number: number, precision: number): string {
  const [mantissa = '', exponent = ''] = number.toExponential(precision).split('e');
  const digits = exponent.replace(/^[+-]/, '').padStart(2, '0');
  const raised = [...digits].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
  return `${mantissa}×10${exponent.startsWith('-') ? '⁻' : ''}${raised}`;
}

/** A value as %s shows it. */
function plain(value: Value): string {
  if (value === null) return 'null';
  if (value instanceof CelList) return `[${value.items.map(nested).join(', ')}]`;
  if (value instanceof Timestamp) return timestampText(value);
  if (value instanceof Duration) return durationText(value);
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return 'NaN';
    return Number.isFinite(value) ? doubleText(value) : value > 0 ? 'Infinity' : '-Infinity';
  }
  if (!isMap(value)) return toText(value) ?? String(value);
  const entries = value.keys().map((key) => `${nested(key)}:${nested(value.get(key) ?? null)}`);
  return `{${[...entries].sort().join(', ')}}`;
}

/** In lists and maps a value shows its type. */
function nested(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Uint8Array) return `b${JSON.stringify(toText(value))}`;
  if (value instanceof Duration) return `duration("${durationText(value)}")`;
  if (value instanceof Timestamp) return `timestamp("${timestampText(value)}")`;
  return typeof value === 'number' && Number.isFinite(value) ? value.toFixed(6) : plain(value);
}

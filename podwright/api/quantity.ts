// Quantities as the API server reads, compares and prints them. Source: k8s.io/apimachinery/pkg/api/resource.

/** How a quantity is written: `1.5`, `1Gi`, `1e3`. */
export type QuantityFormat = 'decimal' | 'binary' | 'exponent';

/** An amount, exact. */
export interface Quantity {
  /** The amount in billionths, rounded up in magnitude as the API server does. */
  readonly nano: bigint;
  readonly format: QuantityFormat;
}

const NANO = 1_000_000_000n;
const MOST_BINARY = ((1n << 63n) - 1n) * NANO;
const DECIMAL: { readonly [suffix: string]: number } = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const FORM = /^([+-]?)([0-9]*)(?:(\.)([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/;

/** What the API server says of a text that is no quantity. */
export const QUANTITY_FORM =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const SUFFIX = "unable to parse quantity's suffix";

const known = new Map<string, Quantity | string>();

/**
 * Reads a quantity: `100m`, `1Gi`, 1.5.
 * @returns the amount, or what the API server says is wrong with the text
 */
export function parseQuantity(value: string | number): Quantity | string {
  const text = typeof value === 'number' ? String(value) : value;
  let parsed = known.get(text);
  if (parsed === undefined) {
    parsed = parse(text);
    // Programs use few quantities: this is only a bound for hostile input.
    if (known.size > 10_000) known.clear();
    known.set(text, parsed);
  }
  return parsed;
}

/** A quantity that the schema's checks let pass; 0 for what is none. */
export function quantityOf(value: unknown): Quantity {
  const parsed = typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : '';
  return typeof parsed === 'string' ? { nano: 0n, format: 'decimal' } : parsed;
}

function parse(text: string): Quantity | string {
  if (text === '') return QUANTITY_FORM;
  // The API server takes blanks around one.
  const match = FORM.exec(text.replace(/^[ \u00a0]+|[ \u00a0]+$/g, ''));
  if (!match) return QUANTITY_FORM;
  const [, sign, whole = '', , fraction = '', suffix = ''] = match;
  const read = readSuffix(suffix);
  if (!read) return SUFFIX;
  const { format, exponent } = read;
  // Beyond this nothing is left of a number, or no machine has it.
  if (Math.abs(exponent) > 400) return { nano: exponent < 0 ? 1n : MOST_BINARY * MOST_BINARY, format };
  let unscaled = BigInt(`${whole}${fraction}` || '0');
  let scale = 9 - fraction.length;
  if (format === 'binary') unscaled <<= BigInt(exponent);
  else scale += exponent;
  let nano = scale >= 0 ? unscaled * 10n ** BigInt(scale) : divideUp(unscaled, 10n ** BigInt(-scale));
  if (format === 'binary' && nano > MOST_BINARY) nano = MOST_BINARY;
  if (sign === '-') nano = -nano;
  return { nano, format: format === 'binary' && nano > 0n && nano < NANO ? 'decimal' : format };
}

function readSuffix(suffix: string): { format: QuantityFormat; exponent: number } | undefined {
  const decimal = Object.hasOwn(DECIMAL, suffix) ? DECIMAL[suffix] : undefined;
  if (decimal !== undefined) return { format: 'decimal', exponent: decimal };
  const binary = BINARY.indexOf(suffix);
  if (binary > 0) return { format: 'binary', exponent: binary * 10 };
  return /^[eE][-+]?[0-9]+$/.test(suffix) ? { format: 'exponent', exponent: Number(suffix.slice(1)) } : undefined;
}

function divideUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}

/** The amount rounded up to whole units: what the API server calls its Value. */
export function wholeValue({ nano }: Quantity): bigint {
  return nano < 0n ? -divideUp(-nano, NANO) : divideUp(nano, NANO);
}

/** The amount rounded up to thousandths. */
export function milliValue({ nano }: Quantity): bigint {
  return nano < 0n ? -divideUp(-nano, 1_000_000n) : divideUp(nano, 1_000_000n);
}

/** Whether the amount is a whole number. */
export function isWhole({ nano }: Quantity): boolean {
  return nano % NANO === 0n;
}

/** A quantity as the API server prints it: canonical, `1500m` for 1.5. */
export function formatQuantity(quantity: Quantity): string {
  const { nano, format } = quantity;
  if (nano === 0n) return '0';
  const sign = nano < 0n ? '-' : '';
  const amount = nano < 0n ? -nano : nano;
  if (format === 'binary' && amount >= 1024n * NANO && amount % NANO === 0n) {
    let value = amount / NANO;
    let power = 0;
    while (power < BINARY.length - 1 && value % 1024n === 0n) {
      value /= 1024n;
      power++;
    }
    return `${sign}${value}${BINARY[power]}`;
  }
  let value = amount;
  let exponent = -9;
  while (value % 1000n === 0n && exponent < 18) {
    value /= 1000n;
    exponent += 3;
  }
  if (format === 'exponent') return `${sign}${value}${exponent === 0 ? '' : `e${exponent}`}`;
  const suffix = Object.keys(DECIMAL).find((key) => DECIMAL[key] === exponent);
  return `${sign}${value}${suffix}`;
}

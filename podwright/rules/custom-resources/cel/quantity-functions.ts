// Quantities. Source: k8s.io/apiserver/pkg/cel/library/quantity.go.
import { formatQuantity, isWhole, parseQuantity, type Quantity, wholeValue } from '../../../api/quantity';
import type { Overloads } from './functions';
import { CelError, Opaque, type Value } from './values';

class QuantityValue extends Opaque {
  readonly type = 'kubernetes.Quantity';
  constructor(readonly quantity: Quantity) {
    super();
  }
  get text(): string {
    return formatQuantity(this.quantity);
  }
  equals(other: Opaque): boolean {
    return other instanceof QuantityValue && other.quantity.nano === this.quantity.nano;
  }
}

const NANO = 1_000_000_000n;

export const QUANTITY_FUNCTIONS: Overloads = {
  quantity: (text) => {
    if (typeof text !== 'string') return undefined;
    const quantity = parseQuantity(text);
    if (typeof quantity === 'string') throw new CelError(quantity);
    return new QuantityValue(quantity);
  },
  sign: (value) => (value instanceof QuantityValue ? signOf(value.quantity.nano) : undefined),
  isQuantity: (text) => (typeof text === 'string' ? typeof parseQuantity(text) !== 'string' : undefined),
};

function method(call: (own: Quantity) => Value): (...args: Value[]) => Value | undefined {
  return (value) => (value instanceof QuantityValue ? call(value.quantity) : undefined);
}

function compared(call: (difference: bigint) => Value): (...args: Value[]) => Value | undefined {
  return (a, b) =>
    a instanceof QuantityValue && b instanceof QuantityValue ? call(a.quantity.nano - b.quantity.nano) : undefined;
}

function changed(sign: bigint): (...args: Value[]) => Value | undefined {
  return (a, b) => {
    if (!(a instanceof QuantityValue)) return undefined;
    const other = typeof b === 'bigint' ? b * NANO : b instanceof QuantityValue ? b.quantity.nano : undefined;
    if (other === undefined) return undefined;
    return new QuantityValue({ ...a.quantity, nano: a.quantity.nano + sign * other });
  };
}

function signOf(number: bigint): bigint {
  return number < 0n ? -1n : number > 0n ? 1n : 0n;
}

export const QUANTITY_METHODS: Overloads = {
  isGreaterThan: compared((difference) => difference > 0n),
  isLessThan: compared((difference) => difference < 0n),
  compareTo: compared(signOf),
  asApproximateFloat: method(({ nano }) => Number(nano) / 1e9),
  asInteger: method((quantity) => {
    if (!isWhole(quantity)) throw new CelError('cannot convert value to integer');
    return wholeValue(quantity);
  }),
  isInteger: method(isWhole),
  add: changed(1n),
  sub: changed(-1n),
};

// The functions of CEL in Kubernetes, by name: those that are called alone, and those that are called on a value.
// Source: k8s.io/apiserver/pkg/cel/environment/base.go.
import { CONVERSIONS, DURATION_METHODS, TIMESTAMP_METHODS } from './conversions';
import { FORMAT_FUNCTIONS, FORMAT_METHODS } from './format-functions';
import { LIST_FUNCTIONS, LIST_METHODS, SET_FUNCTIONS } from './list-functions';
import { NETWORK_FUNCTIONS, NETWORK_METHODS } from './network-functions';
import { QUANTITY_FUNCTIONS, QUANTITY_METHODS } from './quantity-functions';
import { SEMVER_FUNCTIONS, SEMVER_METHODS } from './semver-functions';
import { STRING_FUNCTIONS, STRING_METHODS } from './string-functions';
import { CelError, CelList, isMap, noOverload, Optional, TypeValue, typeName, Uint, type Value } from './values';

/** A function over values. */
export type Call = (...args: Value[]) => Value;

/** Functions of some kind of value; undefined says that the arguments are of another. */
export interface Overloads {
  readonly [name: string]: (...args: Value[]) => Value | undefined;
}

/** Several functions of one name: the first that knows the arguments answers. */
function merged(...tables: readonly Overloads[]): { readonly [name: string]: Call } {
  const names = new Set(tables.flatMap(Object.keys));
  return Object.fromEntries(
    [...names].map((name) => {
      const overloads = tables.flatMap((table) => (Object.hasOwn(table, name) ? [table[name] as Call] : []));
      return [
        name,
        (...args: Value[]) => {
          for (let i = 0; i < overloads.length; i++) {
            const value = (overloads[i] as (...args: Value[]) => Value | undefined)(...args);
            if (value !== undefined) return value;
          }
          throw noOverload();
        },
      ];
    }),
  );
}

function size(value: Value): Value | undefined {
  if (typeof value === 'string') {
    let count = 0n;
    for (const _ of value) count++;
    return count;
  }
  if (value instanceof CelList) return BigInt(value.items.length);
  if (value instanceof Uint8Array) return BigInt(value.length);
  return isMap(value) ? BigInt(value.size) : undefined;
}

function isZero(value: Value): boolean {
  if (value === null || value === false || value === '' || value === 0n || value === 0) return true;
  return (value instanceof Uint && value.value === 0n) || size(value) === 0n;
}

const COMMON: Overloads = {
  size,
  type: (value) => new TypeValue(typeName(value)),
  dyn: (value) => value,
  'optional.of': (value) => new Optional(value),
  'optional.none': () => Optional.none,
  'optional.ofNonZeroValue': (value) => (isZero(value) ? Optional.none : new Optional(value)),
};

const COMMON_METHODS: Overloads = {
  size,
  hasValue: (value) => (value instanceof Optional ? value.value !== undefined : undefined),
  value: (value) => {
    if (!(value instanceof Optional)) return undefined;
    if (value.value === undefined) throw new CelError('optional.none() dereference');
    return value.value;
  },
  or: (value, other) => (value instanceof Optional ? (value.value === undefined ? other : value) : undefined),
  orValue: (value, other) =>
    value instanceof Optional ? (value.value === undefined ? other : value.value) : undefined,
};

export const FUNCTIONS = merged(
  COMMON,
  CONVERSIONS,
  STRING_FUNCTIONS,
  LIST_FUNCTIONS,
  SET_FUNCTIONS,
  QUANTITY_FUNCTIONS,
  NETWORK_FUNCTIONS,
  SEMVER_FUNCTIONS,
  FORMAT_FUNCTIONS,
);

export const METHODS = merged(
  COMMON_METHODS,
  STRING_METHODS,
  LIST_METHODS,
  TIMESTAMP_METHODS,
  DURATION_METHODS,
  QUANTITY_METHODS,
  NETWORK_METHODS,
  SEMVER_METHODS,
  FORMAT_METHODS,
);

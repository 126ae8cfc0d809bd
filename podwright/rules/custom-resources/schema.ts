// A schema's demands as functions: what the API server's validation of OpenAPI schemas refuses, in its words. Each
// returns how many of its demands were met, by which the server picks what it says of `anyOf` and `oneOf`.
// Source: k8s.io/kube-openapi/pkg/validation/validate.
import type { CrdSchema } from '../../api/crds';
import { from } from '../engine/checks';
import type { Any, Cursor, Fault } from '../engine/cursor';
import { dotted } from '../schema/decode-faults';
import { type Format, formatOf } from './formats';
import { goRegExp } from './go-regexp';

/** Judges a value, and counts the demands that it meets. */
export type Validate = (value: Any, at: Cursor) => number;

const compiled = new WeakMap<CrdSchema, Validate>();

/** The function of a schema; made when it is first needed, its parts when they are. */
export function validatorOf(schema: CrdSchema): Validate {
  let validate = compiled.get(schema);
  if (!validate) {
    validate = compile(schema);
    compiled.set(schema, validate);
  }
  return validate;
}

/** A value's type in the schema's words; whole numbers that Go's int64 holds are integers. */
function typeOf(value: Any): string {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'boolean';
    case 'number':
      return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? 'integer' : 'number';
    default:
      return Array.isArray(value) ? 'array' : 'object';
  }
}

function compile(schema: CrdSchema): Validate {
  const intOrString = schema['x-kubernetes-int-or-string'] === true;
  const types: readonly string[] = intOrString ? ['integer', 'string'] : schema.type ? [schema.type] : [];
  const format = schema.format ? formatOf(schema.format) : undefined;
  const { nullable } = schema;
  const oneOfValues = Array.isArray(schema.enum) && schema.enum.length > 0 ? enumCheck(schema.enum) : undefined;
  const combined = combinations(schema);
  const text = textCheck(schema, format);
  const number = numberCheck(schema);
  const list = listCheck(schema);
  const object = objectCheck(schema);
  return (value, at) => {
    if (value === null || value === undefined) {
      let count = 1;
      if (types.length > 0 && nullable !== true) {
        typeFault(at, types.join(), 'null');
        count = 0;
      }
      oneOfValues?.(value ?? null, at);
      return count;
    }
    const type = typeOf(value);
    // The value itself, what all values are asked, and what those of its type are.
    let count = 3 + combined(value, at);
    if (types.length > 0 || format) {
      count++;
      if (fits(type, types, format)) count++;
      else if ((format || isNumberFormat(schema, at)) && type !== 'string' && type !== 'array')
        typeFault(at, schema.format as string, goFormat(type));
      else typeFault(at, types.join(), type);
    }
    if (type === 'string') {
      count += format ? 2 : 1;
      text?.(value, at);
    } else if (type === 'array') count += 2 + list(value, at);
    else if (type === 'object') count += 1 + object(value, at);
    else if (type !== 'boolean') {
      count += 2;
      number?.(value, at);
    }
    oneOfValues?.(value, at);
    return count;
  };
}

/** A text or list with a format is left to the format, unless a number is asked for. */
function fits(type: string, types: readonly string[], format: Format | undefined): boolean {
  const numeric = types.includes('number') || types.includes('integer');
  if (format && !numeric && (type === 'string' || type === 'array')) return true;
  return types.includes(type) || (type === 'integer' && types.includes('number'));
}

function typeFault(at: Cursor, expected: string, got: string): void {
  at.rule = 'api/type';
  const form = expected.replace('integer,string', 'integer or string');
  at.typeInvalid(got, `${nameOf(at)} in body must be of type ${expected}: "${got}"`).fixedBy(
    `give ${/^[aeiou]/.test(form) ? 'an' : 'a'} ${form}`,
  );
}

/** The versions that know the formats of numbers, and hold them to their ranges. */
const RANGED = from('1.36');
const NUMBER_FORMATS: { readonly [type: string]: readonly string[] } = {
  integer: ['int32', 'int64'],
  number: ['float', 'double'],
};

function isNumberFormatOf({ type = '', format = '' }: CrdSchema): boolean {
  return Object.hasOwn(NUMBER_FORMATS, type) && (NUMBER_FORMATS[type]?.includes(format) ?? false);
}

function isNumberFormat(schema: CrdSchema, at: Cursor): boolean {
  return (at.versions & RANGED) !== 0 && isNumberFormatOf(schema);
}

function isOutOfRange(value: number, { type, format }: CrdSchema): boolean {
  if (type !== 'integer') return format === 'float' && Math.abs(value) > 3.4028234663852886e38;
  return !Number.isInteger(value) || Math.abs(value) >= 2 ** 63 || (format === 'int32' && value !== (value | 0));
}

function rangeFault(schema: CrdSchema): (value: number, at: Cursor) => void {
  const form = isNumberFormatOf(schema) ? `with format ${schema.format}` : '(default format)';
  return (_, at) => {
    at.rule = 'api/schema';
    at.invalid('', `Checked value must be of type ${schema.type} ${form} in ${nameOf(at)}`);
  };
}

/** What the server's text shows of a value where it asks for a format. */
function goFormat(type: string): string {
  return type === 'integer' ? 'int64' : type === 'number' ? 'float64' : '';
}

/** The place as the server's texts name it. */
function nameOf(at: Cursor): string {
  return dotted(at.path);
}

function invalid(at: Cursor, value: unknown, what: string): Fault {
  at.rule = 'api/schema';
  return at.invalid(value, `${nameOf(at)} in body ${what}`);
}

function enumCheck(values: readonly unknown[]): (value: Any, at: Cursor) => void {
  const scalars = new Set(values.filter((value) => typeof value !== 'object' && value !== null));
  const others = values.filter((value) => typeof value === 'object' && value !== null).map(canonical);
  const shown = values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  return (value, at) => {
    if (typeof value === 'object' && value !== null ? others.includes(canonical(value)) : scalars.has(value)) return;
    at.rule = 'api/schema';
    at.notSupported(value, shown);
  };
}

/** A value as JSON with its keys sorted: equal values have equal texts. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join()}}`;
}

/** Only the first fault of a text's length and pattern is said. */
function textCheck(schema: CrdSchema, format: Format | undefined): ((text: string, at: Cursor) => void) | undefined {
  const { maxLength, minLength, pattern } = schema as { maxLength?: number; minLength?: number; pattern?: string };
  if (maxLength === undefined && minLength === undefined && !pattern && !format) return undefined;
  return (text, at) => {
    if (maxLength !== undefined && text.length > maxLength && characters(text) > maxLength) {
      at.rule = 'api/schema';
      at.tooLong(maxLength);
    } else if (minLength !== undefined && characters(text) < minLength) {
      invalid(at, text, `should be at least ${minLength} chars long`);
    } else if (pattern) {
      const regExp = goRegExp(pattern);
      if (typeof regExp !== 'string' && !regExp.test(text)) invalid(at, text, `should match '${pattern}'`);
    }
    if (format && !format.test(text)) {
      at.within(format.versions, formatFault(schema.format as string), text);
    }
  };
}

function formatFault(format: string): (text: string, at: Cursor) => void {
  return (text, at) => {
    at.rule = 'api/schema';
    at.typeInvalid(text, `${nameOf(at)} in body must be of type ${format}: ${JSON.stringify(text)}`);
  };
}

/** Go counts runes. */
function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function numberCheck(schema: CrdSchema): ((value: number, at: Cursor) => void) | undefined {
  const { maximum, minimum, exclusiveMaximum, exclusiveMinimum, multipleOf } = schema as { [keyword: string]: Any };
  const ranged = schema.type === 'integer' || isNumberFormatOf(schema);
  if (maximum === undefined && minimum === undefined && multipleOf === undefined && !ranged) return undefined;
  return (value, at) => {
    if (ranged && isOutOfRange(value, schema)) at.within(RANGED, rangeFault(schema), value);
    const limit = (number: number) => (Number.isInteger(value) ? Math.trunc(number) : number);
    if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) {
      invalid(at, value, `should be a multiple of ${multipleOf}`);
    }
    if (minimum !== undefined) {
      const least = limit(minimum);
      if (exclusiveMinimum === true ? value <= least : value < least) {
        invalid(at, value, `should be greater than ${exclusiveMinimum === true ? '' : 'or equal to '}${least}`);
      }
    }
    if (maximum !== undefined) {
      const most = limit(maximum);
      if (exclusiveMaximum === true ? value >= most : value > most) {
        invalid(at, value, `should be less than ${exclusiveMaximum === true ? '' : 'or equal to '}${most}`);
      }
    }
  };
}

function listCheck(schema: CrdSchema): Validate {
  const { items, maxItems, minItems } = schema as { items?: CrdSchema; maxItems?: number; minItems?: number };
  return (list, at) => {
    let count = 0;
    if (items) {
      const validate = validatorOf(items);
      for (let i = 0; i < list.length; i++) {
        at.path.push(i);
        count += validate(list[i], at);
        at.path.pop();
      }
    }
    if (minItems !== undefined && list.length < minItems) {
      invalid(at, list.length, `should have at least ${minItems} items`);
    }
    if (maxItems !== undefined && list.length > maxItems) {
      at.rule = 'api/schema';
      at.tooMany(list.length, maxItems);
    }
    return count;
  };
}

function objectCheck(schema: CrdSchema): Validate {
  const { properties, additionalProperties, required = [] } = schema;
  const { maxProperties, minProperties } = schema as { maxProperties?: number; minProperties?: number };
  const values = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  const counted = maxProperties !== undefined || minProperties !== undefined;
  return (object, at) => {
    let count = 0;
    for (const key in object) {
      const value = object[key];
      if (value === undefined) continue;
      const own = properties && Object.hasOwn(properties, key) ? properties[key] : values;
      if (own === undefined) continue;
      at.path.push(key);
      count += validatorOf(own)(value, at);
      at.path.pop();
    }
    for (const name of required) {
      if (object[name] !== undefined) continue;
      at.rule = 'api/schema';
      at.required('', name);
    }
    if (!counted) return count;
    const size = Object.keys(object).length;
    if (minProperties !== undefined && size < minProperties) {
      invalid(at, size, `should have at least ${minProperties} properties`);
    }
    if (maxProperties !== undefined && size > maxProperties) {
      at.rule = 'api/schema';
      at.tooMany(size, maxProperties);
    }
    return count;
  };
}

/** `anyOf`, `oneOf`, `allOf` and `not`. */
function combinations(schema: CrdSchema): Validate {
  const { anyOf, oneOf, allOf, not } = schema as { [keyword: string]: Any };
  if (!anyOf?.length && !oneOf?.length && !allOf?.length && !not) return () => 0;
  return (value, at) => {
    let count = 0;
    if (anyOf?.length) count += anyOfCheck(anyOf, value, at);
    if (oneOf?.length) count += oneOfCheck(oneOf, value, at);
    if (allOf?.length) count += allOfCheck(allOf, value, at);
    if (not && attempt(not, value, at).faults.length === 0) combinedFault(at, 'must not validate the schema (not)');
    return count;
  };
}

/** The faults and the count of a schema that may be one of several. */
function attempt(schema: CrdSchema, value: Any, at: Cursor): { faults: Fault[]; count: number } {
  const outer = at.faults;
  at.faults = [];
  const count = validatorOf(schema)(value, at);
  const { faults } = at;
  at.faults = outer;
  return { faults, count };
}

function anyOfCheck(schemas: readonly CrdSchema[], value: Any, at: Cursor): number {
  let best: { faults: Fault[]; count: number } | undefined;
  for (const schema of schemas) {
    const result = attempt(schema, value, at);
    if (result.faults.length === 0) return result.count;
    if (!best || result.count > best.count) best = result;
  }
  add(at, best?.faults ?? []);
  combinedFault(at, 'must validate at least one schema (anyOf)');
  return best?.count ?? 0;
}

function oneOfCheck(schemas: readonly CrdSchema[], value: Any, at: Cursor): number {
  const results = schemas.map((schema) => attempt(schema, value, at));
  const valid = results.filter(({ faults }) => faults.length === 0);
  if (valid.length === 1) return valid[0]?.count ?? 0;
  const best = results.reduce((one, other) => (other.count > one.count ? other : one));
  if (valid.length === 0) add(at, best.faults);
  const found = valid.length === 0 ? 'Found none valid' : `Found ${valid.length} valid alternatives`;
  combinedFault(at, `must validate one and only one schema (oneOf). ${found}`);
  return valid.length === 0 ? best.count : 0;
}

function allOfCheck(schemas: readonly CrdSchema[], value: Any, at: Cursor): number {
  let count = 0;
  let valid = 0;
  for (const schema of schemas) {
    const result = attempt(schema, value, at);
    if (result.faults.length === 0) valid++;
    add(at, result.faults);
    count += result.count;
  }
  if (valid < schemas.length) {
    combinedFault(at, `must validate all the schemas (allOf)${valid === 0 ? '. None validated' : ''}`);
  }
  return count;
}

/** The server says a thing once. */
function add(at: Cursor, faults: readonly Fault[]): void {
  for (const fault of faults) {
    const same = at.faults.some(
      ({ path, message }) => message === fault.message && dotted(path) === dotted(fault.path),
    );
    if (!same) at.faults.push(fault);
  }
}

function combinedFault(at: Cursor, what: string): void {
  at.rule = 'api/schema';
  at.invalid('', `${JSON.stringify(nameOf(at))} ${what}`);
}

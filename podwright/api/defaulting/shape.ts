// How the API server reads and keeps the values of a type: compiled once a type and version.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { definitionOf, type Schema, schemaOf } from '../definitions';
import { copy } from '../plain';
import { formatQuantity, parseQuantity } from '../quantity';
import type { Version } from '../versions';
import { codedDefaults } from './coded';
import type { Any, Place, TypeDefaults } from './type-defaults';

/** Values of one type in one version of the API. */
export interface Shape {
  /**
   * A copy of a value as the server decodes it: null and fields that are as good as not written left out, quantities
   * and times in their canonical form.
   */
  readonly read: (value: Any) => unknown;
  /** Fills defaults into a value that {@link read} returned, the outermost first. */
  readonly fill?: (value: Any, place: Place) => void;
  /** Whether it is that of an object with fields of its own. @default false */
  readonly struct?: true;
}

interface Field {
  readonly shape: Shape;
  /** Whether the field holds a value even where it is zero: it is a pointer in Go. */
  readonly pointer: boolean;
  /** What the API's definitions say is filled in. */
  readonly default: unknown;
}

const shapes = new Map<string, Shape>();

/** The shape of a type by its definition's name. */
export function shapeOf(type: string, version: Version): Shape {
  const key = `${version} ${type}`;
  let shape = shapes.get(key);
  if (!shape) {
    shape = structShape(type, version);
    shapes.set(key, shape);
  }
  return shape;
}

/** Whether a value is what Go has for a field that is not written. */
function isZero(value: unknown): boolean {
  if (typeof value !== 'object') return value === '' || value === 0 || value === false;
  for (const _ in value) return false;
  return true;
}

function structShape(type: string, version: Version): Shape {
  // Types refer to themselves (JSONSchemaProps): fields are read at the first use.
  let known: Map<string, Field> | undefined;
  const fields = () => {
    known ??= fieldsOf(type, version);
    return known;
  };
  // The same for every object: a shape is of one version.
  let absent: (readonly [string, unknown])[] | undefined;
  const coded = codedDefaults(type);
  return {
    struct: true,
    read: (value) => {
      if (typeof value !== 'object' || Array.isArray(value)) return value;
      const struct: Any = {};
      for (const key in value) {
        const part = value[key];
        if (part === undefined || part === null) continue;
        const field = fields().get(key);
        const kept = field ? field.shape.read(part) : part;
        if (field && !field.pointer && (isZero(kept) || (kept === '0' && field.shape === QUANTITY))) continue;
        struct[key] = kept;
      }
      return struct;
    },
    fill: (value, place) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
      if (coded) fillStruct(value, coded, place);
      absent ??= [...fields()].flatMap(([key, field]) => {
        const filled = absentValue(field, place);
        return filled === undefined ? [] : [[key, filled] as const];
      });
      for (const [key, filled] of absent) if (value[key] === undefined) value[key] = copy(filled);
      for (const key in value) fields().get(key)?.shape.fill?.(value[key], place);
    },
  };
}

function fillStruct(value: Any, { fields, fill }: TypeDefaults, place: Place): void {
  for (const key in fields) {
    if (value[key] !== undefined) continue;
    const given = fields[key];
    const filled = typeof given === 'function' ? given(value, place) : given;
    if (filled !== undefined) value[key] = typeof filled === 'object' ? copy(filled) : filled;
  }
  fill?.(value, place);
}

/** What stands for a field that is not written; undefined is nothing. */
function absentValue({ shape, pointer, default: given }: Field, place: Place): unknown {
  if (given !== undefined && typeof given !== 'object' && (pointer || !isZero(given))) return given;
  if (pointer || !shape.struct) return undefined;
  // A struct that is there whether it is written or not.
  const struct = {};
  shape.fill?.(struct, place);
  return isZero(struct) ? undefined : struct;
}

function fieldsOf(type: string, version: Version): Map<string, Field> {
  const own = pointersOf(type);
  const fields = new Map<string, Field>();
  for (const [name, schema] of Object.entries(schemaOf(version, type)?.properties ?? {})) {
    fields.set(name, { shape: valueShape(schema, version), pointer: own.has(name), default: schema.default });
  }
  return fields;
}

let pointers: Map<string, ReadonlySet<string>> | undefined;

/** The fields of a type that are pointers in Go. */
function pointersOf(type: string): ReadonlySet<string> {
  if (!pointers) {
    const lines = readFileSync(join(__dirname, 'pointers.jsonl'), 'latin1').trimEnd().split('\n').slice(1);
    pointers = new Map(
      lines.map((line) => JSON.parse(line) as string[]).map(([name, ...own]) => [name ?? '', new Set(own)]),
    );
  }
  return pointers.get(type) ?? new Set();
}

const PLAIN: Shape = { read: (value) => value };
const TIME: Shape = {
  read: (value) => (Number.isNaN(Date.parse(value)) ? value : `${new Date(value).toISOString().slice(0, 19)}Z`),
};
const BYTES: Shape = { read: (value) => (typeof value === 'string' ? value.replace(/[\r\n]/g, '') : value) };
const QUANTITY: Shape = {
  read: (value) => {
    const quantity = typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : '';
    return typeof quantity === 'string' ? value : formatQuantity(quantity);
  },
};
const ANY: Shape = { read: (value) => copy(value) };

function valueShape(schema: Schema, version: Version): Shape {
  if (schema.$ref !== undefined) {
    const definition = definitionOf(schema.$ref);
    if (definition && definition.fields.size > 0) return shapeOf(schema.$ref, version);
    if (schema.$ref.endsWith('.MicroTime')) return PLAIN;
    const own = definition?.type.at(-1)?.schema;
    return own && (own.type !== 'object' || own.format) ? scalarShape(own) : ANY;
  }
  if (schema.type === 'array' && schema.items) return listShape(valueShape(schema.items, version));
  if (schema.type === 'object' && schema.additionalProperties) {
    const values = schema.additionalProperties;
    const isResources = values.$ref?.endsWith('.resource.Quantity') ?? false;
    return mapShape(isResources ? RESOURCE : valueShape(values, version));
  }
  return schema.type === 'object' ? ANY : scalarShape(schema);
}

/** Resource lists are rounded up to thousandths. */
const RESOURCE: Shape = {
  read: (value) => {
    const quantity = typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : '';
    if (typeof quantity === 'string') return value;
    const rest = quantity.nano % 1_000_000n;
    return formatQuantity(rest > 0n ? { ...quantity, nano: quantity.nano - rest + 1_000_000n } : quantity);
  },
};

function scalarShape({ type, format }: Schema): Shape {
  if (format === 'quantity') return QUANTITY;
  if (format === 'date-time') return TIME;
  if (format === 'byte') return BYTES;
  return type === undefined ? ANY : PLAIN;
}

function listShape(items: Shape): Shape {
  const { read, fill } = items;
  return {
    // An item that is null is a zero one.
    read: (value) => (Array.isArray(value) ? value.map((item) => (item === null ? {} : read(item))) : value),
    ...(fill && {
      fill: (value, place) => {
        if (Array.isArray(value)) for (const item of value) fill(item, place);
      },
    }),
  };
}

function mapShape(values: Shape): Shape {
  const { read, fill } = values;
  return {
    read: (value) => {
      if (typeof value !== 'object' || Array.isArray(value)) return value;
      const map: Any = {};
      for (const key in value) map[key] = value[key] === null || value[key] === undefined ? '' : read(value[key]);
      return map;
    },
    ...(fill && {
      fill: (value, place) => {
        for (const key in value) fill(value[key], place);
      },
    }),
  };
}

// The data of a custom resource as values of CEL, typed by its schema; fields are read when they are asked for.
// Source: k8s.io/apiserver/pkg/cel/common/valuesunstructured.go, k8s.io/apiserver/pkg/cel/escaping.go.
import type { Any } from '../../engine/cursor';
import { isDate, parseDuration } from '../formats';
import type { Node } from '../node';
import { canonical } from '../schema';
import { parseTimestamp } from './conversions';
import { CelError, CelList, type CelMap, Duration, Opaque, Timestamp, type Value } from './values';

/** Words that fields may not be called in an expression. */
const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);
const ESCAPES: { readonly [text: string]: string } = {
  __: '__underscores__',
  '.': '__dot__',
  '-': '__dash__',
  '/': '__slash__',
};

/** A field's name as expressions have it: `__namespace__`, `a__dash__b`; undefined for one that they cannot have. */
function escapedName(name: string): string | undefined {
  if (RESERVED.has(name)) return `__${name}__`;
  if (!/^[A-Za-z_./-][\w./-]*$/.test(name)) return undefined;
  return name.replace(/__|[-./]/g, (found) => ESCAPES[found] as string);
}

function plainName(escaped: string): string {
  if (!escaped.includes('__')) return escaped;
  return escaped.replace(/__([^_]+)__/g, (found, inner: string) => {
    if (RESERVED.has(inner)) return inner;
    return Object.keys(ESCAPES).find((text) => ESCAPES[text] === found) ?? found;
  });
}

/** Data that no schema describes: it can be compared, and no more. */
class Unknown extends Opaque {
  readonly type = 'unknown';
  constructor(readonly data: unknown) {
    super();
  }
  equals(other: Opaque): boolean {
    return other instanceof Unknown && canonical(other.data) === canonical(this.data);
  }
}

/** An object or a map of the data. */
class DataMap implements CelMap {
  readonly isCelMap = true;
  private readonly read = new Map<string, Value>();
  /** Whether it is an object with fields, whose names are escaped, and in which null is nothing. */
  private readonly fields: boolean;

  constructor(
    private readonly data: Any,
    private readonly node: Node | undefined,
    private readonly root: boolean,
  ) {
    this.fields = root || node?.schema.properties !== undefined;
  }

  get(key: Value): Value | undefined {
    if (typeof key !== 'string') throw new CelError('no such overload');
    const known = this.read.get(key);
    if (known !== undefined) return known;
    const name = this.fields ? plainName(key) : key;
    const data = Object.hasOwn(this.data, name) ? this.data[name] : undefined;
    if (data === undefined || (data === null && this.fields)) return undefined;
    const value = this.fieldValue(name, data);
    if (value !== undefined) this.read.set(key, value);
    return value;
  }

  private fieldValue(name: string, data: Any): Value | undefined {
    // Of a whole object, these are known whatever the schema says of them.
    if (this.root && (name === 'apiVersion' || name === 'kind')) return String(data);
    const below = this.node?.at(name);
    if (this.root && name === 'metadata') return new DataMap(data, below?.schema.properties ? below : undefined, false);
    if (this.node === undefined) return typeof data === 'object' ? new Unknown(data) : data;
    return below && dataValue(data, below, below.embedded);
  }

  keys(): readonly Value[] {
    return Object.keys(this.data).flatMap((name) => {
      if (this.data[name] === undefined) return [];
      const key = this.fields ? escapedName(name) : name;
      return key === undefined ? [] : [key];
    });
  }

  get size(): number {
    return this.keys().length;
  }
}

/**
 * Data as a value.
 * @param root whether it is a whole object
 * @throws CelError for data of another type than the schema says
 */
export function dataValue(data: Any, node: Node, root: boolean): Value {
  const { schema } = node;
  if (data === null) {
    if (node.nullable) return null;
    throw new CelError('invalid data, got null for schema with nullable=false');
  }
  if (schema['x-kubernetes-int-or-string'] === true) return typeof data === 'number' ? integer(data) : String(data);
  switch (root ? 'object' : schema.type) {
    case 'object':
      if (typeof data !== 'object' || Array.isArray(data))
        throw mismatch('a map for the provided schema with type=object');
      return new DataMap(data, node, root);
    case 'array':
      return listOf(data, node);
    case 'string':
      if (typeof data !== 'string') throw mismatch(`string, got ${typeof data}`);
      return schema.format ? formatted(data, schema.format) : data;
    case 'integer':
      if (typeof data !== 'number') throw mismatch('int');
      return integer(data);
    case 'number':
      if (typeof data !== 'number') throw mismatch('float');
      return data;
    case 'boolean':
      if (typeof data !== 'boolean') throw mismatch('bool');
      return data;
    default:
      return new Unknown(data);
  }
}

function mismatch(what: string): CelError {
  return new CelError(`invalid data, expected ${what}`);
}

function integer(data: number): Value {
  if (!Number.isInteger(data)) throw mismatch('int, got float64');
  return BigInt(data);
}

function listOf(data: Any, node: Node): Value {
  if (!Array.isArray(data)) throw mismatch('an array for the provided schema with type=array');
  const { items } = node;
  if (!items) throw new CelError('invalid array type, expected Items with a non-empty Schema');
  const type = node.schema['x-kubernetes-list-type'];
  const names = (node.schema['x-kubernetes-list-map-keys'] ?? []) as readonly string[];
  const keys = type === 'set' ? [] : type === 'map' ? names.map((name) => escapedName(name) ?? name) : undefined;
  return new CelList(
    data.map((item) => dataValue(item, items, items.embedded)),
    keys,
  );
}

function formatted(text: string, format: string): Value {
  switch (format) {
    case 'duration': {
      const nanos = parseDuration(text);
      if (nanos === undefined) throw new CelError(`Invalid duration ${text}: unable to parse ${text} as duration`);
      return new Duration(nanos);
    }
    case 'date':
      if (!isDate(text)) throw new CelError(`Invalid date formatted string ${text}`);
      return new Timestamp(parseTimestamp(`${text}T00:00:00Z`) ?? 0n);
    case 'date-time': {
      const nanos = parseTimestamp(text);
      if (nanos === undefined) throw new CelError(`Invalid date-time formatted string ${text}`);
      return new Timestamp(nanos);
    }
    case 'byte':
      return Uint8Array.from(Buffer.from(text, 'base64url'));
    default:
      return text;
  }
}

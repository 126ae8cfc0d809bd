// What kube-apiserver's strict decoder refuses before it looks any further: fields that a type does not have, and
// values of another type. One function a type walks an object for all target versions at once.
import { definitionOf, type Schema, sinceOf } from '../../api/definitions';
import type { VersionSet } from '../../api/versions';
import type { Any, Cursor, Fault, Step } from '../engine/cursor';
import { closest } from './closest';
import { type Gate, gateOf } from './gates';
import { type LeafProblem, SCALARS, type Scalar } from './scalars';

/** Decodes a value that is neither undefined nor null. */
export type Decode = (value: Any, at: Cursor) => void;

interface Field {
  /** The versions that have the field. */
  readonly versions: VersionSet;
  /** Set for a leaf. */
  readonly scalar: Scalar | undefined;
  /** Set for a struct, list or map. */
  readonly decode: Decode | undefined;
  /** Set for a field that some versions drop. */
  readonly gate: Gate | undefined;
}

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.';
const types = new Map<string, Decode>();

/** The decoder of a type, by its definition's name; made when it is first asked for. */
export function decoderOf(name: string): Decode {
  let decode = types.get(name);
  if (!decode) {
    // Types refer to themselves (JSONSchemaProps), and a program uses few of them: fields are read at the first use.
    let fields: Map<string, Field> | undefined;
    decode = (value, at) => {
      fields ??= fieldsOf(name);
      decodeStruct(value, at, name, fields);
    };
    types.set(name, decode);
  }
  return decode;
}

function decodeStruct(value: Any, at: Cursor, name: string, fields: Map<string, Field>): void {
  if (typeof value !== 'object' || Array.isArray(value)) {
    otherType(value, at, goStruct(name), 'an object', []);
    return;
  }
  for (const key in value) {
    const part = value[key];
    if (part === undefined) continue;
    const field = fields.get(key);
    if (field === undefined) {
      unknownField(at, name, key, fields, at.versions);
      continue;
    }
    const without = at.versions & ~field.versions;
    if (without !== 0) unknownField(at, name, key, fields, without);
    if (without === at.versions) continue;
    if (part === null) {
      at.nulls.push({ path: [...at.path, key], zero: undefined });
      continue;
    }
    if (field.gate !== undefined) dropField(part, at, name, key, field.gate, at.versions & ~without);
    const { scalar } = field;
    if (scalar !== undefined) {
      const problem = scalar.problem(part);
      if (problem !== undefined) leafProblem(part, at, scalar, problem, [key], without);
    } else if (field.decode !== undefined) {
      const all = at.versions;
      at.versions = all & ~without;
      at.path.push(key);
      field.decode(part, at);
      at.path.pop();
      at.versions = all;
    }
  }
}

function fieldsOf(name: string): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (const [key, variants] of definitionOf(name)?.fields ?? []) {
    const versions = variants.reduce((set, variant) => set | variant.versions, 0);
    // A field keeps its type over the versions: a test compares them all.
    const schema = (variants[variants.length - 1] as (typeof variants)[number]).schema;
    const scalar = scalarOf(schema);
    fields.set(key, { versions, scalar, decode: scalar ? undefined : decodeOf(schema), gate: gateOf(name, key) });
  }
  return fields;
}

/** The scalar that a schema is of, directly or by reference; undefined for all else. */
function scalarOf(schema: Schema): Scalar | undefined {
  if (schema.$ref === `${META}MicroTime`) return SCALARS['micro-time'];
  const own = schema.$ref === undefined ? schema : definitionOf(schema.$ref)?.type.at(-1)?.schema;
  if (!own || own.type === undefined || own.type === 'object' || own.type === 'array') return undefined;
  return SCALARS[own.format ?? ''] ?? SCALARS[own.type];
}

function decodeOf(schema: Schema): Decode | undefined {
  if (schema.$ref !== undefined) {
    const definition = definitionOf(schema.$ref);
    return definition && definition.fields.size > 0 ? decoderOf(schema.$ref) : emptyStruct(schema.$ref);
  }
  if (schema.type === 'array' && schema.items) return listDecoder(schema.items);
  if (schema.type === 'object' && schema.additionalProperties) return mapDecoder(schema.additionalProperties);
  return undefined;
}

/** Types without fields: those that hold any value, and those that hold nothing. */
function emptyStruct(name: string): Decode | undefined {
  if (/\.(RawExtension|FieldsV1|JSON|JSONSchemaPropsOr\w+|CustomResourceSubresourceStatus)$/.test(name))
    return undefined;
  return (value, at) => decodeStruct(value, at, name, new Map());
}

function listDecoder(items: Schema): Decode {
  const scalar = scalarOf(items);
  const decode = scalar ? undefined : decodeOf(items);
  const goType = `[]${goTypeOf(items)}`;
  const zero = zeroOf(items, scalar);
  return (list, at) => {
    if (!Array.isArray(list)) {
      otherType(list, at, goType, 'a list', []);
      return;
    }
    for (let i = 0; i < list.length; i++) {
      const item = list[i];
      if (item === undefined || item === null) {
        at.nulls.push({ path: [...at.path, i], zero });
        continue;
      }
      if (scalar) {
        const problem = scalar.problem(item);
        if (problem) leafProblem(item, at, scalar, problem, [i], 0);
      } else if (decode) at.enter(i, decode, item);
    }
  };
}

function mapDecoder(values: Schema): Decode {
  const scalar = scalarOf(values);
  const decode = scalar ? undefined : decodeOf(values);
  const goType = `map[string]${goTypeOf(values)}`;
  const zero = zeroOf(values, scalar);
  return (map, at) => {
    if (typeof map !== 'object' || Array.isArray(map)) {
      otherType(map, at, goType, 'a map', []);
      return;
    }
    for (const key in map) {
      const value = map[key];
      if (value === undefined) continue;
      if (value === null) {
        at.nulls.push({ path: [...at.path, key], zero });
        continue;
      }
      if (scalar) {
        const problem = scalar.problem(value);
        // The decoder does not say which key.
        if (problem) leafProblem(value, at, scalar, problem, [key], 0).says(1);
      } else if (decode) at.enter(key, decode, value);
    }
  };
}

/** What a null in a list or a map is read as. */
function zeroOf(schema: Schema, scalar: Scalar | undefined): Any {
  if (!scalar) return schema.type === 'array' ? [] : {};
  if (scalar === SCALARS.boolean) return false;
  return scalar === SCALARS.string || scalar === SCALARS.byte ? '' : 0;
}

function goStruct(name: string): string {
  return name.split('.').slice(-2).join('.');
}

function goTypeOf(schema: Schema): string {
  const scalar = scalarOf(schema);
  if (scalar) return scalar.goType;
  if (schema.$ref !== undefined) return goStruct(schema.$ref);
  if (schema.type === 'array' && schema.items) return `[]${goTypeOf(schema.items)}`;
  return schema.additionalProperties ? `map[string]${goTypeOf(schema.additionalProperties)}` : 'interface {}';
}

function dropField(value: Any, at: Cursor, type: string, key: string, gate: Gate, versions: VersionSet): void {
  const path = [...at.path, key];
  // What an object's status says is dropped anyway.
  if (path[0] === 'status') return;
  const off = (typeof gate.off === 'number' ? gate.off : gate.off(value, path)) & versions;
  if (off !== 0) at.dropped.push({ gate, type, path, versions: off });
}

function unknownField(at: Cursor, name: string, key: string, fields: Map<string, Field>, versions: VersionSet): void {
  at.rule = 'api/unknown-field';
  const fault = at.report('UnknownField', `unknown field ${JSON.stringify(dotted([...at.path, key]))}`, [key]);
  fault.versions = versions;
  if (fields.has(key)) {
    const since = sinceOf(name, key);
    fault.fixedBy(`the field exists since Kubernetes ${since}: leave it out for older versions`);
    return;
  }
  const meant = closest(key, fields.keys());
  if (meant) fault.fixedBy(`did you mean ${JSON.stringify(meant)}?`);
}

function leafProblem(
  value: Any,
  at: Cursor,
  scalar: Scalar,
  problem: LeafProblem,
  steps: Step[],
  without: VersionSet,
): Fault {
  at.rule = `api/${problem.rule}`;
  const all = at.versions;
  at.versions = all & ~without;
  const fault =
    problem.message === undefined
      ? otherType(value, at, scalar.goType, scalar.name, steps)
      : at.typeInvalid(value, problem.message, ...steps).fixedBy(`give ${scalar.name}`);
  at.versions = all;
  if (scalar.ends) fault.endsDecoding = true;
  return fault;
}

/** Of faults of decoding, the one that the API server tells of first: unknown fields only where nothing else is wrong. */
export function asDecoded(a: Fault, b: Fault): number {
  return decoded(a) - decoded(b);
}

function decoded({ endsDecoding, reason }: Fault): number {
  if (endsDecoding) return 0;
  return reason === 'UnknownField' ? 2 : 1;
}

function otherType(value: Any, at: Cursor, goType: string, name: string, steps: Step[]): Fault {
  at.rule = 'api/type';
  return at
    .typeInvalid(value, `cannot unmarshal ${jsonType(value)} into a value of type ${goType}`, ...steps)
    .fixedBy(`give ${name}`);
}

/** What the decoder calls a value: whole numbers are `number`, others are shown. */
function jsonType(value: Any): string {
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'number':
      return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? 'number' : `number ${value}`;
    case 'string':
    case 'object':
      return typeof value;
    default:
      return typeof value;
  }
}

/** Steps as the API server writes them: `spec.containers[0].image`, map keys in brackets where they are no names. */
export function dotted(steps: readonly Step[]): string {
  let text = '';
  for (const step of steps) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

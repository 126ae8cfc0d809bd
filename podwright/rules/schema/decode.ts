// What kube-apiserver's strict decoder refuses before it looks any further: fields that a type does not have, and
// values of another type. One function a type walks an object for all target versions at once.
import { definitionOf, type Schema } from '../../api/definitions';
import type { VersionSet } from '../../api/versions';
import type { Any, Cursor } from '../engine/cursor';
import { dropField } from './as-read';
import { leafProblem, otherType, unknownField } from './decode-faults';
import { type Gate, gateOf } from './gates';
import { goStruct, goTypeOf, isOpen, scalarOf, zeroOf } from './go-types';
import type { Scalar } from './scalars';

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

function decodeOf(schema: Schema): Decode | undefined {
  if (schema.$ref !== undefined) {
    const definition = definitionOf(schema.$ref);
    // Types without fields hold any value, or nothing.
    return definition?.fields.size || !isOpen(schema.$ref) ? decoderOf(schema.$ref) : undefined;
  }
  if (schema.type === 'array' && schema.items) return listDecoder(schema.items);
  if (schema.type === 'object' && schema.additionalProperties) return mapDecoder(schema.additionalProperties);
  return undefined;
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

// Schemas as the API server's Go types.
import { definitionOf, type Schema } from '../../api/definitions';
import type { Any } from '../engine/cursor';
import { SCALARS, type Scalar } from './scalars';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.';

/** The scalar that a schema is of, directly or by reference; undefined for all else. */
export function scalarOf(schema: Schema): Scalar | undefined {
  if (schema.$ref === `${META}MicroTime`) return SCALARS['micro-time'];
  const own = schema.$ref === undefined ? schema : definitionOf(schema.$ref)?.type.at(-1)?.schema;
  if (!own || own.type === undefined || own.type === 'object' || own.type === 'array') return undefined;
  return SCALARS[own.format ?? ''] ?? SCALARS[own.type];
}

/** What a null in a list or a map is read as. */
export function zeroOf(schema: Schema, scalar: Scalar | undefined): Any {
  // A null is a value of its own among values of any type: an enum of a definition's schema.
  if (schema.$ref !== undefined && isOpen(schema.$ref)) return null;
  if (!scalar) return schema.type === 'array' ? [] : {};
  if (scalar === SCALARS.boolean) return false;
  return scalar === SCALARS.string || scalar === SCALARS.byte ? '' : 0;
}

/** The name of a struct in Go. */
export function goStruct(name: string): string {
  return name.split('.').slice(-2).join('.');
}

/** The name of a type in Go. */
export function goTypeOf(schema: Schema): string {
  const scalar = scalarOf(schema);
  if (scalar) return scalar.goType;
  if (schema.$ref !== undefined) return goStruct(schema.$ref);
  if (schema.type === 'array' && schema.items) return `[]${goTypeOf(schema.items)}`;
  return schema.additionalProperties ? `map[string]${goTypeOf(schema.additionalProperties)}` : 'interface {}';
}

const OPEN = /\.(RawExtension|FieldsV1|JSON|JSONSchemaPropsOr\w+|CustomResourceSubresourceStatus)$/;

/** Whether a type without fields holds any value. */
export function isOpen(name: string): boolean {
  return OPEN.test(name);
}

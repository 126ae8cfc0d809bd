// How the types of the Kubernetes API are written where they are used.
import type { Schema } from '../api/definitions';
import type { ApiType } from './api-document';
import { ANY_OBJECT, arrayOf, mapOf, unionOf } from './type-text';

/** Types that are not what their schemas say, or that have none because JSON Schema cannot say them shortly. */
const WRITTEN_OUT: { readonly [definition: string]: string } = {
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': ANY_OBJECT,
  'io.k8s.apimachinery.pkg.runtime.RawExtension': ANY_OBJECT,
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON': 'any',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray':
    'JSONSchemaProps | readonly JSONSchemaProps[]',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool': 'JSONSchemaProps | boolean',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray':
    'JSONSchemaProps | readonly string[]',
};

/** Whether a type gets an interface of its own; others are written out where they are used. */
export function isInterface(definition: string, { schema }: ApiType): boolean {
  return WRITTEN_OUT[definition] === undefined && schema.type === 'object' && schema.additionalProperties === undefined;
}

/**
 * TypeScript for a schema.
 *
 * @param names the names of the interfaces, by definition
 * @param types the types that schemas can refer to; another one is any value
 */
export function k8sTypeText(
  schema: Schema,
  names: ReadonlyMap<string, string>,
  types: ReadonlyMap<string, ApiType>,
): string {
  const { $ref, items, additionalProperties } = schema;
  if ($ref !== undefined) {
    const type = types.get($ref);
    if (WRITTEN_OUT[$ref] !== undefined) return WRITTEN_OUT[$ref];
    if (!type) return 'any';
    return isInterface($ref, type) ? (names.get($ref) as string) : k8sTypeText(type.schema, names, types);
  }
  if (schema.enum) return unionOf(schema.enum);
  if (schema.format === 'quantity') return 'Quantity';
  if (schema.format === 'int-or-string') return 'IntOrString';
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'number':
      return schema.type;
    case 'integer':
      return 'number';
    case 'array':
      return arrayOf(k8sTypeText(items ?? {}, names, types));
    case 'object':
      return additionalProperties ? mapOf(k8sTypeText(additionalProperties, names, types)) : ANY_OBJECT;
    default:
      return 'any';
  }
}

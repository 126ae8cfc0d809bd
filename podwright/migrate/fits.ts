// Whether the generated types take an object: what they do not take would be an error of the type checker.
import type { CrdSchema } from '../api/crds';
import { definitionOf, type Schema } from '../api/definitions';
import { pointerOf } from '../api/json-pointer';
import type { Any } from './path';
import { typeOf } from './schemas';

type Steps = readonly (string | number)[];

const JSON_TYPES = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.';
const ANY = new Set([
  `${JSON_TYPES}JSON`,
  `${JSON_TYPES}JSONSchemaPropsOrArray`,
  `${JSON_TYPES}JSONSchemaPropsOrBool`,
  `${JSON_TYPES}JSONSchemaPropsOrStringArray`,
]);

/** The pointer to the first value that the types of podwright/k8s do not take; undefined where they take all. */
export function misfit(value: Any, definition: string, steps: Steps = []): string | undefined {
  if (!isObject(value)) return pointerOf(steps);
  const type = typeOf(definition);
  if (!type) return undefined;
  for (const field of type.required ?? []) if (value[field] === undefined) return pointerOf([...steps, field]);
  for (const key of Object.keys(value)) {
    const schema = type.properties && Object.hasOwn(type.properties, key) ? type.properties[key] : undefined;
    if (!schema) return pointerOf([...steps, key]);
    const found = misfitOf(value[key], schema, [...steps, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function misfitOf(value: Any, schema: Schema, steps: Steps): string | undefined {
  const { $ref, items, additionalProperties } = schema;
  if ($ref !== undefined) {
    if (ANY.has($ref)) return undefined;
    const type = typeOf($ref);
    if (!type) return undefined;
    const isStruct = type.type === 'object' && type.additionalProperties === undefined;
    if (!isStruct) return misfitOf(value, type, steps);
    return definitionOf($ref)?.fields.size === 0 ? unless(isObject(value), steps) : misfit(value, $ref, steps);
  }
  if (schema.enum) return unless(schema.enum.includes(value), steps);
  if (schema.format === 'quantity' || schema.format === 'int-or-string') {
    return unless(typeof value === 'string' || typeof value === 'number', steps);
  }
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'number':
      return unless(typeof value === schema.type, steps);
    case 'integer':
      return unless(typeof value === 'number', steps);
    case 'array':
      if (!Array.isArray(value)) return pointerOf(steps);
      return first(value.keys(), (index) => misfitOf(value[index], items ?? {}, [...steps, index]));
    case 'object':
      if (!isObject(value)) return pointerOf(steps);
      if (!additionalProperties) return undefined;
      return first(Object.keys(value), (key) => misfitOf(value[key], additionalProperties, [...steps, key]));
    default:
      return undefined;
  }
}

const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

/** The same for a custom resource and its schema. */
export function crdMisfit(object: Any, schema: CrdSchema): string | undefined {
  const { apiVersion: _, kind: __, metadata, ...fields } = object;
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || !schema.properties;
  const { apiVersion: ___, kind: ____, metadata: _____, ...properties } = schema.properties ?? {};
  const required = (schema.required ?? []).filter((field) => Object.hasOwn(properties, field));
  return misfit(metadata ?? {}, OBJECT_META, ['metadata']) ?? structMisfit(fields, properties, required, isOpen, []);
}

function structMisfit(
  value: Any,
  properties: { readonly [field: string]: CrdSchema },
  required: readonly string[],
  isOpen: boolean,
  steps: Steps,
): string | undefined {
  for (const field of required) if (value[field] === undefined) return pointerOf([...steps, field]);
  return first(Object.keys(value), (key) => {
    const schema = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (!schema) return isOpen ? undefined : pointerOf([...steps, key]);
    return crdMisfitOf(value[key], schema, [...steps, key]);
  });
}

function crdMisfitOf(value: Any, schema: CrdSchema, steps: Steps): string | undefined {
  if (value === null) return unless(schema.nullable === true || schema.enum?.includes(null) === true, steps);
  if (schema['x-kubernetes-int-or-string']) {
    return unless(typeof value === 'string' || typeof value === 'number', steps);
  }
  if (schema.enum && schema.enum.length > 0) return unless(schema.enum.includes(value), steps);
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'number':
      return unless(typeof value === schema.type, steps);
    case 'integer':
      return unless(typeof value === 'number', steps);
    case 'array':
      if (!Array.isArray(value)) return pointerOf(steps);
      return first(value.keys(), (index) => crdMisfitOf(value[index], schema.items ?? {}, [...steps, index]));
    default:
      return crdObjectMisfit(value, schema, steps);
  }
}

function crdObjectMisfit(value: Any, schema: CrdSchema, steps: Steps): string | undefined {
  const { properties, additionalProperties, required = [] } = schema;
  const isEmbedded = schema['x-kubernetes-embedded-resource'] === true;
  if (!properties && !isEmbedded && typeof additionalProperties !== 'object') {
    return schema.type === 'object' ? unless(isObject(value), steps) : undefined;
  }
  if (!isObject(value)) return pointerOf(steps);
  if (properties || isEmbedded) {
    const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || additionalProperties === true;
    const own = isEmbedded ? { apiVersion: TEXT, kind: TEXT, metadata: {}, ...properties } : (properties ?? {});
    const needed = isEmbedded ? ['apiVersion', 'kind', ...required] : required;
    return structMisfit(value, own, needed, isOpen, steps);
  }
  return first(Object.keys(value), (key) =>
    crdMisfitOf(value[key], additionalProperties as CrdSchema, [...steps, key]),
  );
}

const TEXT: CrdSchema = { type: 'string' };

function isObject(value: Any): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unless(fits: boolean, steps: Steps): string | undefined {
  return fits ? undefined : pointerOf(steps);
}

function first<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

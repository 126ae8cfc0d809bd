// The fields of the API under the names that cdk8s gives them.
import type { Schema } from '../../api/definitions';
import { typeOf } from '../schemas';

/** A schema with the fields of its type. */
export type ResolvedSchema = Schema & { readonly properties?: { readonly [field: string]: Schema } };

/** The schema that a reference stands for. */
export function resolved(schema: Schema): ResolvedSchema {
  return schema.$ref === undefined ? schema : (typeOf(schema.$ref) ?? {});
}

/** A field by the name that cdk8s gives it: words in camel case, without signs. */
export function fieldOf(
  { properties, additionalProperties }: ResolvedSchema,
  name: string,
): { name: string; schema: Schema } | undefined {
  if (additionalProperties) return { name, schema: additionalProperties };
  if (!properties) return { name, schema: {} };
  const plain = (text: string) => text.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  const own = Object.keys(properties).find((field) => field === name || plain(field) === plain(name));
  return own === undefined ? undefined : { name: own, schema: properties[own] as Schema };
}

/** Whether no value of a type, nor any in it, is one of cdk8s's own. */
export function isPlain(schema: Schema): boolean {
  const { type, format, properties, items, additionalProperties } = resolved(schema);
  if (items) return isPlain(items);
  if (additionalProperties) return isPlain(additionalProperties);
  if (properties || format === 'quantity' || format === 'int-or-string' || format === 'date-time') return false;
  return type === 'string' || type === 'integer' || type === 'number' || type === 'boolean';
}

import { escapeStep } from './json-pointer';

/** Deeper than any API that people write, and shallow enough for recursion. */
const DEEPEST = 200;

/**
 * What keeps a value from being read as a structural schema: the first fault, with its pointer; undefined if it can be
 * read. Only the shape is looked at, not what the API server asks of a schema beyond that.
 */
export function schemaFault(value: unknown, pointer: string, depth = 0): string | undefined {
  if (!isObject(value)) return fault(pointer, 'a schema', value);
  if (depth > DEEPEST) return `${pointer.slice(0, 80)}...: got more than ${DEEPEST} nested schemas; expected fewer`;
  const { type, description, properties, required, items, additionalProperties, enum: values } = value;
  if (type !== undefined && typeof type !== 'string') return fault(`${pointer}/type`, 'a text', type);
  if (description !== undefined && typeof description !== 'string')
    return fault(`${pointer}/description`, 'a text', description);
  if (values !== undefined && !Array.isArray(values)) return fault(`${pointer}/enum`, 'a list of values', values);
  if (required !== undefined && !(Array.isArray(required) && required.every((name) => typeof name === 'string')))
    return fault(`${pointer}/required`, 'a list of names', required);
  if (properties !== undefined) {
    if (!isObject(properties)) return fault(`${pointer}/properties`, 'schemas by name', properties);
    for (const [name, schema] of Object.entries(properties)) {
      const found = schemaFault(schema, `${pointer}/properties/${escapeStep(name)}`, depth + 1);
      if (found) return found;
    }
  }
  const below = items === undefined ? undefined : schemaFault(items, `${pointer}/items`, depth + 1);
  if (below || additionalProperties === undefined || typeof additionalProperties === 'boolean') return below;
  return schemaFault(additionalProperties, `${pointer}/additionalProperties`, depth + 1);
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `POINTER: got VALUE; expected FORM`. */
export function fault(pointer: string, form: string, value: unknown): string {
  return `${pointer}: got ${shown(value)}; expected ${form}`;
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

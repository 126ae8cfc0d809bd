import { schemaOf, type TypeSchema } from '../api/definitions';
import { NEWEST } from '../api/versions';

const known = new Map<string, TypeSchema | undefined>();

/** A type of the newest API by its definition's name, as the classes of podwright/k8s have it. */
export function typeOf(definition: string): TypeSchema | undefined {
  if (!known.has(definition)) known.set(definition, schemaOf(NEWEST, definition));
  return known.get(definition);
}

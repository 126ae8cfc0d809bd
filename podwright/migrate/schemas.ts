import { schemaOf, type TypeSchema } from '../api/definitions';
import { NEWEST } from '../api/versions';

/** A type of the newest API by its definition's name, as the classes of podwright/k8s have it. */
export function typeOf(definition: string): TypeSchema | undefined {
  return schemaOf(NEWEST, definition);
}

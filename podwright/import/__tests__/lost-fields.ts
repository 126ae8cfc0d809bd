import ts from 'typescript-5';
import type { CrdSchema } from '../../api/crds';
import { bare, elementOf, literalsOf, nameOf, type ReadTypes, valuesOf } from './type-reader';

type Resolve = (schema: CrdSchema) => CrdSchema;

/** What was compared: the number of properties, and what the types lack or say otherwise, by path. */
export interface Comparison {
  readonly properties: number;
  readonly lost: readonly string[];
}

/**
 * Compares a schema with the interface that was generated for it: every property at every depth is there, required as
 * it is, with a type that takes its values.
 *
 * @param own the names of the root's fields that are not the schema's
 * @param resolve follows references
 */
export function compare(
  schema: CrdSchema,
  props: string,
  types: ReadTypes,
  own: readonly string[],
  resolve: Resolve = (same) => same,
): Comparison {
  const lost: string[] = [];
  const seen = new Map<string, Set<CrdSchema>>();
  let properties = 0;

  function members(object: CrdSchema, name: string, path: string, skip: readonly string[]): void {
    const done = seen.get(name) ?? new Set();
    seen.set(name, done);
    if (done.has(object)) return;
    done.add(object);
    const found = types.interfaces.get(name);
    for (const [field, value] of Object.entries(object.properties ?? {})) {
      if (skip.includes(field)) continue;
      properties++;
      const member = found?.get(field);
      const place = `${path}.${field}`;
      if (!member) lost.push(`${place}: not in ${name}`);
      else if (member.optional === (object.required?.includes(field) ?? false)) lost.push(`${place}: required?`);
      else type(value, member.type, place);
    }
    if (object['x-kubernetes-preserve-unknown-fields'] && !found?.has('[]')) lost.push(`${path}: takes no other field`);
  }

  /** What is wrong with a type as a whole; what it holds is compared by itself. */
  function fault(value: CrdSchema, node: ts.TypeNode, path: string): string | undefined {
    const { kind } = bare(node);
    const unless = (met: boolean, expected: string) => (met ? undefined : expected);
    if (value['x-kubernetes-int-or-string'] || value.format === 'int-or-string')
      return unless(nameOf(node) === 'IntOrString', 'IntOrString');
    if (value.format === 'quantity') return unless(nameOf(node) === 'Quantity', 'Quantity');
    if (value.enum) {
      const texts = value.enum.filter((each) => each !== null).join();
      return unless(literalsOf(node)?.join() === texts, texts);
    }
    if (value.items) return unless(elementOf(node) !== undefined, 'an array');
    if (hasProperties(value)) return unless(nameOf(node) !== undefined, 'an interface');
    if (typeof value.additionalProperties === 'object') return unless(valuesOf(node) !== undefined, 'a map');
    // An embedded kind says exactly what its apiVersion and kind are.
    const literal = /\.(apiVersion|kind)$/.test(path) && literalsOf(node)?.length === 1;
    if (value.type === 'string') return unless(kind === ts.SyntaxKind.StringKeyword || literal, 'string');
    if (value.type === 'boolean') return unless(kind === ts.SyntaxKind.BooleanKeyword, 'boolean');
    if (value.type === 'integer' || value.type === 'number')
      return unless(kind === ts.SyntaxKind.NumberKeyword, 'number');
    return undefined;
  }

  function type(given: CrdSchema, node: ts.TypeNode, path: string): void {
    const value = resolve(given);
    const wrong = fault(value, node, path);
    const [element, values, name] = [elementOf(node), valuesOf(node), nameOf(node)];
    if (wrong) lost.push(`${path}: not ${wrong}`);
    else if (value.items && element) type(value.items, element, `${path}[]`);
    else if (hasProperties(value) && name) members(value, name, path, []);
    else if (typeof value.additionalProperties === 'object' && values)
      type(value.additionalProperties, values, `${path}{}`);
  }

  members(schema, props, '', own);
  return { properties, lost };
}

function hasProperties({ properties }: CrdSchema): boolean {
  return properties !== undefined && Object.keys(properties).length > 0;
}

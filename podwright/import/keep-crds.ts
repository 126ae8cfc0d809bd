import { type Crd, type CrdSchema, type Edge, mapValues } from '../api/crds';

/**
 * Definitions as the text that is kept of them; api/crds.ts says how it is written and reads it.
 *
 * @param source where the definitions came from, in words that are true on any machine
 */
export function keepCrds(crds: readonly Crd[], source: string): string {
  const lines = [''];
  const known = new Map<string, number>();

  function lineOf(json: string): number {
    const line = known.get(json) ?? lines.push(json) - 1;
    known.set(json, line);
    return line;
  }

  function edgeTo(schema: CrdSchema): Edge {
    const { description, properties, items, additionalProperties, ...rest } = schema;
    const node = {
      ...rest,
      ...(properties !== undefined && { properties: mapValues(properties, edgeTo) }),
      ...(items !== undefined && { items: edgeTo(items) }),
      ...(additionalProperties !== undefined && {
        additionalProperties:
          typeof additionalProperties === 'boolean' ? additionalProperties : edgeTo(additionalProperties),
      }),
    };
    const line = lineOf(JSON.stringify(node));
    return description === undefined ? line : [line, lineOf(JSON.stringify(description))];
  }

  const kept = crds.map((crd) => ({
    ...crd,
    versions: crd.versions.map((version) => ({ ...version, schema: edgeTo(version.schema) })),
  }));
  lines[0] = JSON.stringify({ generated: 'by podwright import; do not edit', source, crds: kept });
  return `${lines.join('\n')}\n`;
}

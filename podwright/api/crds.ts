// The CustomResourceDefinitions that a program imports, kept beside their types as NAME.crds.jsonl: one JSON value a
// line, a number in a schema's place is the line (from 0) that holds it. Equal schemas share a line: a pod template that
// a definition holds six times in two versions is written once, and read once.
//   line 0: { generated, source, crds: [{ group, ..., versions: [{ name, ..., schema: EDGE }] }] }
//   others: a schema whose `properties`, `items` and `additionalProperties` hold EDGEs, or a description
// An EDGE is a schema's line, or [a schema's line, its description's line].
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the names of kept definitions end in. */
export const CRDS_SUFFIX = '.crds.jsonl';

/**
 * A CRD's structural schema: JSONSchemaProps of apiextensions.k8s.io/v1, as the CRD has it.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/
 */
export interface CrdSchema {
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly properties?: { readonly [name: string]: CrdSchema };
  readonly required?: readonly string[];
  readonly items?: CrdSchema;
  readonly additionalProperties?: CrdSchema | boolean;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  /** The rest of JSONSchemaProps: limits, patterns, `allOf`, list types, CEL rules. */
  readonly [keyword: string]: unknown;
}

/** A version that the API server serves. */
export interface CrdVersion {
  readonly name: string;
  readonly storage: boolean;
  readonly deprecated?: boolean;
  readonly deprecationWarning?: string;
  /** `status` and `scale`, as the CRD has them. */
  readonly subresources?: { readonly [name: string]: unknown };
  readonly schema: CrdSchema;
}

/** A CustomResourceDefinition without what only a cluster needs. */
export interface Crd {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  /** In the CRD's order; versions that are not served are left out. */
  readonly versions: readonly CrdVersion[];
}

/** What a file of kept definitions holds. */
export interface KeptCrds {
  /** Where the definitions came from, in the words of the call that imported them. */
  readonly source: string;
  readonly crds: readonly Crd[];
}

/** A schema's line, or [a schema's line, its description's line]. */
export type Edge = number | readonly [schema: number, description: number];

/**
 * Reads kept definitions. A schema is read when it is first asked for; without descriptions, equal schemas are one
 * object, so that what is made of a schema can be kept by its identity.
 *
 * @param descriptions whether schemas have their descriptions
 * @throws SyntaxError when the text is not what `podwright import` wrote
 */
export function readKeptCrds(text: string, descriptions = false): KeptCrds {
  const lines = text.split('\n');
  const read = new Map<number, CrdSchema>();

  function schemaAt(edge: Edge): CrdSchema {
    const [line, description] = typeof edge === 'number' ? [edge] : edge;
    const plain = read.get(line) ?? schemaOf(line);
    read.set(line, plain);
    return descriptions && description !== undefined ? { description: parse(description) as string, ...plain } : plain;
  }

  function schemaOf(line: number): CrdSchema {
    const { properties, items, additionalProperties, ...rest } = parse(line) as Record<string, unknown>;
    return {
      ...rest,
      ...(properties !== undefined && { properties: mapValues(properties as Record<string, Edge>, schemaAt) }),
      ...(items !== undefined && { items: schemaAt(items as Edge) }),
      ...(additionalProperties !== undefined && {
        additionalProperties:
          typeof additionalProperties === 'boolean' ? additionalProperties : schemaAt(additionalProperties as Edge),
      }),
    } as CrdSchema;
  }

  function parse(line: number): unknown {
    const value = lines[line];
    if (!value) throw new SyntaxError(`line ${line + 1} is missing`);
    return JSON.parse(value);
  }

  const head = parse(0) as { source: string; crds: (Crd & { versions: { schema: Edge }[] })[] };
  const crds = head.crds.map((crd) => ({
    ...crd,
    versions: crd.versions.map((version) => ({
      ...version,
      get schema() {
        return schemaAt(version.schema as unknown as Edge);
      },
    })),
  }));
  return { source: head.source, crds };
}

/** An object with each value changed; names such as `__proto__` stay what they are. */
export function mapValues<V, R>(
  object: { readonly [name: string]: V },
  change: (value: V) => R,
): { [name: string]: R } {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

/** What was read of a file, and the file's time and size: the same file is read once. */
const read = new Map<string, { readonly state: string; readonly crds: readonly Crd[] }>();

/**
 * The definitions that are kept in a folder of imports, in the order of the files' names; none where there is no such
 * folder.
 *
 * @throws SyntaxError naming the file that is not what `podwright import` wrote
 */
export function keptCrdsIn(folder: string): readonly Crd[] {
  return keptFiles(folder).flatMap((name) => keptCrdsOf(join(folder, name)));
}

/**
 * The definitions that a file keeps.
 *
 * @throws SyntaxError naming the file when it is not what `podwright import` wrote
 */
export function keptCrdsOf(file: string): readonly Crd[] {
  const { mtimeMs, size } = statSync(file);
  const state = `${mtimeMs} ${size}`;
  const known = read.get(file);
  if (known?.state === state) return known.crds;
  try {
    const { crds } = readKeptCrds(readFileSync(file, 'utf8'));
    read.set(file, { state, crds });
    return crds;
  } catch (cause) {
    throw new SyntaxError(`${file} is damaged; make it again with podwright import`, { cause });
  }
}

function keptFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith(CRDS_SUFFIX))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

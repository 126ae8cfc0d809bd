import { definitionOf, kindsOf, schemaOf, sinceOf, type TypeSchema } from '../api/definitions';
import { describe } from '../api/descriptions';
import { VERSIONS, type Version } from '../api/versions';

/** A kind that gets a class. */
export interface ApiKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly apiVersion: string;
  /** The name of its type. */
  readonly definition: string;
  readonly scope: 'Namespaced' | 'Cluster' | 'List';
}

/** A type with its documentation; the documentation of the type itself is under ''. */
export interface ApiType {
  readonly schema: TypeSchema;
  readonly texts: ReadonlyMap<string, string>;
  /** When the type ('') and fields came, as far as it is known and not from the beginning. */
  readonly since: ReadonlyMap<string, string>;
}

/** The Kubernetes API of one version, wherever it was read from. */
export interface ApiDocument {
  readonly kinds: readonly ApiKind[];
  /** Undefined for a type that the document refers to and does not hold. */
  typeOf(definition: string): ApiType | undefined;
}

/** Where objects of a built-in kind live: a type whose metadata is that of a list is one. */
export function scopeOf(schema: TypeSchema | undefined, namespaced: boolean): ApiKind['scope'] {
  if (schema?.properties?.metadata?.$ref?.endsWith('.ListMeta')) return 'List';
  return namespaced ? 'Namespaced' : 'Cluster';
}

/** The API of a version that the toolkit keeps. */
export function keptApi(version: Version): ApiDocument {
  return {
    kinds: kindsOf(version).map(({ group, version: apiVersion, kind, apiVersion: full, definition, namespaced }) => ({
      group,
      version: apiVersion,
      kind,
      apiVersion: full,
      definition,
      scope: scopeOf(schemaOf(version, definition), namespaced),
    })),
    typeOf(definition) {
      const schema = schemaOf(version, definition);
      if (!schema) return undefined;
      const texts = new Map<string, string>();
      for (const field of ['', ...Object.keys(schema.properties ?? {})]) {
        const text = describe(version, definition, field);
        if (text) texts.set(field, text);
      }
      return { schema, texts, since: sinceAll(definition) };
    },
  };
}

/** When a kept type ('') and its fields came; those that the oldest known version has are left out. */
export function sinceAll(definition: string): Map<string, string> {
  const since = new Map<string, string>();
  for (const field of ['', ...(definitionOf(definition)?.fields.keys() ?? [])]) {
    const version = sinceOf(definition, field === '' ? undefined : field);
    if (version && version !== VERSIONS[0]) since.set(field, version);
  }
  return since;
}

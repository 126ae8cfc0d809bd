// What is known of the Kubernetes API's types, version by version. The facts are in definitions.jsonl, made from the
// API's own OpenAPI documents by scripts/openapi.mjs, whose scripts/openapi-merge.cjs says how they are written down.
// A program uses a few dozen of the thousand types, so a line is parsed when its type is first asked for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_VERSIONS, oldest, type Version, type VersionSet, versionSet } from './versions';

/**
 * A schema in OpenAPI's own words, descriptions left out. Two formats say what OpenAPI's types can't: `quantity` (a
 * string or a number: `100m`, `1Gi`) and `int-or-string`. No type and no $ref is any value.
 */
export interface Schema {
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array';
  /** `int32`, `int64`, `double`, `byte` (base64), `date-time`, `quantity`, `int-or-string`. */
  readonly format?: string;
  /** The name of another definition: `io.k8s.api.core.v1.PodSpec`. */
  readonly $ref?: string;
  /** The elements of an array. */
  readonly items?: Schema;
  /** The values of a map. */
  readonly additionalProperties?: Schema;
  readonly enum?: readonly string[];
  /** The value that the API server fills in; `{}`, `''` and 0 stand for Go's zero values. */
  readonly default?: unknown;
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-map-type'?: 'atomic' | 'granular';
  readonly 'x-kubernetes-patch-strategy'?: string;
  readonly 'x-kubernetes-patch-merge-key'?: string;
}

/** A type's schema in one version. */
export interface TypeSchema extends Schema {
  readonly properties?: { readonly [field: string]: Schema };
  readonly required?: readonly string[];
  /** Go's unions, of which at most one member is set. */
  readonly 'x-kubernetes-unions'?: readonly {
    readonly discriminator?: string;
    readonly 'fields-to-discriminateBy'?: { readonly [field: string]: string };
  }[];
}

/** A field's schema; `required` is the type's demand for the field. */
export interface FieldSchema extends Schema {
  readonly required?: true;
}

/** What holds in some versions. The variants of a thing have no version in common. */
export interface Variant<T> {
  readonly versions: VersionSet;
  readonly schema: T;
}

/** A type in all versions at once. */
export interface Definition {
  /** The OpenAPI documents' name: `io.k8s.api.core.v1.PodSpec`. */
  readonly name: string;
  /** The versions that have the type. */
  readonly versions: VersionSet;
  /** The type without its fields. */
  readonly type: readonly Variant<TypeSchema>[];
  /** The fields by name, sorted; a field's variants are of the versions that have the field. */
  readonly fields: ReadonlyMap<string, readonly Variant<FieldSchema>[]>;
}

/** A kind of object, in one group and version of the API: what apiVersion and kind say. */
export interface Kind {
  /** '' is the core group. */
  readonly group: string;
  /** The API version, `v1beta1`: not Kubernetes' own. */
  readonly version: string;
  readonly kind: string;
  /** What objects have as `apiVersion`: `apps/v1`, `v1`. */
  readonly apiVersion: string;
  /** The name of its {@link Definition}. */
  readonly definition: string;
  /** The Kubernetes versions that have it, on by default or not. */
  readonly versions: VersionSet;
  /** Whether its objects live in a namespace. Lists don't. */
  readonly namespaced: boolean;
}

interface Store {
  readonly text: string;
  /** By `apiVersion kind`. */
  readonly kinds: ReadonlyMap<string, Kind>;
  /** Where in the text a definition's line begins, by name. */
  readonly lines: ReadonlyMap<string, number>;
  readonly parsed: Map<string, Definition>;
}

let loaded: Store | undefined;

function load(): Store {
  if (loaded) return loaded;
  // The file is ASCII, which is read fastest as latin1.
  const text = readFileSync(join(__dirname, 'definitions.jsonl'), 'latin1');
  const head = JSON.parse(text.slice(0, text.indexOf('\n'))) as {
    kinds: [string, string, string, string, VersionSet, 0 | 1][];
  };
  const kinds = new Map<string, Kind>();
  for (const [group, version, kind, definition, versions, namespaced] of head.kinds) {
    const apiVersion = group === '' ? version : `${group}/${version}`;
    const entry = { group, version, kind, apiVersion, definition, versions, namespaced: namespaced === 1 };
    kinds.set(`${apiVersion} ${kind}`, entry);
  }
  const lines = new Map<string, number>();
  for (let end = text.indexOf('\n'); end + 1 < text.length; end = text.indexOf('\n', end + 1))
    lines.set(text.slice(end + 3, text.indexOf('"', end + 3)), end + 1);
  loaded = { text, kinds, lines, parsed: new Map() };
  return loaded;
}

/** A variant list as it is written down: one schema alone is true wherever the type is. */
function variants<T>(stored: T | [VersionSet, T][], all: VersionSet): Variant<T>[] {
  if (!Array.isArray(stored)) return [{ versions: all, schema: stored }];
  return stored.map(([versions, schema]) => ({ versions, schema }));
}

/**
 * A type in all versions, by the name that the OpenAPI documents have for it; undefined if no version has it.
 * Every call gives the same object.
 */
export function definitionOf(name: string): Definition | undefined {
  const { text, lines, parsed } = load();
  const known = parsed.get(name);
  const start = lines.get(name);
  if (known || start === undefined) return known;
  const [, versions, type, fields] = JSON.parse(text.slice(start, text.indexOf('\n', start)));
  const entries = Object.entries<FieldSchema>(fields).map(
    ([field, stored]) => [field, variants(stored, versions)] as const,
  );
  const definition = { name, versions, type: variants<TypeSchema>(type, versions), fields: new Map(entries) };
  parsed.set(name, definition);
  return definition;
}

/** A kind by what an object says of itself; undefined for kinds that no version of Kubernetes has built in. */
export function kindOf(apiVersion: string, kind: string): Kind | undefined {
  return load().kinds.get(`${apiVersion} ${kind}`);
}

/** The kinds of one version, or of all of them, lists included; sorted by group, version and kind. */
export function kindsOf(version?: Version): Kind[] {
  const set = version === undefined ? ALL_VERSIONS : versionSet(version);
  return [...load().kinds.values()].filter((kind) => kind.versions & set);
}

/** The names of the types of one version, sorted. */
export function definitionNames(version: Version): string[] {
  const set = versionSet(version);
  return [...load().lines.keys()].filter((name) => (definitionOf(name)?.versions ?? 0) & set);
}

/**
 * A type's schema in one version, by its definition's name or by a kind's; undefined where that version lacks it.
 * Enums and defaults up to 1.31, which the published documents leave out, are those of the first version that has them.
 */
export function schemaOf(version: Version, type: string | Kind): TypeSchema | undefined {
  const name = typeof type === 'string' ? type : type.definition;
  const key = `${version} ${name}`;
  const known = schemas.get(key);
  if (known || schemas.has(key)) return known;
  const schema = readSchema(version, name);
  schemas.set(key, schema);
  return schema;
}

const schemas = new Map<string, TypeSchema | undefined>();

function readSchema(version: Version, name: string): TypeSchema | undefined {
  const definition = definitionOf(name);
  const set = versionSet(version);
  const own = definition?.type.find(({ versions }) => versions & set)?.schema;
  if (!definition || !own) return undefined;
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const [field, list] of definition.fields) {
    const variant = list.find(({ versions }) => versions & set);
    if (!variant) continue;
    const { required: needed, ...schema } = variant.schema;
    properties[field] = schema;
    if (needed) required.push(field);
  }
  return {
    ...own,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
  };
}

/**
 * The first known version that has a type, or a field of it. The oldest known version stands for "always": what came
 * before it is not known.
 * @returns undefined if no known version has it
 */
export function sinceOf(name: string, field?: string): Version | undefined {
  const definition = definitionOf(name);
  if (!definition) return undefined;
  if (field === undefined) return oldest(definition.versions);
  return oldest((definition.fields.get(field) ?? []).reduce((set, { versions }) => set | versions, 0));
}

/**
 * Whether a kind's objects live in a namespace; undefined for a kind that is not built in.
 * Lists don't: their items do.
 */
export function isNamespaced(apiVersion: string, kind: string): boolean | undefined {
  return kindOf(apiVersion, kind)?.namespaced;
}

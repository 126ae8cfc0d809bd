import type { Schema } from '../api/definitions';
import { kindOf } from '../api/definitions';
import { type ApiDocument, type ApiKind, type ApiType, scopeOf, sinceAll } from './api-document';

/**
 * The part of an API that types are made from, as plain data: what is kept beside types that were made from a file or
 * a cluster, so that they can be made again.
 */
export interface KeptOpenApi {
  /** The server's own word for its version, where the document has it: `v1.34.4`. */
  readonly version?: string;
  readonly kinds: readonly ApiKind[];
  readonly types: { readonly [definition: string]: KeptType };
}

interface KeptType {
  readonly schema: Schema & {
    readonly properties?: { readonly [field: string]: Schema };
    readonly required?: string[];
  };
  /** By field; '' is the type's own. */
  readonly texts: { readonly [field: string]: string };
}

/** What {@link readOpenApi} found. */
export interface FoundOpenApi {
  readonly api: KeptOpenApi;
  /** The kinds of custom resources and extension servers, whose types come from elsewhere. */
  readonly skipped: readonly string[];
}

type Raw = { readonly [key: string]: unknown };

/** What the names of the API's own types begin with, as opposed to those of custom resources. */
const BUILT_IN = /^io\.k8s\.(api|apimachinery|apiextensions-apiserver|kube-aggregator)\./;

const GVK = 'x-kubernetes-group-version-kind';

const FORMATS: { readonly [definition: string]: Schema } = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { type: 'string', format: 'quantity' },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: 'string', format: 'int-or-string' },
};

/**
 * Reads OpenAPI documents, v2 (`definitions`) or v3 (`components.schemas`), of one API; v3 servers publish one a group.
 *
 * @returns the API, or what is wrong with the documents
 */
export function readOpenApi(documents: readonly unknown[]): FoundOpenApi | string {
  const definitions = new Map<string, Raw>();
  const scopes = new Map<string, boolean>();
  let version: string | undefined;
  for (const document of documents) {
    if (!isObject(document)) return 'expected an OpenAPI document, got no object';
    const components = isObject(document.components) ? document.components.schemas : undefined;
    const found = document.definitions ?? components;
    if (!isObject(found))
      return 'expected an OpenAPI document with `definitions` (v2) or `components.schemas` (v3), got neither';
    for (const [name, schema] of Object.entries(found)) if (isObject(schema)) definitions.set(name, schema);
    readScopes(document.paths, scopes);
    const info = isObject(document.info) ? document.info.version : undefined;
    if (typeof info === 'string' && info !== 'unversioned') version ??= info;
  }
  const skipped: string[] = [];
  const kinds: ApiKind[] = [];
  const types: Record<string, KeptType> = {};
  for (const [name, definition] of [...definitions].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const kind = kindOfDefinition(name, definition, scopes);
    if (!BUILT_IN.test(name)) {
      if (kind && kind.scope !== 'List') skipped.push(`${kind.kind} of ${kind.apiVersion}`);
      continue;
    }
    if (kind) kinds.push(kind);
    types[name] = keptType(name, definition);
  }
  if (kinds.length === 0) return 'it has no kind of the Kubernetes API';
  return { api: { ...(version && { version }), kinds, types }, skipped };
}

/** What was kept, as the generator of types reads it. */
export function openApiDocument(kept: KeptOpenApi): ApiDocument {
  return {
    kinds: kept.kinds,
    typeOf(definition): ApiType | undefined {
      const type = Object.hasOwn(kept.types, definition) ? kept.types[definition] : undefined;
      if (!type) return undefined;
      return { schema: type.schema, texts: new Map(Object.entries(type.texts)), since: sinceAll(definition) };
    },
  };
}

/** Whether kinds live in a namespace, by `group/version kind`, from the paths under which they are served. */
function readScopes(paths: unknown, scopes: Map<string, boolean>): void {
  if (!isObject(paths)) return;
  for (const [path, operations] of Object.entries(paths)) {
    if (!isObject(operations) || !isObject(operations.post)) continue;
    const kind = operations.post[GVK];
    if (!isObject(kind)) continue;
    const key = gvkKey(kind);
    scopes.set(key, scopes.get(key) === true || path.includes('/namespaces/{namespace}/'));
  }
}

function gvkKey({ group, version, kind }: Raw): string {
  return `${group ? `${group}/` : ''}${version} ${kind}`;
}

function kindOfDefinition(name: string, definition: Raw, scopes: ReadonlyMap<string, boolean>): ApiKind | undefined {
  const gvks = definition[GVK];
  const properties = definition.properties;
  if (!Array.isArray(gvks) || gvks.length !== 1 || !isObject(gvks[0]) || !isObject(properties)) return undefined;
  if (!properties.metadata || !properties.kind || name.startsWith('io.k8s.apimachinery.')) return undefined;
  const { group, version, kind } = gvks[0] as { group: string; version: string; kind: string };
  const apiVersion = group ? `${group}/${version}` : version;
  const key = `${apiVersion} ${kind}`;
  const namespaced = scopes.get(key) ?? kindOf(apiVersion, kind)?.namespaced ?? true;
  const schema = { properties: { metadata: simplified(properties.metadata as Raw) } };
  return { group, version, kind, apiVersion, definition: name, scope: scopeOf(schema, namespaced) };
}

function keptType(name: string, definition: Raw): KeptType {
  const texts: Record<string, string> = {};
  if (typeof definition.description === 'string') texts[''] = definition.description;
  const known = FORMATS[name];
  if (known) return { schema: known, texts };
  const { properties, required, ...rest } = simplified(definition) as KeptType['schema'];
  for (const [field, schema] of Object.entries(isObject(definition.properties) ? definition.properties : {}))
    if (isObject(schema) && typeof schema.description === 'string') texts[field] = schema.description;
  return { schema: { ...rest, ...(properties && { properties }), ...(required && { required }) }, texts };
}

/** A schema with what types are made from and nothing else. */
function simplified(schema: Raw): Schema {
  const { type, format, items, additionalProperties, properties, required } = schema;
  const ref = refOf(schema);
  const values = schema.enum;
  return {
    ...(ref !== undefined && { $ref: ref }),
    ...(typeof type === 'string' && { type }),
    ...(typeof format === 'string' && { format }),
    ...(Array.isArray(values) && { enum: values }),
    ...(schema.default !== undefined && { default: schema.default }),
    ...(isObject(items) && { items: simplified(items) }),
    ...(isObject(additionalProperties) && { additionalProperties: simplified(additionalProperties) }),
    ...(isObject(properties) && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, value]) => [name, simplified(isObject(value) ? value : {})]),
      ),
    }),
    ...(Array.isArray(required) && { required }),
  } as Schema;
}

/** The type that a schema refers to; v3 wraps a reference that has a default or a description in `allOf`. */
function refOf(schema: Raw): string | undefined {
  const { $ref, allOf } = schema;
  if (typeof $ref === 'string') return $ref.split('/').pop();
  return Array.isArray(allOf) && allOf.length === 1 && isObject(allOf[0]) ? refOf(allOf[0]) : undefined;
}

function isObject(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

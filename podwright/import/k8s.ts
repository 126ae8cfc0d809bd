// The types of the Kubernetes API: one class a kind, one interface a type.
import type { Schema } from '../api/definitions';
import type { ApiDocument, ApiKind, ApiType } from './api-document';
import { isInterface, k8sTypeText } from './k8s-types';
import type { ClassModel, Doc, FieldModel, InterfaceModel, ModuleModel } from './model';
import { className, groupWord, pascal } from './names';
import { quote } from './print';
import { isTelling } from './type-text';

/** Where types of two groups have one name and version, the first by group has it plain; but these come first. */
const PLAIN_NAME = new Set(['io.k8s.api.rbac.v1.Subject']);

const QUANTITY = `/**
 * An amount of a resource: \`'100m'\`, \`'1.5Gi'\`, \`2\`. A number is written as it is, a text too.
 *
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export type Quantity = string | number;`;

const INT_OR_STRING = `/** A number, or a text that stands for one: a port's name, a percentage. */
export type IntOrString = number | string;`;

/** Where the generated module finds what its classes are built on. */
export type BaseModule = './kube-object' | 'podwright/k8s';

/**
 * The module of an API. Types that no kind reaches are left out.
 *
 * @param header the comment that begins the file, a line an element
 */
export function k8sModule(api: ApiDocument, header: readonly string[], base: BaseModule): ModuleModel {
  const types = reachable(api);
  const names = typeNames(api, types);
  const typeText = (schema: Schema) => k8sTypeText(schema, names, types);
  const interfaces: InterfaceModel[] = [];
  const kinds = new Map(api.kinds.map((kind) => [kind.definition, kind]));
  for (const [definition, type] of types) {
    if (!isInterface(definition, type)) continue;
    interfaces.push(interfaceOf(names.get(definition) as string, type, kinds.get(definition), typeText));
  }
  return {
    header,
    statements: [
      "import type { GroupVersionKind } from 'cdk8s';",
      "import type { Construct } from 'constructs';",
      `import { KubeObject, manifest } from '${base}';`,
      '',
      'export { KubeObject, manifest };',
      '',
      QUANTITY,
      '',
      INT_OR_STRING,
    ],
    classes: api.kinds.map((kind) => classOf(kind, types, names)).sort(byName),
    interfaces: interfaces.sort(byName),
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** The types that kinds refer to, through others or not, by definition name. */
function reachable(api: ApiDocument): Map<string, ApiType> {
  const types = new Map<string, ApiType>();
  const waiting = api.kinds.map((kind) => kind.definition);
  for (let definition = waiting.pop(); definition !== undefined; definition = waiting.pop()) {
    if (types.has(definition)) continue;
    const type = api.typeOf(definition);
    if (!type) continue;
    types.set(definition, type);
    for (const schema of [type.schema, ...Object.values(type.schema.properties ?? {})]) waiting.push(...refs(schema));
  }
  return types;
}

function refs(schema: Schema | undefined): string[] {
  if (!schema) return [];
  return [...(schema.$ref ? [schema.$ref] : []), ...refs(schema.items), ...refs(schema.additionalProperties)];
}

/**
 * The name of each type: the API's own, with its version if that is not v1, as cdk8s has it; for a kind the name of its
 * class and `Props`. A name that is taken by another group's type gets its own group's name appended.
 */
function typeNames(api: ApiDocument, types: ReadonlyMap<string, ApiType>): Map<string, string> {
  const kinds = new Map(api.kinds.map((kind) => [kind.definition, kind]));
  const names = new Map<string, string>();
  const taken = new Set(['Quantity', 'IntOrString', 'KubeObject', 'Construct', 'GroupVersionKind']);
  const order = [...types.keys()].sort(
    (a, b) => Number(PLAIN_NAME.has(b)) - Number(PLAIN_NAME.has(a)) || (a < b ? -1 : 1),
  );
  for (const definition of order) {
    const [group = '', version = '', basename = ''] = definition.split('.').slice(-3);
    const suffix = /^v\d/.test(version) && version !== 'v1' ? pascal(version) : '';
    const kind = kinds.get(definition);
    const name = (word: string) =>
      kind ? `${className(`Kube${kind.kind}${word}${suffix}`)}Props` : `${pascal(basename)}${word}${suffix}`;
    const plain = name('');
    const own = taken.has(plain) ? name(kind ? groupWord(kind.group) : pascal(group)) : plain;
    if (taken.has(own)) throw new Error(`two types would be named ${own}; the second is ${definition}`);
    taken.add(own);
    names.set(definition, own);
  }
  return names;
}

function interfaceOf(
  name: string,
  { schema, texts, since }: ApiType,
  kind: ApiKind | undefined,
  typeText: (schema: Schema) => string,
): InterfaceModel {
  const fields: FieldModel[] = Object.entries(schema.properties ?? {}).map(([field, fieldSchema]) => {
    const type = fixed(field, kind);
    const required = schema.required?.includes(field) ?? false;
    if (type !== undefined) return { name: field, type, required: false, doc: {} };
    return { name: field, type: typeText(fieldSchema), required, doc: docOf(field, fieldSchema, texts, since) };
  });
  const doc = kind ? { text: `The fields of a ${kind.kind}.` } : docOf('', {}, texts, since);
  // An interface without fields would take any value; this one takes `{}`.
  return { name, doc, fields, ...(fields.length === 0 && { others: 'never' }) };
}

/** What a kind's own apiVersion and kind can only be. */
function fixed(field: string, kind: ApiKind | undefined): string | undefined {
  if (!kind) return undefined;
  if (field === 'apiVersion') return quote(kind.apiVersion);
  return field === 'kind' ? quote(kind.kind) : undefined;
}

function docOf(field: string, schema: Schema, texts: ApiType['texts'], since: ApiType['since']): Doc {
  const text = texts.get(field);
  const version = since.get(field);
  // A field that came with its type needs no word of its own.
  const own = field === '' || version !== since.get('') ? version : undefined;
  return {
    ...(text !== undefined && { text }),
    ...(own !== undefined && { since: own }),
    ...(isTelling(schema.default) && { defaultValue: JSON.stringify(schema.default) }),
  };
}

function classOf(kind: ApiKind, types: ReadonlyMap<string, ApiType>, names: ReadonlyMap<string, string>): ClassModel {
  const type = types.get(kind.definition) as ApiType;
  const props = names.get(kind.definition) as string;
  return {
    name: props.slice(0, -'Props'.length),
    props,
    needsProps: (type.schema.required ?? []).some((field) => field !== 'apiVersion' && field !== 'kind'),
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    scope: kind.scope,
    doc: docOf('', {}, type.texts, type.since),
  };
}

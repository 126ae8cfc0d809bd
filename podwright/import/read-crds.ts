import { type Document, isMap, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml';
import type { Crd, CrdSchema, CrdVersion } from '../api/crds';

/** A text with definitions, and what its reader knows it by. */
export interface CrdText {
  /** The file or URL, as messages are to name it. */
  readonly label: string;
  readonly text: string;
}

/** What was found in the texts. */
export interface FoundCrds {
  readonly crds: readonly Crd[];
  /** What is no definition, and so was left out: `PLACE: Deployment kueue-controller`. */
  readonly skipped: readonly string[];
  /** What is wrong, with its place: `crds.yaml:12: ...`. Nothing is to be generated then. */
  readonly problems: readonly string[];
}

type Fields = { readonly [name: string]: unknown };

/** Finds the CustomResourceDefinitions in YAML or JSON texts of any number of documents, and in lists of them. */
export function readCrds(texts: readonly CrdText[]): FoundCrds {
  const crds: Crd[] = [];
  const skipped: string[] = [];
  const problems: string[] = [];
  const places = new Map<string, string>();

  function add(value: unknown, place: string): void {
    const object = fields(value);
    if (!object) {
      problems.push(`${place}: expected a Kubernetes object, got ${describe(value)}`);
      return;
    }
    const { apiVersion, kind } = object;
    if (kind !== 'CustomResourceDefinition' || typeof apiVersion !== 'string') {
      skipped.push(
        `${place}: ${[kind ?? 'an object without a kind', fields(object.metadata)?.name].filter(Boolean).join(' ')}`,
      );
      return;
    }
    if (apiVersion !== 'apiextensions.k8s.io/v1') {
      problems.push(
        `${place}: /apiVersion: Kubernetes no longer serves ${apiVersion}; expected apiextensions.k8s.io/v1. Get the definition from a newer release of its project`,
      );
      return;
    }
    const read = crdOf(object);
    if (typeof read === 'string') {
      problems.push(`${place}: ${read}`);
      return;
    }
    const key = `${read.kind} of ${read.group}`;
    const first = places.get(key);
    if (first !== undefined) problems.push(`${place}: ${key} is defined already at ${first}`);
    else if (read.versions.length === 0) skipped.push(`${place}: ${key}: none of its versions is served`);
    else {
      places.set(key, place);
      crds.push(read);
    }
  }

  for (const { label, text } of texts) {
    const counter = new LineCounter();
    // kubectl reads YAML 1.1; dates and the like are text to it all the same.
    const documents = parseAllDocuments(text, {
      version: '1.1',
      customTags: (tags) =>
        tags.filter((tag) => typeof tag === 'string' || !/timestamp|binary|set|omap|pairs/.test(tag.tag)),
      lineCounter: counter,
      prettyErrors: false,
    });
    if (!Array.isArray(documents)) continue;
    for (const document of documents) {
      const line = (offset: number | undefined) => counter.linePos(offset ?? 0).line;
      if (document.errors.length > 0) {
        problems.push(...document.errors.map((error) => `${label}:${line(error.pos[0])}: ${sentence(error.message)}`));
        continue;
      }
      for (const [value, node] of objects(document)) {
        if (value !== null) add(value, `${label}:${line(node?.range?.[0])}`);
      }
    }
  }
  return { crds, skipped, problems };
}

/** The objects of a document with where they are: the items of a list, each for itself. */
function objects(document: Document): [unknown, Node | null][] {
  const value = toJs(document);
  const list = fields(value);
  if (typeof list?.kind !== 'string' || !list.kind.endsWith('List') || !Array.isArray(list.items))
    return [[value, document.contents as Node | null]];
  const items = isMap(document.contents) ? document.contents.get('items') : undefined;
  return list.items.map((item, index) => {
    // Only `kind: List` says of each item what it is.
    const typed = list.kind === 'CustomResourceDefinitionList' ? { ...kindOf(list), ...item } : item;
    return [typed, isSeq(items) ? (items.items[index] as Node) : null];
  });
}

function kindOf(list: Fields): Fields {
  return { apiVersion: list.apiVersion, kind: 'CustomResourceDefinition' };
}

function toJs(document: Document): unknown {
  return document.toJS({ maxAliasCount: 1000 });
}

/** The definition, or what is wrong with it. */
function crdOf(object: Fields): Crd | string {
  const spec = fields(object.spec);
  const names = fields(spec?.names);
  const group = spec?.group;
  const { kind, plural } = names ?? {};
  const { scope, versions } = spec ?? {};
  if (!isText(group)) return expected('/spec/group', 'the name of an API group', group);
  if (!isText(kind)) return expected('/spec/names/kind', 'the name of a kind', kind);
  if (!isText(plural)) return expected('/spec/names/plural', "the kind's plural in lower case", plural);
  if (scope !== 'Namespaced' && scope !== 'Cluster') return expected('/spec/scope', "'Namespaced' or 'Cluster'", scope);
  if (!Array.isArray(versions)) return expected('/spec/versions', 'a list of versions', versions);
  const read: CrdVersion[] = [];
  for (const [index, value] of versions.entries()) {
    const version = fields(value);
    const pointer = `/spec/versions/${index}`;
    if (!isText(version?.name)) return expected(`${pointer}/name`, 'the name of a version', version?.name);
    if (version.served !== true) continue;
    const schema = fields(fields(version.schema)?.openAPIV3Schema);
    if (!schema) return expected(`${pointer}/schema/openAPIV3Schema`, 'a schema', undefined);
    const { name, storage, deprecated, deprecationWarning, subresources } = version;
    read.push({
      name,
      storage: storage === true,
      ...(deprecated === true && { deprecated }),
      ...(isText(deprecationWarning) && { deprecationWarning }),
      ...(fields(subresources) && { subresources: subresources as Fields }),
      schema: schema as CrdSchema,
    });
  }
  return { group, kind, plural, scope, versions: read };
}

function fields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function expected(pointer: string, form: string, value: unknown): string {
  return `${pointer}: expected ${form}, got ${describe(value)}`;
}

function describe(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value)).slice(0, 80);
}

function sentence(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '');
}

import { type Document, isMap, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml';
import type { Crd } from '../api/crds';
import { AS_KUBECTL } from '../api/manifests/yaml';
import { shown } from '../api/schema-fault';
import { definitionOf } from '../rules/custom-resources/definition';

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
      problems.push(`${place}: got ${shown(value)}; expected a Kubernetes object`);
      return;
    }
    const { apiVersion, kind } = object;
    if (isText(object.swagger ?? object.openapi) || (!kind && object.definitions)) {
      problems.push(`${place}: got an OpenAPI document; expected CustomResourceDefinitions. Import it as k8s --from`);
      return;
    }
    if (kind !== 'CustomResourceDefinition' || typeof apiVersion !== 'string') {
      skipped.push(
        `${place}: ${[isText(kind) ? kind : 'an object without a kind', fields(object.metadata)?.name].filter(isText).join(' ')}`,
      );
      return;
    }
    if (apiVersion !== 'apiextensions.k8s.io/v1') {
      problems.push(
        `${place}: /apiVersion: got ${apiVersion}, which Kubernetes no longer serves; expected apiextensions.k8s.io/v1. Take the definition from a newer release of its project`,
      );
      return;
    }
    const read = definitionOf(object);
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
    const documents = parseAllDocuments(text, { ...AS_KUBECTL, lineCounter: counter });
    if (!Array.isArray(documents)) continue;
    for (const document of documents) {
      const line = (offset: number | undefined) => counter.linePos(offset ?? 0).line;
      // One fault makes others: the first is the one to mend.
      const [error] = document.errors;
      if (error) {
        problems.push(`${label}:${line(error.pos[0])}: ${sentence(error.message)}`);
        continue;
      }
      try {
        for (const [value, node] of objects(document))
          if (value !== null) add(value, `${label}:${line(node?.range?.[0])}`);
      } catch (error) {
        // Aliases without end.
        problems.push(`${label}:${line(document.range[0])}: ${sentence((error as Error).message)}`);
      }
    }
  }
  return { crds, skipped, problems };
}

/** The objects of a document with where they are: the items of a list, each for itself. */
function objects(document: Document): [unknown, Node | null][] {
  const value = document.toJS();
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

function fields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function sentence(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '');
}

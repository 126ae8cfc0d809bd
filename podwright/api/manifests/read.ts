// Reads manifests of any origin: YAML streams, JSON, JSON lines and Lists, each object with where it stands.
import { type Document, isAlias, isPair, isScalar, LineCounter, parseAllDocuments, visit } from 'yaml';
import { manifestFiles } from './files';
import { readJson } from './json';
import { type Part, partsOf } from './parts';
import { readFast } from './read-fast';
import { AS_KUBECTL } from './yaml';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

/** An object that was read. */
export interface ReadObject {
  readonly object: Any;
  readonly part: Part;
  /** The steps to it in its document: those to the item of a List. */
  readonly steps: readonly (string | number)[];
}

/** Text that is no YAML, or holds something else than objects. */
export interface Unreadable {
  readonly part: Pick<Part, 'file' | 'document'>;
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** What was read. */
export interface Manifests {
  readonly objects: readonly ReadObject[];
  readonly unreadable: readonly Unreadable[];
  /** Documents that SOPS has encrypted: what they say is not to be seen. */
  readonly encrypted: readonly Part[];
}

/** Most characters of a document that takes a whole YAML reader, which needs a hundred times their memory. */
const MAX_WHOLE = 4 * 2 ** 20;
/** More than an object has, and less than overflows the stack of whatever walks it. */
const MAX_DEPTH = 200;

/**
 * Reads files, folders (all that is in them by the extensions of manifests) and `-`, the standard input. A fault in one
 * document leaves the others to be read.
 *
 * @throws NoManifests for a path that is not there
 */
export function readManifests(words: readonly string[], cwd: string): Manifests {
  const reader = new Reader();
  for (const { file, text, fault } of manifestFiles(words, cwd)) {
    if (fault) reader.unreadable.push({ part: { file, document: 0 }, ...fault });
    else for (const part of partsOf(file, text ?? '')) reader.read(part);
  }
  return reader;
}

/** Reads a text as one file's. */
export function readManifestText(file: string, text: string): Manifests {
  const reader = new Reader();
  for (const part of partsOf(file, text)) reader.read(part);
  return reader;
}

class Reader implements Manifests {
  readonly objects: ReadObject[] = [];
  readonly unreadable: Unreadable[] = [];
  readonly encrypted: Part[] = [];

  read(part: Part): void {
    if (/^\s*$/.test(part.text)) return;
    const fail: Fail = (message, line = 1, column = 1) =>
      this.unreadable.push({ part, message, line: part.line + line - 1, column });
    let value: Any;
    try {
      const isJson = part.text.trimStart().startsWith('{');
      value = isJson ? readJson(part.text) : readFast(part.text.replaceAll('\r', ''));
      if (value === undefined) value = readWhole(part.text, fail);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      fail('is nested too deep to be read');
      return;
    }
    if (value === undefined || value === null) return;
    if (isDeeper(value, MAX_DEPTH)) fail(`is nested deeper than ${MAX_DEPTH} levels; expected a Kubernetes object`);
    else this.add(value, [], part, fail);
  }

  private add(value: Any, steps: readonly (string | number)[], part: Part, fail: Fail): void {
    const at = steps.length === 0 ? '' : `/${steps.join('/')} `;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      fail(`${at}is no Kubernetes object; expected apiVersion and kind`);
    } else if (value.sops?.mac !== undefined) {
      this.encrypted.push(part);
    } else if (typeof value.apiVersion !== 'string' || typeof value.kind !== 'string') {
      fail(`${at}is no Kubernetes object; expected apiVersion and kind`);
    } else if (value.kind.endsWith('List') && Array.isArray(value.items)) {
      const { apiVersion, kind } = value;
      // The items of a PodList may leave out what they are.
      const own = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
      value.items.forEach((item: Any, index: number) => {
        const typed = item?.kind === undefined && item?.apiVersion === undefined ? { ...own, ...item } : item;
        this.add(typed, [...steps, 'items', index], part, fail);
      });
    } else this.objects.push({ object: value, part, steps });
  }
}

type Fail = (message: string, line?: number, column?: number) => void;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const part of Object.values(value)) if (isDeeper(part, levels - 1)) return true;
  return false;
}

function readWhole(text: string, fail: Fail): Any {
  if (text.length > MAX_WHOLE) {
    fail(
      `is a document of more than ${MAX_WHOLE / 2 ** 20} MB, with more than kubectl writes; divide it, or give it as JSON`,
    );
    return undefined;
  }
  const lineCounter = new LineCounter();
  const failAt = (message: string, offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    fail(message, line, col);
  };
  const parsed = parseAllDocuments(text, { ...AS_KUBECTL, lineCounter }) as Document.Parsed[];
  const [document] = parsed;
  // One fault makes others: the first is the one to mend.
  const first = parsed.flatMap((each) => each.errors)[0];
  const odd = document && !first ? oddKey(document) : undefined;
  const template = first || odd !== undefined ? text.indexOf('{{') : -1;
  if (template >= 0) {
    failAt('is a template, not YAML; expected what it renders: helm template', template);
    return undefined;
  }
  if (first) failAt(yamlFault(first.message), first.pos[0]);
  if (odd !== undefined) failAt('has a mapping or a list for a key; expected text', odd);
  if (first || odd !== undefined || !document) return undefined;
  try {
    return document.toJS();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const message = /resource exhaustion/.test(error.message)
      ? 'has aliases of aliases that grow without bound; expected an object'
      : error.message.charAt(0).toLowerCase() + error.message.slice(1);
    failAt(message, firstAlias(document) ?? 0);
    return undefined;
  }
}

function yamlFault(message: string): string {
  return /call stack/.test(message) ? 'is nested too deep to be read' : message.replace(/ at line [\s\S]*$/, '');
}

/** Where a key stands that is no scalar; kubectl takes none. */
function oddKey(document: Document.Parsed): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Pair: (_, { key }) => {
      if (key === null || isScalar(key) || isAlias(key) || isPair(key)) return undefined;
      offset = (key as { range?: [number] }).range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

function firstAlias(document: Document.Parsed): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Alias: (_, alias) => {
      offset = alias.range?.[0];
      return visit.BREAK;
    },
  });
  return offset;
}

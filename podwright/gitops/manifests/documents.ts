import { type Document, LineCounter, parseAllDocuments } from 'yaml';
import { readFast } from '../../api/manifests/read-fast';
import type { SourcePlace } from '../../report/finding';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

/** One YAML document of a file, as text. */
export interface ManifestDocument {
  /** The file's path in its folder, with '/' between its parts. */
  readonly file: string;
  /** The document's first line in the file, from 1. */
  readonly line: number;
  readonly text: string;
}

/** An object of a manifest, with the place that it was read from. */
export interface ManifestObject {
  readonly object: Any;
  readonly document: ManifestDocument;
}

/** A file that is no YAML, or holds something else than Kubernetes objects. */
export class ManifestFault extends Error {
  constructor(
    message: string,
    readonly place: SourcePlace,
  ) {
    super(`${place.file}:${place.line}: ${message}`);
  }
}

/** The documents of a file. Text that is the same needs no reading to be known for the same. */
export function documentsOf(file: string, text: string): ManifestDocument[] {
  const documents: ManifestDocument[] = [];
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  let first = 0;
  const take = (end: number): void => {
    const own = lines.slice(first, end);
    // Text after the dashes is the document's.
    if (own[0]?.startsWith('---')) own[0] = own[0].slice(3).trimStart();
    const empty = own.every((line) => /^\s*(#.*)?$/.test(line));
    while (own[0] === '') {
      own.shift();
      first++;
    }
    if (!empty) documents.push({ file, line: first + 1, text: `${own.join('\n')}\n` });
    first = end;
  };
  // Only a line that begins so ends a document: blocks and flow collections of a manifest are indented.
  for (let at = 1; at < lines.length; at++) if (/^---(\s|$)/.test(lines[at] as string)) take(at);
  take(lines.length);
  return documents;
}

/**
 * The objects of a document: one, or those of a List.
 *
 * @throws ManifestFault
 */
export function objectsOf(document: ManifestDocument): ManifestObject[] {
  const value = readFast(document.text) ?? readWhole(document);
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value) || typeof value.kind !== 'string') {
    throw new ManifestFault('is no Kubernetes object; expected apiVersion and kind', place(document, 1, 1));
  }
  const items: Any[] = /List$/.test(value.kind) && Array.isArray(value.items) ? value.items : [value];
  return items.map((object) => ({ object, document }));
}

/** Reads documents, those of the same text once: two sides have most of theirs in common. */
export class DocumentReader {
  private readonly known = new Map<string, readonly Any[]>();

  /** As {@link objectsOf}. */
  objectsOf(document: ManifestDocument): ManifestObject[] {
    const known = this.known.get(document.text);
    if (known) return known.map((object) => ({ object, document }));
    const read = objectsOf(document);
    this.known.set(
      document.text,
      read.map(({ object }) => object),
    );
    return read;
  }
}

function readWhole(document: ManifestDocument): Any {
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(document.text, { lineCounter, merge: true, stringKeys: true }) as Document.Parsed[];
  for (const { errors } of parsed) {
    const [error] = errors;
    if (!error) continue;
    const { line, col } = lineCounter.linePos(error.pos[0]);
    throw new ManifestFault(error.message.replace(/ at line [\s\S]*$/, ''), place(document, line, col));
  }
  if (parsed.length > 1) throw new ManifestFault('holds several documents in one', place(document, 1, 1));
  try {
    return parsed[0]?.toJS();
  } catch (error) {
    // An alias of an anchor that is not there, which is found only now, or of far too much.
    throw new ManifestFault((error as Error).message, place(document, 1, 1));
  }
}

function place({ file, line }: ManifestDocument, lineIn: number, column: number): SourcePlace {
  return { file, line: line + lineIn - 1, column };
}

// Reads what `podwright check` is given: YAML streams, JSON, JSON lines and Lists, each object with where it stands.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, resolve } from 'node:path';
import { type Document, isCollection, isMap, isScalar, LineCounter, parseAllDocuments, parseDocument } from 'yaml';
import { readFast } from '../gitops/manifests/read-fast';
import { CommandError } from './command';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

/** One YAML document or JSON line of a file, as text. */
export interface Part {
  /** As the reader of a report finds it: from the folder of the call; `-` is the standard input. */
  readonly file: string;
  /** Its number in the file, from 0; empty ones count. */
  readonly document: number;
  /** Its first line in the file, from 1. */
  readonly line: number;
  readonly text: string;
}

/** An object that was read. */
export interface ReadObject {
  readonly object: Any;
  readonly part: Part;
  /** The steps to it in its document: those to the item of a List. */
  readonly steps: readonly (string | number)[];
}

/** Text that is no YAML, or holds something else than objects. */
export interface Unreadable {
  readonly part: Part;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** What was read. */
export interface Manifests {
  readonly objects: readonly ReadObject[];
  readonly unreadable: readonly Unreadable[];
}

const EXTENSIONS = new Set(['.yaml', '.yml', '.json', '.jsonl', '.ndjson']);

/**
 * Reads files, folders (all that is in them by the extensions of manifests) and `-`, the standard input.
 * @throws CommandError for a path that is not there
 */
export function readManifests(words: readonly string[], cwd: string, stdin: () => string): Manifests {
  const objects: ReadObject[] = [];
  const unreadable: Unreadable[] = [];
  const seen = new Set<string>();
  for (const word of words) {
    for (const [file, text] of filesOf(word, cwd, stdin)) {
      if (seen.has(file)) continue;
      seen.add(file);
      for (const part of partsOf(file, text)) readPart(part, objects, unreadable);
    }
  }
  return { objects, unreadable };
}

function* filesOf(word: string, cwd: string, stdin: () => string): Generator<[string, string]> {
  if (word === '-') {
    yield ['-', stdin()];
    return;
  }
  const path = resolve(cwd, word);
  let folder: boolean;
  try {
    folder = statSync(path).isDirectory();
  } catch {
    throw new CommandError(`${word} is not there; expected a file, a folder or '-'`);
  }
  const shown = (file: string) => (relative(cwd, file) || file).replaceAll('\\', '/');
  if (!folder) {
    yield [shown(path), readFileSync(path, 'utf8')];
    return;
  }
  for (const file of manifestsIn(path)) yield [shown(file), readFileSync(file, 'utf8')];
}

/** The manifests of a folder, sorted; hidden folders and installed packages are none of them. */
function manifestsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return manifestsIn(path);
      return EXTENSIONS.has(extname(entry.name)) ? [path] : [];
    });
}

/** The documents of a text: lines where each line is an object in JSON, else what '---' divides. */
function partsOf(file: string, whole: string): Part[] {
  const text = whole.charCodeAt(0) === 0xfeff ? whole.slice(1) : whole;
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (isJsonLines(file, lines)) {
    return lines.map((line, index) => ({ file, document: index, line: index + 1, text: line }));
  }
  const parts: Part[] = [];
  let start = 0;
  let begun = false;
  const take = (end: number, next: number): void => {
    parts.push({ file, document: parts.length, line: start + 1, text: `${lines.slice(start, end).join('\n')}\n` });
    start = next;
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    if (line.charCodeAt(0) !== 45 || !/^---(\s|$)/.test(line)) {
      if (line !== '' && line.charCodeAt(0) !== 35 && line.charCodeAt(0) !== 37) begun = true;
      continue;
    }
    // The first dashes of a file begin its first document, whatever comments stand above them.
    if (begun || parts.length > 0 || start > 0) take(at, at + 1);
    else start = at + 1;
    begun = false;
    const rest = line.slice(3).trim();
    if (rest !== '' && !rest.startsWith('#')) {
      lines[at] = `   ${line.slice(3)}`;
      start = at;
      begun = true;
    }
  }
  take(lines.length, lines.length);
  return parts;
}

function isJsonLines(file: string, lines: readonly string[]): boolean {
  if (/\.(jsonl|ndjson)$/.test(file)) return true;
  if (/\.(ya?ml)$/.test(file)) return false;
  const first = lines[0]?.trim() ?? '';
  if (lines.length < 2 || !first.startsWith('{') || !first.endsWith('}')) return false;
  const second = lines.find((line, index) => index > 0 && line.trim() !== '');
  return second?.trimStart().startsWith('{') ?? false;
}

function readPart(part: Part, objects: ReadObject[], unreadable: Unreadable[]): void {
  if (/^\s*$/.test(part.text)) return;
  const fail = (message: string, line = 1, column = 1) =>
    unreadable.push({ part, message, line: part.line + line - 1, column });
  let value: Any;
  try {
    value = part.text.trimStart().startsWith('{') ? readJson(part.text) : readFast(part.text.replaceAll('\r', ''));
    if (value === undefined) value = readWhole(part.text, fail);
  } catch (error) {
    // What a YAML reader throws for an alias of nothing, or too many aliases.
    fail(error instanceof Error ? error.message : String(error));
    return;
  }
  if (value === undefined || value === null) return;
  add(value, [], part, objects, fail);
}

function add(
  value: Any,
  steps: readonly (string | number)[],
  part: Part,
  objects: ReadObject[],
  fail: (message: string) => void,
): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    fail('is no Kubernetes object; expected apiVersion and kind');
  } else if (value.sops?.mac !== undefined) {
    // Encrypted: what it says is not to be seen, and is not what is applied.
  } else if (typeof value.apiVersion !== 'string' || typeof value.kind !== 'string') {
    fail(`${JSON.stringify(`/${steps.join('/')}`)} is no Kubernetes object; expected apiVersion and kind`);
  } else if (value.kind.endsWith('List') && Array.isArray(value.items)) {
    value.items.forEach((item: Any, index: number) => {
      add(item, [...steps, 'items', index], part, objects, fail);
    });
  } else objects.push({ object: value, part, steps });
}

/** What JSON says; undefined for text that is none, which the YAML reader then reads, or finds the fault in. */
function readJson(text: string): Any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readWhole(text: string, fail: (message: string, line?: number, column?: number) => void): Any {
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter, merge: true }) as Document.Parsed[];
  let faults = 0;
  for (const { errors } of parsed) {
    for (const error of errors) {
      const { line, col } = lineCounter.linePos(error.pos[0]);
      fail(error.message.replace(/ at line [\s\S]*$/, ''), line, col);
      faults++;
    }
  }
  return faults > 0 ? undefined : parsed[0]?.toJS();
}

/** Finds fields in documents that were read: parsed a second time, for their places, when something is wrong there. */
export class Places {
  private readonly parsed = new Map<Part, { document: Document; lines: LineCounter }>();

  /** The line and column of a field, or of the nearest thing around it that is there. */
  of(part: Part, steps: readonly (string | number)[]): { line: number; column: number } {
    let known = this.parsed.get(part);
    if (!known) {
      const lines = new LineCounter();
      known = { document: parseDocument(part.text, { lineCounter: lines, logLevel: 'silent' }), lines };
      this.parsed.set(part, known);
    }
    let node: unknown = known.document.contents;
    let offset = rangeOf(node);
    for (const step of steps) {
      if (!isCollection(node)) break;
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
        if (!pair) break;
        offset = rangeOf(pair.key) ?? offset;
        node = pair.value;
      } else {
        const item: unknown = node.items[Number(step)];
        if (item === undefined) break;
        offset = rangeOf(item) ?? offset;
        node = item;
      }
    }
    const { line, col } = known.lines.linePos(offset ?? 0);
    return { line: part.line + Math.max(line, 1) - 1, column: Math.max(col, 1) };
  }
}

function rangeOf(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] } | null)?.range?.[0];
}

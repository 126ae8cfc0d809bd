// The files that a reader of manifests is given, as text.
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { extname, join, relative, resolve } from 'node:path';
import { sleep } from '../sleep';

/** A path that was named and cannot be read; the message says which, and what is expected. */
export class NoManifests extends Error {
  override readonly name = 'NoManifests';
}

/** A file's text, or what is wrong with it. */
export interface ManifestFile {
  /** As the reader of a report finds it: from the folder of the call; `-` is the standard input. */
  readonly file: string;
  /** @default - the file is no text, or too large */
  readonly text?: string;
  /** @default - nothing is wrong */
  readonly fault?: { readonly message: string; readonly line: number; readonly column: number };
}

/** Most bytes of one file: what is larger is no manifest that a person or a chart wrote, and would fill the memory. */
export const MAX_FILE = 32 * 2 ** 20;

const EXTENSIONS = new Set(['.yaml', '.yml', '.json', '.jsonl', '.ndjson']);

/**
 * Files, folders (all that is in them by the extensions of manifests) and `-`, the standard input; each file once.
 *
 * @throws NoManifests for a path that is not there
 */
export function* manifestFiles(words: readonly string[], cwd: string): Generator<ManifestFile> {
  const seen = new Set<string>();
  for (const path of words.flatMap((word) => pathsOf(word, cwd))) {
    if (seen.has(path)) continue;
    seen.add(path);
    const file = path === '-' ? '-' : (relative(cwd, path) || path).replaceAll('\\', '/');
    yield { file, ...read(path) };
  }
}

function pathsOf(word: string, cwd: string): string[] {
  if (word === '-') return ['-'];
  const path = resolve(cwd, word);
  let folder: boolean;
  try {
    folder = statSync(path).isDirectory();
  } catch {
    throw new NoManifests(`${word} is not there; expected a file, a folder or '-'`);
  }
  return folder ? manifestsIn(path) : [path];
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

function read(path: string): Omit<ManifestFile, 'file'> {
  const bytes = path === '-' ? readStdin() : readFile(path);
  if (bytes === undefined) {
    const message = `is larger than ${MAX_FILE / 2 ** 20} MB; expected manifests. Divide it: an object has at most 1.5`;
    return { fault: { message, line: 1, column: 1 } };
  }
  // A byte order mark tells of UTF-16, which YAML and kubectl take.
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff;
  try {
    const text = new TextDecoder(utf16 === true ? 'utf-16be' : utf16 || 'utf-8', { fatal: true }).decode(bytes);
    const nul = text.indexOf('\0');
    return nul < 0 ? { text } : binary(text.slice(0, nul));
  } catch {
    return binary(validPart(bytes));
  }
}

/** The file's bytes; undefined when there are too many to be read. */
function readFile(path: string): Uint8Array | undefined {
  return statSync(path).size > MAX_FILE ? undefined : readFileSync(path);
}

function readStdin(): Uint8Array | undefined {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // A terminal or a pipe that is not ready yet answers EAGAIN by its descriptor; /dev/stdin waits. Sockets have none.
  const descriptor = process.platform === 'win32' || fstatSync(0).isSocket() ? 0 : openSync('/dev/stdin', 'r');
  try {
    for (;;) {
      const chunk = new Uint8Array(2 ** 16);
      const count = readSome(descriptor, chunk);
      if (count === 0) return Buffer.concat(chunks);
      size += count;
      if (size > MAX_FILE) return undefined;
      chunks.push(chunk.subarray(0, count));
    }
  } finally {
    if (descriptor !== 0) closeSync(descriptor);
  }
}

/** @returns how many bytes were read; 0 at the end */
function readSome(descriptor: number, chunk: Uint8Array): number {
  for (;;) {
    try {
      return readSync(descriptor, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      sleep(5);
    }
  }
}

function binary(before: string): Omit<ManifestFile, 'file'> {
  const lines = before.split('\n');
  const message = 'is no text; expected YAML or JSON in UTF-8';
  return { fault: { message, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 } };
}

/** The text before the first byte that is none. */
function validPart(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  const wrong = text.indexOf('\ufffd');
  return wrong < 0 ? text : text.slice(0, wrong);
}

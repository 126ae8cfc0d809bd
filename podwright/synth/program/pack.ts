import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Bytes of a pack: where they begin, and how many there are. */
export type Slice = readonly [start: number, length: number];

/** What tells that a file has been written since: size, times of content and of inode, and the inode. */
export type FileState = readonly [size: number, mtimeMs: number, ctimeMs: number, ino: number];

/** The state of a file; undefined when there is none. */
export function stateOf(path: string): FileState | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats && [stats.size, stats.mtimeMs, stats.ctimeMs, stats.ino];
  } catch {
    return undefined;
  }
}

/** Whether a file is as it was. */
export function isAsIt(path: string, state: FileState): boolean {
  const now = stateOf(path);
  return now?.every((value, index) => value === state[index]) ?? false;
}

const MAGIC = 'podwright pack 1\n';
const FIXED = MAGIC.length + 4;

/** A file of the cache, whole as it was written: a header that is JSON, and bytes that it points into. */
export class Pack<Header> {
  private constructor(
    readonly header: Header,
    private readonly bytes: Buffer,
  ) {}

  /**
   * Reads a pack that is as it was when it was {@link seal}ed: V8 takes a damaged code cache for a whole one, and dies of
   * it. A checksum would tell as well, and take longer.
   *
   * @returns undefined when there is none, or another.
   */
  static read<Header>(path: string, sealed: FileState | undefined): Pack<Header> | undefined {
    if (!sealed || !isAsIt(path, sealed)) return undefined;
    try {
      const file = readFileSync(path);
      if (file.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
      const end = FIXED + file.readUInt32LE(MAGIC.length);
      return new Pack(JSON.parse(file.toString('latin1', FIXED, end)) as Header, file.subarray(end));
    } catch {
      return undefined;
    }
  }

  slice([start, length]: Slice): Buffer {
    return this.bytes.subarray(start, start + length);
  }

  /** A text as {@link PackWriter.text} wrote it. */
  text(slice: Slice, wide: boolean): string {
    return this.slice(slice).toString(wide ? 'utf16le' : 'latin1');
  }
}

/** Puts a pack together. */
export class PackWriter {
  private readonly parts: Buffer[] = [];
  private length = 0;

  add(part: Buffer): Slice {
    const slice: Slice = [this.length, part.length];
    this.parts.push(part);
    this.length += part.length;
    return slice;
  }

  /** A text in the form that is read fastest: a byte a character, or two where one of them needs two. */
  text(text: string): { readonly slice: Slice; readonly wide: boolean } {
    const wide = isWide(text);
    return { slice: this.add(Buffer.from(text, wide ? 'utf16le' : 'latin1')), wide };
  }

  /** Writes the pack; it is of use once it is {@link seal}ed. */
  write(path: string, header: unknown): void {
    const json = JSON.stringify(header).replace(
      /[^\0-\x7f]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    const fixed = Buffer.alloc(FIXED);
    fixed.write(MAGIC, 'latin1');
    fixed.writeUInt32LE(json.length, MAGIC.length);
    replace(path, Buffer.concat([fixed, Buffer.from(json, 'latin1'), ...this.parts]));
  }
}

/** Says of packs that they are whole, as they are now: the next run takes them for that, and none other. */
export function seal<Name extends string>(path: string, packs: Readonly<Record<Name, string>>): void {
  const states = Object.entries<string>(packs).map(([name, pack]) => [name, stateOf(pack)]);
  const text = JSON.stringify(Object.fromEntries(states));
  replace(path, Buffer.from(`${hashOf(text)} ${text}`));
}

/** The states of packs when they were sealed, by name. */
export function sealed<Name extends string>(path: string): { readonly [name in Name]?: FileState } {
  try {
    const [, sum, text = ''] = /^([0-9a-f]{8}) (.*)$/.exec(readFileSync(path, 'latin1')) ?? [];
    return sum === hashOf(text) ? (JSON.parse(text) as { [name in Name]?: FileState }) : {};
  } catch {
    return {};
  }
}

/** A number for a text (FNV-1a), in eight hexadecimal digits. */
export function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/**
 * Writes a file beside, and renames it, so that who reads at the same time sees the old one or the new one. It is on the
 * disk before that. A cache that cannot be written is none, and no error.
 */
function replace(path: string, content: Buffer): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    try {
      const file = openSync(beside, 'w');
      try {
        writeFileSync(file, content);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(beside, path);
    } finally {
      rmSync(beside, { force: true });
    }
  } catch {
    // The next run starts as this one did.
  }
}

/** Whether a text has characters that do not fit into a byte. */
export function isWide(text: string): boolean {
  return /[^\0-\xff]/.test(text);
}

import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';

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

const MAGIC = 'podwright pack 1\n';
const FIXED = MAGIC.length + 8;

/** Whether packs can be read and written here: older releases of Node have no fast checksum. */
export const packsWork = typeof crc32 === 'function';

/** A file of the cache, whole as it was written: a header that is JSON, and bytes that it points into. */
export class Pack<Header> {
  private constructor(
    readonly header: Header,
    private readonly bytes: Buffer,
  ) {}

  /** Reads a pack; undefined when there is none, or what is there is cut off, damaged or no pack. */
  static read<Header>(path: string): Pack<Header> | undefined {
    try {
      const file = readFileSync(path);
      if (file.length < FIXED || file.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
      // V8 takes a damaged code cache for a whole one, and dies of it.
      const sum = crc32(file.subarray(MAGIC.length + 4));
      if (sum !== file.readUInt32LE(MAGIC.length)) return undefined;
      const end = FIXED + file.readUInt32LE(MAGIC.length + 4);
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

  /**
   * Writes the pack beside, and renames it, so that who reads at the same time sees the old one or the new one. A cache
   * that cannot be written is none, and no error.
   */
  write(path: string, header: unknown): void {
    const json = JSON.stringify(header).replace(
      /[^\0-\x7f]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    const fixed = Buffer.alloc(FIXED);
    fixed.write(MAGIC, 'latin1');
    fixed.writeUInt32LE(json.length, MAGIC.length + 4);
    const file = Buffer.concat([fixed, Buffer.from(json, 'latin1'), ...this.parts]);
    file.writeUInt32LE(crc32(file.subarray(MAGIC.length + 4)), MAGIC.length);
    const beside = `${path}.${process.pid}.tmp`;
    try {
      mkdirSync(dirname(path), { recursive: true });
      try {
        writeFileSync(beside, file);
        renameSync(beside, path);
      } finally {
        rmSync(beside, { force: true });
      }
    } catch {
      // The next run starts as this one did.
    }
  }
}

/** Whether a text has characters that do not fit into a byte. */
export function isWide(text: string): boolean {
  return /[^\0-\xff]/.test(text);
}

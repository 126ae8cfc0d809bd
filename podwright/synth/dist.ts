import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Finding } from '../report/finding';
import { toolkitVersion } from './version';

/** Files that are to be in a folder, and what they were made from. */
export interface DistPlan {
  /** The folder, absolute. */
  readonly outdir: string;
  /** The text of each file by its path in the folder, with '/' between its parts; sorted. */
  readonly files: ReadonlyMap<string, string>;
  readonly charts: number;
  readonly objects: number;
  /** What is wrong with the program, but does not stop it. */
  readonly findings: readonly Finding[];
}

/** What {@link writeDist} did, by path. */
export interface DistChange {
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
}

/** The list of the files that synthesis owns: no extension that kubectl reads. */
export const MANIFEST = '.podwright';

/** Writes what is new or changed, removes what was owned and is no more, and leaves others' files alone. */
export function writeDist({ outdir, files }: DistPlan): DistChange {
  const written: string[] = [];
  const unchanged: string[] = [];
  const owned = ownedFiles(outdir);
  const removed = [...owned].filter((path) => !files.has(path)).sort();
  for (const [path, text] of files) {
    (replace(join(outdir, path), text) ? written : unchanged).push(path);
  }
  for (const path of removed) rmSync(join(outdir, path), { force: true });
  replace(join(outdir, MANIFEST), manifest(files));
  return { written, unchanged, removed };
}

function replace(file: string, text: string): boolean {
  if (read(file) === text) return false;
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
  return true;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function manifest(files: ReadonlyMap<string, string>): string {
  const lines = [...files].map(([path, text]) => `file ${createHash('sha256').update(text).digest('hex')} ${path}`);
  return [
    '# What podwright synth made in this folder. After a merge conflict in this file, run it again.',
    `version podwright ${toolkitVersion()}`,
    ...lines,
    '',
  ].join('\n');
}

/** The paths that a manifest lists; with a merge conflict in it, those of both sides. */
function ownedFiles(outdir: string): Set<string> {
  const paths = (read(join(outdir, MANIFEST)) ?? '').matchAll(/^file [0-9a-f]{64} (.+)$/gm);
  return new Set([...paths].map(([, path]) => path ?? '').filter((path) => !path.split('/').includes('..')));
}

import { createHash, hash } from 'node:crypto';
import { sha256 } from './sha256';

/** The name of the list of the files that synthesis owns: no extension that kubectl reads. */
export const MANIFEST = '.podwright';

/** What a folder's manifest says. */
export interface Manifest {
  /**
   * The sha256 of each file that is owned, by its path in the folder. A path has two where a run was killed between
   * its first and last file, or where two branches met: it may have either content.
   */
  readonly files: ReadonlyMap<string, ReadonlySet<string>>;
  /** The versions of what made the files, by name: `podwright`, and each import. */
  readonly versions: ReadonlyMap<string, string>;
  /** The names of the environments that have files here, each a folder: `laptop`, `eu/prod`. */
  readonly environments: readonly string[];
  /** Whether git left a merge conflict in it: then what the files hold may be a merge too. */
  readonly conflicted: boolean;
}

/** The manifest of a folder that has none. */
export const EMPTY: Manifest = { files: new Map(), versions: new Map(), environments: [], conflicted: false };

const HEAD = '# What podwright synth made here. After a merge conflict in this file, run it again.';

/** Reads a manifest; lines that it does not know, as those of a merge conflict, are passed over. */
export function parseManifest(text: string): Manifest {
  const files = new Map<string, Set<string>>();
  const versions = new Map<string, string>();
  const environments = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    const [, sum, path] = /^file ([0-9a-f]{64}) (.+)$/.exec(line) ?? [];
    if (sum !== undefined && path !== undefined) files.set(path, (files.get(path) ?? new Set()).add(sum));
    const [, name, version] = /^version (\S+) (.+)$/.exec(line) ?? [];
    if (name !== undefined && version !== undefined) versions.set(name, version);
    const [, environment] = /^environment (\S+)$/.exec(line) ?? [];
    if (environment !== undefined) environments.add(environment);
  }
  return { files, versions, environments: [...environments], conflicted: /^<{7}/m.test(text) };
}

/**
 * A manifest's text: versions and environments first, then a line a file, sorted by path, so that git merges what can be
 * merged.
 */
export function formatManifest({ files, versions, environments }: Omit<Manifest, 'conflicted'>): string {
  const versionLines = [...versions].sort(byName).map(([name, version]) => `version ${name} ${version}`);
  const environmentLines = [...environments].sort().map((name) => `environment ${name}`);
  const fileLines = [...files].sort(byName).flatMap(([path, sums]) => [...sums].map((sum) => `file ${sum} ${path}`));
  return `${[HEAD, ...versionLines, ...environmentLines, ...fileLines].join('\n')}\n`;
}

/** The sha256 of a file's content, in hexadecimal digits. */
export function sumOf(content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  if (bytes.length <= budget) {
    budget -= bytes.length;
    return sha256(bytes);
  }
  // Node before 20.12 has no one-shot hash.
  return hash?.('sha256', bytes) ?? createHash('sha256').update(bytes).digest('hex');
}

/** Bytes for which node:crypto is not worth its loading; what comes after them is hashed by it. */
let budget = 16_384;

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

// What `podwright graph` draws of manifests.
import { statSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { manifestFiles } from '../api/manifests/files';
import type { ReadObject } from '../api/manifests/read';
import { compare } from '../gitops/diff/compare';
import { Side } from '../gitops/diff/side';
import { Repository } from '../gitops/git';
import type { GraphProps } from '../gitops/graph/graph';
import { placedOf } from '../gitops/graph/program';
import { ManifestFault } from '../gitops/manifests/documents';
import { inReadingOrder } from '../report/located';
import { formatFindings } from '../report/text';
import { type CommandContext, UsageError } from './command';
import { importedCrds } from './crds-option';
import { inFolder } from './diff/program';
import { judgeRead, readGiven } from './judge-manifests';

/**
 * Reads and judges manifests; what is wrong with them is printed, and drawn all the same. What is not among them may be in
 * the cluster.
 *
 * @param base the revision at which the same files are compared
 */
export async function graphManifests(
  words: readonly string[],
  base: string | undefined,
  { cwd, stderr }: CommandContext,
): Promise<GraphProps> {
  if (base !== undefined && words.includes('-')) {
    throw new UsageError("the standard input is at no revision; expected files and folders beside '--diff'");
  }
  const { objects: read, ...unread } = readGiven(words, cwd);
  // The folders in a folder may be environments.
  const roots = words.filter((word) => word !== '-' && isFolder(resolve(cwd, word))).map(pathOf);
  const after = words.includes('-') ? undefined : sideNow(words, cwd, roots);
  const clusters = new Map<string | undefined, ReadObject[]>();
  for (const one of read) {
    const environment = after && environmentOf(after, one.part.file);
    const cluster = clusters.get(environment);
    if (cluster) cluster.push(one);
    else clusters.set(environment, [one]);
  }
  const options = { crds: () => importedCrds(cwd) };
  const findings = inReadingOrder([
    ...judgeRead({ ...unread, objects: [] }, options).findings,
    ...[...clusters.values()].flatMap(
      (objects) => judgeRead({ objects, unreadable: [], encrypted: [] }, options).findings,
    ),
  ]);
  stderr.write(formatFindings(findings));
  return {
    label: words.map((each) => (each === '-' ? 'the standard input' : each)).join(', '),
    objects: [...clusters].flatMap(([environment, objects]) =>
      objects.map(({ object, part: { file, line } }) => ({
        object,
        file,
        line,
        ...(environment !== undefined && { environment }),
      })),
    ),
    findings,
    ...(base !== undefined && after && { diff: await diffOf(words, base, after, roots, cwd) }),
  };
}

async function diffOf(
  words: readonly string[],
  base: string,
  after: Side,
  roots: readonly string[],
  cwd: string,
): Promise<GraphProps['diff']> {
  const repository = await Repository.of(cwd);
  const commit = await repository.commit(base);
  const files = new Map<string, string>();
  for (const word of words) {
    const path = resolve(cwd, word);
    if (isFolder(path)) {
      for (const [file, bytes] of await repository.filesAt(commit, path)) {
        if (/\.(ya?ml|json)$/.test(file)) files.set(inFolder(pathOf(word), file), bytes.toString());
      }
    } else {
      const bytes = await repository.fileAt(commit, path);
      if (bytes) files.set(pathOf(word), bytes.toString());
    }
  }
  const before = new Side({ label: `${words.join(', ')} at ${await repository.short(commit)}`, files, roots });
  return { report: compare(before, after), before: placedOf(before) };
}

function sideNow(words: readonly string[], cwd: string, roots: readonly string[]): Side {
  const files = [...manifestFiles(words, cwd)].map(({ file, text = '' }) => [file, text] as const);
  return new Side({ label: 'now', files: new Map(files), roots });
}

/** What is no YAML stream has no environments. */
function environmentOf(side: Side, file: string): string | undefined {
  try {
    return side.environmentOf(file);
  } catch (error) {
    if (error instanceof ManifestFault) return undefined;
    throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path).isDirectory();
}

/** A file or folder as the paths of its files begin; '' for the folder of the call. */
function pathOf(word: string): string {
  const path = posix.normalize(word.replaceAll('\\', '/')).replace(/\/$/, '');
  return path === '.' ? '' : path;
}

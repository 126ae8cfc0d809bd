// What `podwright graph` draws of manifests.
import { statSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { manifestFiles } from '../api/manifests/files';
import { compare } from '../gitops/diff/compare';
import { Side, type SideProps } from '../gitops/diff/side';
import { Repository } from '../gitops/git';
import type { GraphProps } from '../gitops/graph/graph';
import { placedOf } from '../gitops/graph/program';
import { ManifestFault } from '../gitops/manifests/documents';
import { environmentsIn } from '../gitops/manifests/environments';
import { formatFindings } from '../report/text';
import { type CommandContext, UsageError } from './command';
import { importedCrds } from './crds-option';
import { inFolder } from './diff/program';
import { clustersOf, judgeClusters, readGiven } from './judge-manifests';

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
  const { objects: read, unreadable } = readGiven(words, cwd);
  const known = environmentsOf(words, cwd);
  const after = words.includes('-') ? undefined : sideNow(words, cwd, known);
  const clusters = clustersOf(read, ({ part }) => after && environmentOf(after, part.file));
  const { findings } = judgeClusters(clusters.values(), unreadable, { crds: () => importedCrds(cwd) });
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
    ...(base !== undefined && after && { diff: await diffOf(words, base, after, known, cwd) }),
  };
}

async function diffOf(
  words: readonly string[],
  base: string,
  after: Side,
  known: Environments,
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
  const before = new Side({ label: `${words.join(', ')} at ${await repository.short(commit)}`, files, ...known });
  return { report: compare(before, after), before: placedOf(before) };
}

type Environments = Pick<SideProps, 'roots' | 'environments' | 'mayHaveOthers'>;

/** The folders in a folder may be environments: as their synthesis has written down, else as their objects tell. */
function environmentsOf(words: readonly string[], cwd: string): Environments {
  const roots = words.filter((word) => word !== '-' && isFolder(resolve(cwd, word))).map(pathOf);
  const environments = roots.flatMap((root) => environmentsIn(resolve(cwd, root)));
  return { roots, environments, mayHaveOthers: environments.length === 0 };
}

function sideNow(words: readonly string[], cwd: string, known: Environments): Side {
  const files = [...manifestFiles(words, cwd)].map(({ file, text = '' }) => [file, text] as const);
  return new Side({ label: 'now', files: new Map(files), ...known });
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

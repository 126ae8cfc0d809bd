// The two states that are compared, made from git, from the working tree and from a program.
import { relative, resolve } from 'node:path';
import { controllersIn, KUSTOMIZATION } from '../../gitops/controllers';
import { Side } from '../../gitops/diff/side';
import { APPLIED, readState } from '../../gitops/drift';
import type { Repository } from '../../gitops/git';
import type { DocumentReader } from '../../gitops/manifests/documents';
import { MANIFEST, type Manifest, parseManifest } from '../../synth/dist/manifest';
import { inFolder, type Program } from './program';

/** Reads a folder's files somewhere, by their paths in it. */
export type Read = (folder: string) => Promise<ReadonlyMap<string, Buffer>>;

/** The files of the working tree. */
export function inTree(cwd: string): Read {
  return async (folder) => readState(resolve(cwd, folder));
}

/** The files of a commit. */
export function atCommit(repository: Repository, cwd: string, commit: string): Read {
  return (folder) => repository.filesAt(commit, resolve(cwd, folder));
}

/** What of dist is compared. */
export interface DistOptions {
  readonly label: string;
  /** The folders: `dist`. */
  readonly roots: readonly string[];
  /** The folder of what GitOps controllers are told about them. */
  readonly clusters: string;
  /** The folder of the call in its repository, '' for the top. */
  readonly inside: string;
  /** What reads the documents of both sides. @default - each reads its own */
  readonly reader?: DocumentReader;
  /**
   * The environments that a program has now: only the files that synthesis owns are compared with that program.
   * @default - all that is applied is compared
   */
  readonly environments?: readonly string[];
}

/** Dist as a side, and what made it. */
export interface DistSide {
  readonly side: Side;
  readonly versions: ReadonlyMap<string, string>;
  /** The files that are applied, but which are not compared, as no program makes them. */
  readonly others: readonly string[];
}

/** Dist as it is somewhere. */
export async function distSide(
  read: Read,
  { label, roots, clusters, inside, environments, reader }: DistOptions,
): Promise<DistSide> {
  const files = new Map<string, string>();
  const versions = new Map<string, string>();
  const others: string[] = [];
  const written: string[] = [];
  for (const root of [...roots, clusters]) {
    const found = await read(root);
    const manifest = manifestIn(found);
    for (const [name, version] of manifest?.versions ?? []) versions.set(name, version);
    if (root !== clusters) written.push(...(manifest?.environments ?? []));
    for (const [path, content] of found) {
      if (!isApplied(path)) continue;
      const file = inFolder(root, path);
      if (!environments || !manifest || manifest.files.has(path)) files.set(file, content.toString());
      // What others have among clusters is no matter of the program's.
      else if (root !== clusters) others.push(file);
    }
  }
  const controllers = controllersIn(await filesIn(clusters, read), inside);
  const side = new Side({
    label,
    files,
    roots,
    clusters,
    controllers,
    environments: [...new Set([...(environments ?? []), ...written])],
    mayHaveOthers: written.length === 0,
    reader,
  });
  return { side, versions, others };
}

/** A program as a side. */
export async function programSide(
  program: Program,
  read: Read,
  { label, inside, reader }: Pick<DistOptions, 'label' | 'inside' | 'reader'>,
): Promise<Side> {
  const { roots, clusters, environments, originOf } = program;
  const files = new Map([...program.files].filter(([file]) => isApplied(file)));
  const said = [...program.files].filter(([file]) => file.startsWith(`${clusters}/`));
  // What it says goes before what is there.
  const controllers = controllersIn(new Map([...(await filesIn(clusters, read)), ...said]), inside);
  return new Side({ label, files, roots, clusters, environments, originOf, controllers, reader });
}

/** The folder of the call in a repository, with slashes; '' for its top. */
export function insideOf(repository: Repository, cwd: string): string {
  return relative(repository.root, cwd).replaceAll('\\', '/');
}

async function filesIn(folder: string, read: Read): Promise<Map<string, string>> {
  const found = [...(await read(folder))].filter(([path]) => APPLIED.test(path));
  return new Map(found.map(([path, content]) => [inFolder(folder, path), content.toString()]));
}

function isApplied(path: string): boolean {
  return APPLIED.test(path) && !KUSTOMIZATION.test(path);
}

function manifestIn(files: ReadonlyMap<string, Buffer>): Manifest | undefined {
  const text = files.get(MANIFEST);
  return text && parseManifest(text.toString());
}

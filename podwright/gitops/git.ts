import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join, posix, relative, resolve, sep } from 'node:path';
import { GitError, git } from './run-git';

export { GitError } from './run-git';

/** What git knows of the files in a folder that are not as the last commit has them. */
export interface Unknown {
  /** Files that git does not follow. */
  readonly untracked: ReadonlySet<string>;
  /** Files that a .gitignore keeps out. */
  readonly ignored: ReadonlySet<string>;
}

/** A checkout of a revision beside the working tree. */
export interface Checkout {
  /** The folder that stands for the one that the command was called in. */
  readonly folder: string;
  /** Takes it away again. */
  remove(): Promise<void>;
}

/** The lockfiles of the package managers, in the order in which they are looked for. */
const LOCKFILES = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb'];

/** A git repository, asked by the `git` command, from one folder in it. */
export class Repository {
  private constructor(
    /** The working tree's top folder. */
    readonly root: string,
    /** The folder that it is asked from. */
    readonly folder: string,
  ) {}

  /**
   * The repository that a folder is in.
   *
   * @throws GitError when it is in none, or there is no git
   */
  static async of(folder: string): Promise<Repository> {
    const root = await git(folder, ['rev-parse', '--show-toplevel']);
    return new Repository(resolve(root.toString().trim()), folder);
  }

  /** As {@link Repository.of}; undefined when the folder is in none. */
  static async tryOf(folder: string): Promise<Repository | undefined> {
    return Repository.of(folder).catch((error: unknown) => {
      if (error instanceof GitError) return undefined;
      throw error;
    });
  }

  /**
   * The commit that a revision names: a branch, a tag, `HEAD~1`.
   *
   * @throws GitError when it names none
   */
  async commit(revision: string): Promise<string> {
    const name = await git(this.folder, [
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${revision}^{commit}`,
    ]).catch(() => undefined);
    if (!name)
      throw new GitError(`'${revision}' names no commit; expected a branch, a tag or a commit of ${this.root}`);
    return name.toString().trim();
  }

  /** A commit's short name, for a reader. */
  async short(commit: string): Promise<string> {
    return (await git(this.folder, ['rev-parse', '--short', commit])).toString().trim();
  }

  /** The files of a folder at a commit, by their paths in it. Links are left out. */
  async filesAt(commit: string, folder: string): Promise<Map<string, Buffer>> {
    const path = this.pathOf(folder);
    const listed = await git(this.root, [
      'ls-tree',
      '-r',
      '-z',
      '--full-tree',
      commit,
      '--',
      ...(path === '' ? [] : [`${path}/`]),
    ]);
    return this.read(listed, path, /^(\d+) blob (\w+)\t(.*)$/s);
  }

  /** The files of a folder as they are staged for the next commit. */
  async filesStaged(folder: string): Promise<Map<string, Buffer>> {
    const path = this.pathOf(folder);
    const listed = await git(this.root, ['ls-files', '-s', '-z', '--', ...(path === '' ? [] : [`${path}/`])]);
    return this.read(listed, path, /^(\d+) (\w+) \d\t(.*)$/s);
  }

  /** A file at a commit; undefined when there is none. */
  async fileAt(commit: string, file: string): Promise<Buffer | undefined> {
    const found = await this.contents([`${commit}:${this.pathOf(file)}`]);
    return found[0];
  }

  /**
   * The files of a folder as they were before each commit, up to one, that took away a line.
   *
   * @param line a regular expression as git takes it
   * @returns pairs of a path from the folder that the repository is asked from, and the file's content
   */
  async filesBeforeRemoval(commit: string, folder: string, line: string): Promise<[path: string, content: Buffer][]> {
    const path = this.pathOf(folder);
    const form = ['--format=%x00%H', '--patch', '--unified=0', '--no-renames', '--no-color', '--no-ext-diff'];
    const within = ['--', ...(path === '' ? [] : [`:(top)${path}/`])];
    const log = await git(this.root, ['-c', 'core.quotePath=false', 'log', ...form, '-G', line, commit, ...within]);
    const removed = new RegExp(`^-${line.replace(/^\^/, '')}`, 'm');
    const changed = log
      .toString()
      .split('\0')
      .flatMap((entry) => {
        const [hash = '', ...files] = entry.split(/^diff --git .*$/m);
        return files.flatMap((patch) => {
          const file = /^--- a\/(.*?)\t?$/m.exec(patch)?.[1];
          return file !== undefined && removed.test(patch) ? [{ hash: hash.trim(), file }] : [];
        });
      });
    const contents = await this.contents(changed.map(({ hash, file }) => `${hash}^:${file}`));
    const inside = this.pathOf('.');
    return changed.flatMap(({ file }, index) => {
      const content = contents[index];
      return content ? [[posix.relative(inside, file), content]] : [];
    });
  }

  /** The files below a folder that are in no commit to come, by their paths in it. */
  async unknown(folder: string): Promise<Unknown> {
    const path = this.pathOf(folder);
    const args = ['status', '--porcelain=v1', '-z', '--untracked-files=all', '--ignored=matching', '--', path || '.'];
    const entries = (await git(this.root, args)).toString().split('\0');
    const start = 3 + (path === '' ? 0 : path.length + 1);
    const those = (mark: string) =>
      new Set(entries.filter((entry) => entry.startsWith(`${mark} `)).map((entry) => entry.slice(start)));
    return { untracked: those('??'), ignored: those('!!') };
  }

  /** The name of a lockfile that is other at a commit than in the working tree; undefined when all are the same. */
  async otherLockfile(commit: string): Promise<string | undefined> {
    for (const folder of new Set([this.folder, this.root])) {
      for (const name of LOCKFILES) {
        const file = join(folder, name);
        const [now, then] = [await this.workingFile(file), await this.fileAt(commit, file)];
        if (now === undefined && then === undefined) continue;
        if (now === undefined || then === undefined || !now.equals(then)) return name;
      }
    }
    return undefined;
  }

  /**
   * Checks a commit out beside the working tree, with the packages that are installed here.
   *
   * @throws GitError
   */
  async checkout(commit: string): Promise<Checkout> {
    const root = mkdtempSync(join(tmpdir(), 'podwright-worktree-'));
    const remove = async () => {
      await git(this.root, ['worktree', 'remove', '--force', root]).catch(() => undefined);
      rmSync(root, { recursive: true, force: true });
      await git(this.root, ['worktree', 'prune']);
    };
    try {
      // Nobody's hooks are to run for it.
      await git(this.root, ['-c', `core.hooksPath=${devNull}`, 'worktree', 'add', '--detach', '--quiet', root, commit]);
      const inside = relative(this.root, this.folder);
      for (const folder of new Set(['', inside])) {
        const [packages, link] = [this.root, root].map((top) => join(top, folder, 'node_modules')) as [string, string];
        if (existsSync(packages) && !existsSync(link)) symlinkSync(packages, link, 'junction');
      }
      return { folder: join(root, inside), remove };
    } catch (error) {
      await remove();
      throw error;
    }
  }

  /** A path in the repository as git has it. */
  private pathOf(path: string): string {
    return relative(this.root, resolve(this.folder, path)).split(sep).join('/');
  }

  private async workingFile(file: string): Promise<Buffer | undefined> {
    return readFile(file).catch(() => undefined);
  }

  private async read(listed: Buffer, folder: string, form: RegExp): Promise<Map<string, Buffer>> {
    const entries = listed
      .toString()
      .split('\0')
      .map((entry) => form.exec(entry))
      .filter((match): match is RegExpExecArray => match !== null && match[1] !== '120000')
      .map(([, , id = '', path = '']) => ({ id, path: folder === '' ? path : path.slice(folder.length + 1) }));
    const contents = await this.contents(entries.map(({ id }) => id));
    return new Map(entries.map(({ path }, index) => [path, contents[index] ?? Buffer.alloc(0)]));
  }

  /** The contents of blobs by name, all by one process. */
  private async contents(names: readonly string[]): Promise<(Buffer | undefined)[]> {
    if (names.length === 0) return [];
    const output = await git(this.root, ['cat-file', '--batch'], `${names.join('\n')}\n`);
    const found: (Buffer | undefined)[] = [];
    let at = 0;
    for (let count = 0; count < names.length; count++) {
      const end = output.indexOf('\n', at);
      const [, , size] = output.toString('utf8', at, end).split(' ');
      at = end + 1;
      const length = Number(size);
      if (size === undefined || Number.isNaN(length)) {
        found.push(undefined);
        continue;
      }
      found.push(output.subarray(at, at + length));
      at += length + 1;
    }
    return found;
  }
}

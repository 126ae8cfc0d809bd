import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GitError, Repository } from '../git';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'podwright-git-')));
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'a');
  git('config', 'user.email', 'a@b.example');
  git('config', 'core.autocrlf', 'false');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}
function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
function commit(files: { [path: string]: string }): string {
  for (const [path, text] of Object.entries(files)) write(path, text);
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '-m', 'a');
  return git('rev-parse', 'HEAD');
}
const texts = (files: Map<string, Buffer>) =>
  Object.fromEntries([...files].map(([path, content]) => [path, content.toString()]));

test('reads a folder at a commit, from a folder below the top', async () => {
  const odd = 'ü "quoted"\n.yaml';
  const first = commit({
    'app/dist/a.yaml': 'a: 1\n',
    [`app/dist/b/${odd}`]: '',
    'app/other': '',
    'dist/c.yaml': 'top',
  });
  commit({ 'app/dist/a.yaml': 'a: 2\n' });
  const repository = await Repository.of(join(root, 'app'));
  expect(texts(await repository.filesAt(first, 'dist'))).toEqual({ 'a.yaml': 'a: 1\n', [`b/${odd}`]: '' });
  expect(texts(await repository.filesAt(await repository.commit('HEAD'), 'dist'))['a.yaml']).toBe('a: 2\n');
  expect(texts(await repository.filesAt(first, 'nothing'))).toEqual({});
  expect((await repository.fileAt(first, 'dist/a.yaml'))?.toString()).toBe('a: 1\n');
  expect(await repository.fileAt(first, 'dist/none.yaml')).toBeUndefined();
  expect(first.startsWith(await repository.short(first))).toBe(true);
});

test('leaves links out', async () => {
  write('dist/a.yaml', 'a');
  symlinkSync('/etc/passwd', join(root, 'dist/link.yaml'));
  const id = commit({});
  const repository = await Repository.of(root);
  expect(texts(await repository.filesAt(id, 'dist'))).toEqual({ 'a.yaml': 'a' });
});

test('reads what is staged, and what git does not know', async () => {
  commit({ 'dist/a.yaml': 'a', '.gitignore': '*.log\n' });
  write('dist/a.yaml', 'staged');
  git('add', 'dist/a.yaml');
  write('dist/a.yaml', 'not staged');
  write('dist/new/b.yaml', '');
  write('dist/c.log', '');
  write('other.yaml', '');
  const repository = await Repository.of(root);
  expect(texts(await repository.filesStaged('dist'))).toEqual({ 'a.yaml': 'staged' });
  const { untracked, ignored } = await repository.unknown('dist');
  expect([[...untracked], [...ignored]]).toEqual([['new/b.yaml'], ['c.log']]);
});

test("asks its own repository in another's hook", async () => {
  commit({ 'dist/a.yaml': 'a' });
  process.env.GIT_DIR = '/nowhere';
  process.env.GIT_INDEX_FILE = '/nowhere/index';
  try {
    const repository = await Repository.of(root);
    expect(texts(await repository.filesStaged('dist'))).toEqual({ 'a.yaml': 'a' });
  } finally {
    delete process.env.GIT_DIR;
    delete process.env.GIT_INDEX_FILE;
  }
});

test('checks a commit out beside, with the packages installed here, and takes it away', async () => {
  const first = commit({ 'app/main.ts': 'first', '.gitignore': 'node_modules\n' });
  commit({ 'app/main.ts': 'second' });
  write('node_modules/a/index.js', 'installed');
  const repository = await Repository.of(join(root, 'app'));
  const { folder, remove } = await repository.checkout(first);
  expect(readFileSync(join(folder, 'main.ts'), 'utf8')).toBe('first');
  expect(readFileSync(join(folder, '../node_modules/a/index.js'), 'utf8')).toBe('installed');
  await remove();
  expect(existsSync(folder)).toBe(false);
  expect(git('worktree', 'list').split('\n')).toHaveLength(1);
  expect(readFileSync(join(root, 'node_modules/a/index.js'), 'utf8')).toBe('installed');
});

test('knows a lockfile that is other', async () => {
  const first = commit({ 'package-lock.json': '1' });
  const repository = await Repository.of(root);
  expect(await repository.otherLockfile(first)).toBeUndefined();
  write('package-lock.json', '2');
  expect(await repository.otherLockfile(first)).toBe('package-lock.json');
  rmSync(join(root, 'package-lock.json'));
  expect(await repository.otherLockfile(first)).toBe('package-lock.json');
});

test.each(['nothing', '', '-h', 'HEAD:dist', '--all'])('fails for %j, which names no commit', async (revision) => {
  commit({ 'dist/a.yaml': '' });
  const repository = await Repository.of(root);
  await expect(repository.commit(revision)).rejects.toThrow(`'${revision}' names no commit; expected a branch, a tag`);
});

test('is none outside of a repository', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'podwright-none-'));
  await expect(Repository.of(outside)).rejects.toThrow(GitError);
  expect(await Repository.tryOf(outside)).toBeUndefined();
  rmSync(outside, { recursive: true });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { environmentsIn, WrittenEnvironments } from '../environments';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwright-environments-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function list(root: string, text: string): void {
  const file = join(folder, root, '.podwright');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The environment and the folder of it that each file is in. */
function found(...files: string[]) {
  const written = new WrittenEnvironments();
  return files.map((file) => {
    const { name, folder: own = folder } = written.of(join(folder, file)) ?? {};
    return [name, own.slice(folder.length + 1)];
  });
}

test.each([
  ['no list', undefined],
  ['an empty list', ''],
  ['a list that is none', '\0environment\nenvironment\nenvironment \nenvironment a b\n'],
  ['a list without environments', `version podwright 1\nfile ${'a'.repeat(64)} dev/a.k8s.yaml\n`],
])('files are in no environment by %s', (_, text) => {
  if (text !== undefined) list('dist', text);
  expect(environmentsIn(join(folder, 'dist'))).toEqual([]);
  expect(found('dist/dev/a.yaml', 'dist/a.yaml', 'a.yaml')).toEqual(Array(3).fill([undefined, '']));
});

test('a list that is a folder says nothing', () => {
  mkdirSync(join(folder, 'dist/.podwright'), { recursive: true });
  expect(found('dist/dev/a.yaml')).toEqual([[undefined, '']]);
});

test('both sides of a merge conflict are read', () => {
  list('dist', '<<<<<<< HEAD\nenvironment dev\n=======\r\nenvironment lab\r\n>>>>>>> main\n');
  expect(environmentsIn(join(folder, 'dist'))).toEqual(['dev', 'lab']);
});

test('a file is in the innermost environment whose folder it is below', () => {
  list('dist', 'environment eu\nenvironment eu/prod\n');
  expect(
    found('dist/a.yaml', 'dist/eu/a.yaml', 'dist/eu/prod/chart/a.yaml', 'dist/europe/a.yaml', 'dist/eu.yaml'),
  ).toEqual([
    [undefined, ''],
    ['eu', 'dist/eu'],
    ['eu/prod', 'dist/eu/prod'],
    [undefined, ''],
    [undefined, ''],
  ]);
});

test('environments of one name in two folders are two', () => {
  list('a/dist', 'environment prod\n');
  list('b/dist', 'environment prod\n');
  expect(found('a/dist/prod/x.yaml', 'b/dist/prod/x.yaml')).toEqual([
    ['prod', 'a/dist/prod'],
    ['prod', 'b/dist/prod'],
  ]);
});

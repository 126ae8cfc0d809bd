import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { call, root } from './support';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwright-init-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function init(...words: string[]) {
  return call(['init', ...words], { cwd: folder });
}

const manifest = (name = 'pods') => JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8'));

test.each([
  [[], 'expected a NAME: npx podwright init my-pods'],
  [['a', 'b'], "unexpected word 'b'; expected one NAME"],
  [['-x'], "unknown option '-x'"],
  [['.hidden'], "'.hidden' cannot be the name of a package"],
  [['a b'], "'a b' cannot be the name of a package"],
  [['node_modules'], "'node_modules' cannot be the name of a package"],
])('refuses %j, and writes nothing', async (words, said) => {
  const { status, stderr } = await init(...words);
  expect({ status, told: stderr.includes(said) }).toEqual({ status: 2, told: true });
  expect(readdirSync(folder)).toEqual([]);
});

test('writes into no folder that holds something, and names what it holds', async () => {
  mkdirSync(join(folder, 'pods'));
  writeFileSync(join(folder, 'pods', 'main.ts'), 'mine');
  expect(await init('pods')).toMatchObject({
    status: 2,
    stderr: 'podwright init: pods holds main.ts; expected a folder that is new or empty. Nothing was written\n',
  });
  expect(readdirSync(join(folder, 'pods'))).toEqual(['main.ts']);
});

test('leaves the licence, the README and the .gitignore of a new repository as they are', async () => {
  mkdirSync(join(folder, 'pods', '.git'), { recursive: true });
  for (const file of ['LICENSE', 'README.md', '.gitignore']) writeFileSync(join(folder, 'pods', file), 'mine');
  expect(await init('pods')).toMatchObject({ status: 0 });
  expect(
    ['LICENSE', 'README.md', '.gitignore'].map((file) => readFileSync(join(folder, 'pods', file), 'utf8')),
  ).toEqual(['mine', 'mine', 'mine']);
  expect(existsSync(join(folder, 'pods', 'main.ts'))).toBe(true);
});

test('takes the toolkit from where the calling project has it', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'podwright', 'package.json'), 'utf8'));
  await init('pods');
  expect(manifest().dependencies.podwright).toBe(`^${version}`);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies: { podwright: 'file:podwright-1.tgz' } }));
  await init('others');
  expect(manifest('others').dependencies.podwright).toBe('file:../podwright-1.tgz');
});

test('the new project passes its own tests, types and lint, and dist is what its hook expects', async () => {
  expect((await init('pods')).stdout).toBe(
    '14 files written to pods. Next:\n\n  cd pods\n  git init\n  npm install\n  npm run synth\n  npm test\n',
  );
  const project = join(folder, 'pods');
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'), 'junction');
  const jest = readFileSync(join(project, 'jest.config.js'), 'utf8');
  // Here the toolkit is its sources: what the package has compiled is tried by `npm run check:package`.
  writeFileSync(
    join(folder, 'jest.config.js'),
    `${jest}
module.exports.rootDir = ${JSON.stringify(project)};
module.exports.transform = { '\\\\.ts$': ${JSON.stringify(join(root, 'scripts', 'jest-transform.cjs'))} };
module.exports.transformIgnorePatterns = [];
module.exports.haste = { retainAllFiles: true };
module.exports.testEnvironmentOptions = { customExportConditions: ['podwright-source', 'require', 'node', 'default'] };
`,
  );
  const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
  const bin = (name: string) => join(root, 'node_modules', name);
  const tested = node(bin('jest/bin/jest.js'), '--config', join(folder, 'jest.config.js'), '--ci', '-i');
  expect(tested.stderr).toMatch(/Tests: +2 passed, 2 total\nSnapshots: +1 passed, 1 total/);

  const synth = (...args: string[]) => node(join(root, 'podwright', 'bin', 'podwright.js'), 'synth', ...args);
  expect(synth()).toMatchObject({ status: 0 });
  expect(readdirSync(join(project, 'dist')).sort()).toEqual(['.podwright', 'counter.k8s.yaml']);
  expect(synth('--check')).toMatchObject({ status: 0 });
  writeFileSync(join(project, 'dist', 'counter.k8s.yaml'), 'kind: Pod\n');
  expect(synth('--check')).toMatchObject({ status: 1 });

  const config = { extends: './tsconfig.json', compilerOptions: { customConditions: ['podwright-source'] } };
  writeFileSync(join(project, 'tsconfig.test.json'), JSON.stringify(config));
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'lib', 'tsc.js');
  expect(node(tsc, '--noEmit', '-p', 'tsconfig.test.json').stdout).toBe('');
}, 120_000);

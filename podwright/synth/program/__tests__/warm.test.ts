// Runs of the command in processes of their own: what is kept from one to the next must never show but by its speed.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..', '..', '..', '..');
const bin = join(root, 'podwright', 'bin', 'podwright.js');

/** A Pod whose image says what the modules of the program say; on stdout, whether anything was transpiled. */
const MAIN = `import { Chart } from 'cdk8s';
import { App, Pod } from 'podwright';
import { image, Fields } from './image';
const app = new App();
if (process.env.FAIL) throw new Error('asked to fail');
const args = [String('field' in new Fields()), require('node:fs').readFileSync('data.txt', 'utf8')];
new Pod(new Chart(app, 'one'), 'pod', { containers: [{ name: 'main', image: image(), args }] });
app.synth();
console.log(Object.keys(require.cache).some((file) => /sucrase/.test(file)) ? 'transpiled' : 'kept');
`;
const IMAGE = `export class Fields { field; }
export function image(): string {
  if (process.env.THROW) throw new TypeError('thrown below');
  return 'busybox:1';
}
`;

jest.setTimeout(60_000);

let folder: string;

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    fs.mkdirSync(dirname(join(folder, path)), { recursive: true });
    fs.writeFileSync(join(folder, path), content);
  }
}

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(env: NodeJS.ProcessEnv = {}, ...args: string[]): Run {
  const options = { cwd: folder, env: { ...process.env, ...env }, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'synth', ...args], options);
  return { status, stdout, stderr };
}

/** What a run says of its program: whether it was transpiled, and the Pod's image and arguments. */
function said(result = run()): string {
  if (result.status !== 0) return result.stderr;
  const yaml = fs.readFileSync(join(folder, 'dist', 'one.k8s.yaml'), 'utf8');
  const args = [...yaml.matchAll(/^ +- ("?[\w ]+"?)$/gm)].map(([, word]) => word);
  return [result.stdout.trim(), /image: (.*)/.exec(yaml)?.[1], ...args.slice(0, 2)].join(' ');
}

function packs(): string[] {
  const cache = join(folder, 'node_modules', '.cache', 'podwright');
  return fs.readdirSync(cache).map((name) => join(cache, name));
}

beforeAll(() => {
  folder = fs.realpathSync(fs.mkdtempSync(join(os.tmpdir(), 'podwright-warm-')));
  fs.mkdirSync(join(folder, 'node_modules'));
  for (const name of ['cdk8s', 'constructs', 'podwright'])
    fs.symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'junction');
});

beforeEach(() => {
  for (const name of fs.readdirSync(folder)) if (!/^(node_modules|dist)$/.test(name)) fs.rmSync(join(folder, name));
  write({
    'main.ts': MAIN,
    'image.ts': IMAGE,
    'data.txt': 'one',
    'package.json': '{}',
    'tsconfig.json': '{ "extends": "./base.json" }',
    'base.json': '{ "compilerOptions": { "target": "es2022" } }',
  });
});

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

test('a program that has not changed is transpiled once, and says the same', () => {
  expect(said()).toBe('transpiled busybox:1 "true" one');
  const dist = fs.readFileSync(join(folder, 'dist', 'one.k8s.yaml'));
  expect(said()).toBe('kept busybox:1 "true" one');
  expect(said()).toBe('kept busybox:1 "true" one');
  expect(fs.readFileSync(join(folder, 'dist', 'one.k8s.yaml'))).toEqual(dist);
});

test('an error is at its line of TypeScript, whether its module was kept or not', () => {
  const kept = run({ THROW: '1' });
  expect(kept).toMatchObject({
    status: 2,
    stderr: `error: image.ts:3: TypeError: thrown below
  1 | export class Fields { field; }
  2 | export function image(): string {
> 3 |   if (process.env.THROW) throw new TypeError('thrown below');
  4 |   return 'busybox:1';
    at (main.ts:7)
`,
  });
  const cold = run({ THROW: '1', NODE_DISABLE_COMPILE_CACHE: '1' });
  expect(cold).toEqual(kept);
});

describe('each change is seen', () => {
  test('of a module', () => {
    write({ 'image.ts': IMAGE.replace('busybox:1', 'busybox:2') });
    expect(said()).toBe('transpiled busybox:2 "true" one');
    expect(said()).toBe('kept busybox:2 "true" one');
  });

  test('of a module whose time and size stay the same', () => {
    const { atime, mtime } = fs.statSync(join(folder, 'image.ts'));
    write({ 'image.ts': IMAGE.replace('busybox:1', 'busybox:3') });
    fs.utimesSync(join(folder, 'image.ts'), atime, mtime);
    expect(said()).toBe('transpiled busybox:3 "true" one');
  });

  test('of a data file', () => {
    said();
    write({ 'data.txt': 'two' });
    expect(said()).toBe('kept busybox:1 "true" two');
  });

  test('of what tsconfig.json extends', () => {
    said();
    write({ 'base.json': '{ "compilerOptions": { "target": "es2021" } }' });
    expect(said()).toBe('transpiled busybox:1 "false" one');
    expect(said()).toBe('kept busybox:1 "false" one');
  });

  test('of a module that takes the place of another', () => {
    write({
      'main.ts': MAIN.replace("'./image'", "'./image.js'"),
      'image.js': 'exports.image = () => "old"; exports.Fields = class { field = 1 };',
    });
    fs.renameSync(join(folder, 'image.ts'), join(folder, 'image.txt'));
    expect(said()).toBe('transpiled old "true" one');
    expect(said()).toBe('kept old "true" one');
    fs.renameSync(join(folder, 'image.txt'), join(folder, 'image.ts'));
    expect(said()).toBe('transpiled busybox:1 "true" one');
  });

  test('of the kind of module that package.json says', () => {
    write({
      'main.ts': MAIN.replace(
        "import { image, Fields } from './image'",
        "import m from './image.cjs'; const { image, Fields } = m",
      ),
      'image.cjs':
        'exports.__esModule = true; exports.image = () => "all"; exports.Fields = class { field = 1 }; exports.default = { ...exports, image: () => "default" };',
    });
    expect(said()).toBe('transpiled default "true" one');
    write({ 'package.json': '{ "type": "module" }' });
    expect(said()).toBe('transpiled all "true" one');
  });

  test('of which file is the program', () => {
    write({ 'cdk8s.yaml': 'app: npx ts-node other.ts\n', 'other.ts': MAIN.replace('image()', '"other"') });
    expect(said()).toBe('transpiled other "true" one');
    fs.rmSync(join(folder, 'cdk8s.yaml'));
    expect(said()).toBe('transpiled busybox:1 "true" one');
  });

  test('of a package, and of what is installed', () => {
    const words = (word: string) => ({ 'node_modules/words/index.js': `exports.word = '${word}';` });
    const main = `import { word } from 'words';\n${MAIN.replace('image()', 'word')}`;
    write({ 'main.ts': main, 'node_modules/words/package.json': '{}', ...words('first') });
    expect(said()).toBe('transpiled first "true" one');
    expect(said()).toBe('kept first "true" one');
    write(words('other'));
    expect(said()).toBe('transpiled other "true" one');
    write({ 'package-lock.json': '{}' });
    expect(said()).toBe('transpiled other "true" one');
  });
});

test('a new import, a module that is gone and a syntax error are as they would be without', () => {
  said();
  write({
    'main.ts': `import { extra } from './extra';\n${MAIN.replace('image()', 'extra')}`,
    'extra.ts': 'export const extra = "extra";',
  });
  expect(said()).toBe('transpiled extra "true" one');
  expect(said()).toBe('kept extra "true" one');
  fs.rmSync(join(folder, 'extra.ts'));
  expect(run()).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^error: main\.ts:1: Cannot find module '\.\/extra'/),
  });
  write({ 'main.ts': MAIN });
  expect(said()).toBe('transpiled busybox:1 "true" one');
  write({ 'main.ts': MAIN.replace('new App()', 'new App(') });
  expect(run()).toMatchObject({ status: 2, stderr: expect.stringMatching(/^error: main\.ts:4: /) });
  write({ 'main.ts': MAIN });
  expect(said()).toBe('kept busybox:1 "true" one');
});

test('a cache that is damaged, cut off or no cache at all does no harm', () => {
  for (const spoil of [
    (bytes: Buffer) => bytes.fill(~(bytes.at(-9) ?? 0), bytes.length - 9, bytes.length - 8),
    (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1),
    () => Buffer.from('something else'),
  ]) {
    said();
    for (const pack of packs()) fs.writeFileSync(pack, spoil(fs.readFileSync(pack)));
    expect(said()).toBe('transpiled busybox:1 "true" one');
  }
  const cache = join(folder, 'node_modules', '.cache');
  fs.rmSync(cache, { recursive: true });
  fs.writeFileSync(cache, 'a file where a folder is needed');
  expect(said()).toBe('transpiled busybox:1 "true" one');
  fs.rmSync(cache);
});

test('two runs at once leave a whole cache', async () => {
  const both = [1, 2].map(
    () =>
      new Promise((resolve) => {
        spawn(process.execPath, [bin, 'synth'], { cwd: folder, stdio: 'ignore' }).once('exit', resolve);
      }),
  );
  expect(await Promise.all(both)).toEqual([0, 0]);
  expect(said()).toBe('kept busybox:1 "true" one');
  expect(packs().filter((pack) => pack.endsWith('.tmp'))).toEqual([]);
});

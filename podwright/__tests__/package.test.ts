import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../package.json';

/** Most bytes of the package: compressed, and installed. What is larger is looked into before it is raised. */
const limits = { size: 1_500_000, unpackedSize: 12_000_000 };

/** What is packed beside the compiled sources, by hand: a file that lands in the package unasked is not in this list. */
const papers = ['CHANGELOG.md', 'LICENSE', 'README.md', 'bin/podwright.js', 'bin/validation.js', 'package.json'];
const data = [
  'api/defaulting/pointers.jsonl',
  'api/definitions.jsonl',
  'api/descriptions.json.br',
  'report/graph/page/page.html',
  ...['base', 'colours', 'details', 'frame', 'map', 'outline', 'table'].map((name) => `report/graph/page/${name}.css`),
  ...['bands', 'beside', 'card', 'details', 'dom', 'filters', 'lanes', 'layout', 'lines', 'main', 'map', 'model'].map(
    (name) => `report/graph/page/${name}.js`,
  ),
  ...['table', 'tools', 'tree', 'views'].map((name) => `report/graph/page/${name}.js`),
];

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly bundled: readonly string[];
  readonly files: readonly { path: string; size: number; mode: number }[];
}

const root = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'podwright-package-'));
let packed: Packed;

beforeAll(() => {
  const { stdout, stderr } = spawnSync(
    'npm',
    ['pack', '--json', '--workspace', 'podwright', '--pack-destination', folder, '--offline'],
    { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' },
  );
  const start = stdout.search(/^\[/m);
  if (start < 0) throw new Error(stdout + stderr);
  packed = JSON.parse(stdout.slice(start))[0];
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The toolkit's files that are compiled or copied into lib/. */
function sources(): string[] {
  return readdirSync(join(root, 'podwright'), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !/(^|\/)(__.*__|node_modules)\/|^(lib|bin)\//.test(file))
    .filter((file) => file.endsWith('.ts'));
}

test('holds the compiled sources with their types, the papers, and nothing else', () => {
  const compiled = sources().flatMap((file) => [file.replace(/ts$/, 'js'), file.replace(/ts$/, 'd.ts')]);
  const expected = [...papers, ...[...compiled, ...data].map((file) => `lib/${file}`)];
  expect(packed.files.map(({ path }) => path).sort()).toEqual(expected.sort());
});

test('stays small', () => {
  expect(Object.entries(limits).filter(([key, limit]) => packed[key as keyof typeof limits] > limit)).toEqual([]);
});

test('has no empty file, and its command can be executed', () => {
  expect(packed.files.filter(({ size }) => size === 0).map(({ path }) => path)).toEqual([]);
  const modes = packed.files.map(({ path, mode }) => [path, mode & 0o111] as const);
  if (process.platform !== 'win32')
    expect(modes.filter(([, mode]) => mode !== 0)).toEqual([['bin/podwright.js', 0o111]]);
  expect(packed.bundled).toEqual([]);
});

test('every entry point, its types and its source are there', () => {
  const entries = Object.entries(manifest.exports).filter(([entry]) => entry !== './package.json');
  const paths = new Set(packed.files.map(({ path }) => `./${path}`));
  const missing = entries.flatMap(([, conditions]) => {
    const { 'podwright-source': source, ...published } = conditions as Record<string, string>;
    const unpacked = Object.values(published).filter((path) => !paths.has(path));
    return source && existsSync(join(root, 'podwright', source)) ? unpacked : [...unpacked, source];
  });
  expect(missing).toEqual([]);
  expect(entries.map(([entry]) => entry)).toEqual(expect.arrayContaining(['.', './k8s', './jest']));
});

test('conditions are read in the order that Node, TypeScript and bundlers need: source, types, default', () => {
  const orders = Object.entries(manifest.exports)
    .filter(([entry]) => entry !== './package.json')
    .map(([entry, conditions]) => [entry, Object.keys(conditions)]);
  expect(orders).toEqual(orders.map(([entry]) => [entry, ['podwright-source', 'types', 'default']]));
});

test("the program is told the toolkit's dependencies by range where it has them, and exactly where they are ours", () => {
  const program = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { dependencies, peerDependencies, peerDependenciesMeta } = manifest;
  expect(Object.values(dependencies).filter((range) => !/^\d+\.\d+\.\d+$/.test(range))).toEqual([]);
  expect(Object.keys(peerDependencies).filter((name) => !program.dependencies[name])).toEqual([]);
  expect(Object.keys(peerDependenciesMeta)).toEqual(
    Object.keys(peerDependencies).filter((name) => name.startsWith('cdk8s-plus')),
  );
  expect(manifest.engines).toEqual(program.engines);
});

test('needs no script to be installed', () => {
  expect(Object.keys(manifest.scripts)).toEqual(['prepack']);
});

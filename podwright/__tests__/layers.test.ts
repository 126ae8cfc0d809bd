import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { dependencies, peerDependencies } from '../package.json';

/** From the ground up: a layer imports from itself and from those before it. */
const layers = ['api', 'report', 'rules', 'synth', 'constructs', 'testing', 'import', 'migrate', 'gitops', 'cli'];

/** What each layer may use beyond the toolkit: the package's own dependencies, and none that is an optional peer. */
const packages = Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => !/^cdk8s-plus-/.test(name));

const toolkit = join(__dirname, '..');

/** The package's modules by path below podwright/, with slashes. */
function modules(): Map<string, string> {
  const files = readdirSync(toolkit, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.ts$/.test(file) && !/(^|\/)(__tests__|__fixtures__|node_modules|lib|bin)\//.test(file));
  return new Map(files.sort().map((file) => [file, readFileSync(join(toolkit, file), 'utf8')]));
}

/** The modules that a module names: by import and export, import() and require(), for types too. */
function importsOf(source: string): string[] {
  // A program that the toolkit writes is text, not what this module imports.
  const code = source.replace(/`(?:import |\/\*\*)[\s\S]*?\n`;/g, '').replace(/^\s*(\/\/|\/?\*).*$/gm, '');
  const patterns = [/^\s*(?:import|export)\b[^;'"]*?\bfrom\s*['"]([^'"]+)['"]/gm, /^\s*import\s*['"]([^'"]+)['"]/gm];
  const calls = /\b(?:import|require|require\.resolve)\s*\(\s*['"]([^'"]+)['"]\s*\)/g;
  return [...patterns, calls].flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] as string));
}

/** The layer of a module, or of a folder that stands for its index; none for what lies outside of them. */
function layerOf(path: string): string | undefined {
  const [first = '', ...rest] = path.split('/');
  return rest.length > 0 || layers.includes(first) ? first : undefined;
}

/** What is wrong with the imports of each module, one line a fault. */
function violations(sources: ReadonlyMap<string, string>): string[] {
  return [...sources].flatMap(([file, source]) => {
    const layer = layerOf(file);
    const own = layer === undefined ? layers.length : layers.indexOf(layer);
    if (own < 0) return [`${file}: ${layer} is not a layer`];
    return importsOf(source).flatMap((name) => {
      if (isBuiltin(name)) return name.startsWith('node:') ? [] : [`${file}: ${name} is node:${name}`];
      if (!name.startsWith('.')) {
        const dependency = name.match(/^(@[^/]+\/)?[^/]+/)?.[0] ?? name;
        return packages.includes(dependency) ? [] : [`${file}: ${dependency} is not a dependency`];
      }
      const target = posix.join(posix.dirname(file), name);
      const other = layerOf(target);
      if (other === undefined) return [`${file}: ${target} is outside the layers`];
      return layers.indexOf(other) > own ? [`${file}: ${layer} is below ${other}`] : [];
    });
  });
}

test('each layer imports only from itself, from the layers above it and from the dependencies', () => {
  const sources = modules();
  expect([...sources.keys()]).toContain('index.ts');
  expect(violations(sources)).toEqual([]);
});

test('every dependency is used', () => {
  const used = new Set([...modules().values()].flatMap(importsOf));
  expect(Object.keys(dependencies).filter((name) => !used.has(name))).toEqual([]);
});

test('finds every way to reach a lower layer', () => {
  const source = [
    "import { synth } from '../synth/app';",
    "import type { Pod } from '../constructs/pod';",
    'export {',
    '  run,',
    "} from '../cli/main';",
    "export * from '../testing/jest';",
    "import '../gitops/diff';",
    "const later = () => import('../migrate/print');",
    "const now = require('../import/crd');",
    "import { Finding } from '../report/finding';",
    "import { other } from './other';",
    "import { checkObjects } from '../rules';",
    "import { Manifests } from '../testing';",
  ].join('\n');
  expect(violations(new Map([['rules/api.ts', source]])).sort()).toEqual([
    'rules/api.ts: rules is below cli',
    'rules/api.ts: rules is below constructs',
    'rules/api.ts: rules is below gitops',
    'rules/api.ts: rules is below import',
    'rules/api.ts: rules is below migrate',
    'rules/api.ts: rules is below synth',
    'rules/api.ts: rules is below testing',
    'rules/api.ts: rules is below testing',
  ]);
});

test('finds folders that are no layer, files outside the layers, and packages that are not installed with ours', () => {
  const source = [
    "import { Pod } from 'cdk8s-plus-27';",
    "import { transformSync } from 'esbuild';",
    "import { App } from 'podwright';",
    "import { readFileSync } from 'fs';",
    "import { version } from '../package.json';",
    "import { Document } from 'yaml/dist';",
    "import { Chart } from 'cdk8s';",
    "// import { gone } from 'commented';",
    " * import { example } from 'documented';",
  ].join('\n');
  const sources = new Map([
    ['api/names.ts', source],
    ['helpers/all.ts', ''],
    ['index.ts', "export { main } from './cli/main';"],
  ]);
  expect(violations(sources)).toEqual([
    'api/names.ts: cdk8s-plus-27 is not a dependency',
    'api/names.ts: esbuild is not a dependency',
    'api/names.ts: podwright is not a dependency',
    'api/names.ts: fs is node:fs',
    'api/names.ts: package.json is outside the layers',
    'helpers/all.ts: helpers is not a layer',
  ]);
});

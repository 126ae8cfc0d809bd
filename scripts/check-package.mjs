// `npm run check:package`: the repository and the package as a stranger has them. The files that git knows are copied
// into an empty folder, set up there with the README's commands and packed; the package is then installed by npm and by
// pnpm, in a folder of its own and in a workspace, and used from CommonJS, ECMAScript modules, jest and TypeScript.
// Needs the package registry. Options: --keep leaves the folder for a look.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PNPM = '10.34.9';
const VITEST = '5.1.2';
const root = fileURLToPath(new URL('..', import.meta.url));
const place = realpathSync(mkdtempSync(join(tmpdir(), 'podwright-trial-')));
const versions = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const counts = { passed: 0, failed: 0 };

/** Runs one command line; a stranger's environment knows nothing of this process's npm. */
function run(cwd, command) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_(lifecycle|package)|INIT_CWD|NODE_ENV)/.test(name)),
  );
  env.PATH = `${join(place, 'tools', 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${env.PATH}`;
  const { status, stdout, stderr } = spawnSync(command, {
    cwd,
    env,
    encoding: 'utf8',
    shell: true,
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`${command} ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** One trial: it fails by throwing. */
function trial(name, body) {
  const started = performance.now();
  const end = (word) =>
    process.stdout.write(`${word}  ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
  try {
    body();
    counts.passed++;
    end('ok  ');
    return true;
  } catch (error) {
    counts.failed++;
    end('FAIL');
    process.stdout.write(
      `${String(error.message)
        .trimEnd()
        .slice(0, 6000)
        .replace(/^(?=.)/gm, '      ')}\n`,
    );
    return false;
  }
}

function equal(actual, expected, what) {
  const [a, b] = [actual, expected].map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  if (a !== b) throw new Error(`${what} is\n${a}\ninstead of\n${b}`);
}

function write(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
  }
  return folder;
}

function filesOf(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((path) => /\.yaml$|\.podwright$/.test(path));
  return files
    .sort()
    .map((path) => `# ${path}\n${readFileSync(join(folder, path), 'utf8')}`)
    .join('');
}

/** The README's first example, and the YAML that it shows beside it. */
function firstExample() {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, program] = /^```ts main\.ts\n([\s\S]*?)^```$/m.exec(readme) ?? [];
  const [, path, yaml] = /^```yaml (dist\/\S+)\n([\s\S]*?)^```$/m.exec(readme) ?? [];
  return { program, path, yaml };
}

/** The setup of Vitest as the page on testing shows it. */
function vitestSetup() {
  const page = readFileSync(join(root, 'docs', 'testing.md'), 'utf8');
  return (/^```js vitest\.setup\.js\n([\s\S]*?)^```$/m.exec(page) ?? [])[1];
}

/** A fresh copy of what git knows: what a clone has once it is committed. */
function checkout() {
  const copy = join(place, 'clone');
  const files = run(root, 'git ls-files -z --cached --others --exclude-standard').split('\0').filter(Boolean);
  for (const file of files) if (existsSync(join(root, file))) cpSync(join(root, file), join(copy, file));
  return copy;
}

const resolutions = [
  { module: 'node16', moduleResolution: 'node16' },
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
];

/** A program of one Pod that uses each entry point; the same text for CommonJS and ECMAScript modules in TypeScript. */
const program = `import { App, Pod } from 'podwright';
import { KubeConfigMap, type PodSpec } from 'podwright/k8s';
import { Chart } from 'cdk8s';

export function chartOf(app: App): Chart {
  const chart = new Chart(app, 'trial');
  new Pod(chart, 'hello', { containers: [{ name: 'main', image: 'busybox:1.37', args: ['sleep', '60'] }] });
  new KubeConfigMap(chart, 'settings', { metadata: { name: 'settings' }, data: { key: 'value' } });
  return chart;
}

export const spec: PodSpec = { containers: [{ name: 'main', image: 'busybox:1.37' }] };
// @ts-expect-error a port is a number
export const wrong: PodSpec = { containers: [{ name: 'main', ports: [{ containerPort: 'http' }] }] };
`;

const identity = `
const app = new App();
const chart = new Chart(app, 'trial');
new Pod(chart, 'hello', { containers: [{ name: 'main', image: 'busybox:1.37' }] });
new KubeConfigMap(chart, 'settings', { metadata: { name: 'settings' } });
const kinds = chart.toJson().map((object) => object.kind).sort();
if (String(kinds) !== 'ConfigMap,Pod') throw new Error(String(kinds));
if (!(app instanceof Cdk8sApp) || !(chart.node.root instanceof App)) throw new Error('two copies of a class');
`;

const consumer = {
  'program.ts': program,
  'module.mts': program,
  'trial.cjs': `const { App, Pod } = require('podwright');
const { KubeConfigMap } = require('podwright/k8s');
const { App: Cdk8sApp, Chart } = require('cdk8s');
const { createRequire } = require('node:module');
const { dirname } = require('node:path');
require('podwright/package.json');
const ours = createRequire(require.resolve('podwright'));
for (const name of ['cdk8s', 'constructs'])
  if (ours.resolve(name) !== require.resolve(name)) throw new Error('two copies of ' + name);
const jest = require('podwright/jest');
if (typeof jest.process !== 'function') throw new Error('podwright/jest has no transform');
if (Object.keys(require.cache).some((file) => /cdk8s-plus-\\d+.lib/.test(file))) throw new Error('cdk8s-plus was loaded');
${identity}`,
  'trial.mjs': `import { App, Pod } from 'podwright';
import { KubeConfigMap } from 'podwright/k8s';
import { process as transform } from 'podwright/jest';
import { App as Cdk8sApp, Chart } from 'cdk8s';
import { createRequire } from 'node:module';
const required = createRequire(import.meta.url)('podwright');
if (required.App !== App || required.Pod !== Pod) throw new Error('one instance for CommonJS and another for modules');
const names = Object.keys(await import('podwright')).filter((name) => name !== 'default' && name !== 'module.exports');
const missing = Object.keys(required).filter((name) => !names.includes(name));
if (missing.length > 0) throw new Error('not importable by name: ' + missing);
if (typeof transform !== 'function') throw new Error('podwright/jest has no transform');
${identity}`,
  'program.test.ts': `import { Testing } from 'cdk8s';
import { App } from 'podwright';
import { Manifests } from 'podwright/testing';
import { chartOf } from './program';

jest.mock('node:os', () => ({ hostname: () => 'mocked' }));
import { hostname } from 'node:os';

test('synthesizes', () => {
  const kinds: string[] = Testing.synth(chartOf(new App())).map((object: { kind: string }) => object.kind);
  expect(kinds.sort()).toEqual(['ConfigMap', 'Pod']);
  expect(Manifests.of(chartOf(new App())).count('Pod')).toBe(1);
  expect(chartOf(new App())).toHave('ConfigMap');
  expect(hostname()).toBe('mocked');
});
`,
  'jest.config.js': `module.exports = { transform: { '\\\\.ts$': 'podwright/jest' } };\n`,
};

/** A test of the same chart for runners that are not jest. */
const chartToTest = `import { Pod } from 'podwright';
import { expectManifests, Testing } from 'podwright/testing';
const chart = Testing.chart();
new Pod(chart, 'hello', { containers: [{ name: 'main', image: 'busybox:1.37' }] });
`;

const runners = {
  'node.test.mjs': `import assert from 'node:assert/strict';
import { test } from 'node:test';
${chartToTest}
test('there is a Pod, and no Secret', () => {
  expectManifests(chart).toHave('Pod', 'hello');
  expectManifests(chart).not.toHave('Secret');
  assert.throws(() => expectManifests(chart).toHave('Secret'), /Secret/);
});
`,
  'vitest.test.mjs': `import { expect, test } from 'vitest';
${chartToTest.replace('expectManifests, ', '')}
test('there is a Pod, and no Secret', () => {
  expect(chart).toHave('Pod', 'hello');
  expect(chart).not.toHave('Secret');
  expect(() => expect(chart).toHave('Secret')).toThrow(/Secret/);
  expect(Testing.synth(chart)).toMatchInlineSnapshot();
});
`,
  'vitest.config.mjs':
    "export default { test: { include: ['vitest.test.mjs'], setupFiles: ['./vitest.setup.js'] } };\n",
};

const checked = {
  strict: true,
  noEmit: true,
  skipLibCheck: false,
  target: 'es2022',
  types: ['node', 'jest'],
};

function manifest(tarball, plus) {
  const { cdk8s, constructs, 'cdk8s-plus-27': plus27 } = versions.dependencies;
  const {
    jest,
    typescript,
    'typescript-5': typescript5,
    '@types/node': node,
    '@types/jest': typesJest,
  } = versions.devDependencies;
  return {
    name: 'trial-program',
    private: true,
    dependencies: { podwright: `file:${tarball}`, cdk8s, constructs, ...(plus ? { 'cdk8s-plus-27': plus27 } : {}) },
    devDependencies: { jest, typescript, 'typescript-5': typescript5, '@types/node': node, '@types/jest': typesJest },
  };
}

const managers = {
  npm: {
    install: 'npm install --ignore-scripts --no-audit --no-fund',
    workspace: { 'package.json': { name: 'all', private: true, workspaces: ['apps/*'] } },
  },
  pnpm: {
    install: 'pnpm install --ignore-scripts --no-frozen-lockfile',
    workspace: { 'package.json': { name: 'all', private: true }, 'pnpm-workspace.yaml': 'packages: [apps/*]\n' },
  },
};

/** The toolkit's dependencies in the installed program, by every folder that holds one. */
function copiesOf(folder, name) {
  const found = readdirSync(folder, { recursive: true }).filter((path) =>
    path.replaceAll('\\', '/').endsWith(`node_modules/${name}/package.json`),
  );
  return new Set(found.map((path) => realpathSync(join(folder, path)))).size;
}

/** The compiler that a folder's program finds, wherever its manager has put it. */
function tscOf(folder, compiler) {
  const manifest = createRequire(join(folder, 'package.json')).resolve(`${compiler}/package.json`);
  return join(dirname(manifest), 'lib', 'tsc.js');
}

function useFrom(label, top, folder, install, everyResolution) {
  if (!trial(`${label}: installs`, () => run(top, install))) return;
  trial(`${label}: one copy of cdk8s and of constructs`, () => {
    equal([copiesOf(top, 'cdk8s'), copiesOf(top, 'constructs')], [1, 1], 'the number of copies');
  });
  trial(`${label}: CommonJS`, () => run(folder, 'node trial.cjs'));
  trial(`${label}: ECMAScript modules`, () => run(folder, 'node trial.mjs'));
  trial(`${label}: jest`, () => run(folder, 'npx --no-install jest --ci'));
  trial(`${label}: the README's first example`, () => {
    const { program, path, yaml } = firstExample();
    write(folder, { 'main.ts': program });
    run(folder, 'npx --no-install podwright synth');
    equal(readFileSync(join(folder, path), 'utf8'), yaml, path);
  });
  for (const options of everyResolution ? resolutions : resolutions.slice(1, 2)) {
    const include = options.module === 'esnext' ? ['program.ts'] : ['program.ts', 'module.mts'];
    write(folder, {
      'tsconfig.json': {
        compilerOptions: { ...checked, ...options },
        files: [...include, 'program.test.ts', 'main.ts'],
      },
    });
    for (const compiler of ['typescript-5', 'typescript'])
      trial(`${label}: ${compiler} with ${options.moduleResolution}`, () =>
        run(folder, `node ${JSON.stringify(tscOf(folder, compiler))} -p .`),
      );
  }
}

try {
  const clone = checkout();
  let tarball;
  trial('fresh clone: npm ci, without install scripts', () => run(clone, 'npm ci --ignore-scripts'));
  trial('fresh clone: the command works before anything is built', () => {
    const command = join(clone, 'node_modules', '.bin', 'podwright');
    equal(run(clone, `${JSON.stringify(command)} --version`).trim(), readVersion(), 'the version');
  });
  for (const command of ['npm run synth', 'npx --no-install cdk8s synth'])
    trial(`fresh clone: ${command} leaves dist as it is`, () => {
      run(clone, command);
      equal(filesOf(join(clone, 'dist')), filesOf(join(root, 'dist')), 'dist');
    });
  trial('fresh clone: npm pack', () => {
    const [{ filename }] = JSON.parse(run(clone, 'npm pack --json -w podwright --silent'));
    tarball = join(clone, filename);
  });
  if (tarball && existsSync(tarball)) {
    trial("the package alone, with what npm installs beside it, runs the README's first example", () => {
      const folder = write(join(place, 'alone'), { 'package.json': { private: true } });
      run(folder, `npm install --ignore-scripts --no-audit --no-fund ${JSON.stringify(tarball)}`);
      const { program, path, yaml } = firstExample();
      write(folder, { 'main.ts': program });
      run(folder, 'npx --no-install podwright synth');
      equal(readFileSync(join(folder, path), 'utf8'), yaml, path);
      equal(copiesOf(folder, 'cdk8s-plus-27'), 0, 'the number of copies of cdk8s-plus-27');
    });
    trial('the package alone draws the page of it, with all that the page needs', () => {
      const folder = join(place, 'alone');
      run(folder, 'npx --no-install podwright graph --out graph.html');
      const page = readFileSync(join(folder, 'graph.html'), 'utf8');
      if (!/<style>[^<]{1000}/.test(page) || !/<script type="module">[\s\S]{10000}/.test(page)) throw new Error(page);
    });
    trial('node:test takes the matchers by themselves', () => {
      run(write(join(place, 'alone'), runners), 'node --test node.test.mjs');
    });
    trial('Vitest takes the matchers and the serializer as the page on testing has it', () => {
      const folder = write(join(place, 'alone'), { ...runners, 'vitest.setup.js': vitestSetup() });
      run(folder, `npm install --ignore-scripts --no-audit --no-fund vitest@${VITEST}`);
      run(folder, 'npx --no-install vitest run --update');
      const snapshot = readFileSync(join(folder, 'vitest.test.mjs'), 'utf8');
      if (!/toMatchInlineSnapshot\(`\s*# Pod hello\n\s*apiVersion: v1\n/.test(snapshot)) throw new Error(snapshot);
    });
    trial('a project that podwright init starts passes its own tests, types and check', () => {
      const folder = join(place, 'alone');
      run(folder, 'npx --no-install podwright init pods');
      const project = join(folder, 'pods');
      run(project, 'git init --quiet && npm install --no-audit --no-fund');
      run(project, 'npm run synth && npm test -- --ci && npm run types && git add . && npm run check');
      const commit = 'git -c user.name=a -c user.email=a@example.com commit --quiet --message first';
      run(project, `git add . && ${commit}`);
      // The hook keeps back what is not the program's.
      writeFileSync(join(project, 'dist', 'counter.k8s.yaml'), 'kind: Pod\n');
      let refused = false;
      try {
        run(project, `git add . && ${commit}`);
      } catch {
        refused = true;
      }
      equal(refused, true, 'that a dist of another program is refused');
    });
    run(place, `npm install --prefix ${JSON.stringify(join(place, 'tools'))} --no-audit --no-fund pnpm@${PNPM}`);
    for (const [name, { install, workspace }] of Object.entries(managers)) {
      const own = write(join(place, name), { ...consumer, 'package.json': manifest(tarball, false) });
      useFrom(`${name}, own folder`, own, own, install, true);
      const top = write(join(place, `${name}-workspace`), workspace);
      const app = write(join(top, 'apps', 'program'), { ...consumer, 'package.json': manifest(tarball, true) });
      useFrom(`${name}, workspace`, top, app, install, false);
    }
  }
} finally {
  if (process.argv.includes('--keep')) process.stdout.write(`kept: ${place}\n`);
  else rmSync(place, { recursive: true, force: true });
}

function readVersion() {
  return JSON.parse(readFileSync(join(root, 'podwright', 'package.json'), 'utf8')).version;
}

process.stdout.write(`${counts.passed} trials passed, ${counts.failed} failed\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;

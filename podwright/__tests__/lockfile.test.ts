import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Entry {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

const root = join(__dirname, '..', '..');
const json = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));
const entries: Record<string, Entry> = json('package-lock.json').packages;

/** The lockfile's paths of packages that are installed where `from` finds the package `name`. */
function pathOf(packages: Record<string, Entry>, from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const path = at ? `${at}/node_modules/${name}` : `node_modules/${name}`;
    if (packages[path]) return path;
    if (!at) return undefined;
  }
}

/** The optional dependencies that a lockfile forgot: on their platform `npm ci` would go without them, or refuse. */
function forgotten(packages: Record<string, Entry>): string[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !pathOf(packages, path, name))
      .map((name) => `${path}: ${name}`),
  );
}

/** The packages that bring programs of their own, and how those are named by platform. */
const native: Record<string, (os: string, cpu: string) => string> = {
  '@biomejs/biome': (os, cpu) => `@biomejs/cli-${os}-${cpu}`,
  esbuild: (os, cpu) => `@esbuild/${os}-${cpu}`,
  typescript: (os, cpu) => `@typescript/typescript-${os}-${cpu}`,
  'unrs-resolver': (os, cpu) =>
    `@unrs/resolver-binding-${os}-${cpu}${{ linux: '-gnu', win32: '-msvc', darwin: '' }[os]}`,
};

const platforms = ['linux', 'darwin', 'win32'].flatMap((os) =>
  ['x64', 'arm64'].map((cpu): [string, string] => [os, cpu]),
);

test('no optional dependency is missing', () => {
  expect(forgotten(entries)).toEqual([]);
});

test('a missing optional dependency is found', () => {
  const { 'node_modules/@esbuild/win32-x64': _, ...without } = entries;
  expect(forgotten(without)).toEqual(['node_modules/esbuild: @esbuild/win32-x64']);
});

test.each(platforms)("on %s %s every program of a dependency is there, in the dependency's own version", (os, cpu) => {
  const found = Object.entries(native).map(([name, binding]) => {
    const entry = entries[`node_modules/${binding(os, cpu)}`];
    return [name, entry?.version, entry?.os, entry?.cpu, entry?.optional];
  });
  expect(found).toEqual(
    Object.keys(native).map((name) => [name, entries[`node_modules/${name}`]?.version, [os], [cpu], true]),
  );
});

test('every package has an exact version and a checksum, and no address', () => {
  const loose = Object.entries(entries).filter(([path, { version, integrity, resolved, link, inBundle }]) => {
    if (path === '' || path === 'podwright') return false;
    if (link) return resolved !== 'podwright';
    return !/^\d/.test(version ?? '') || !(integrity?.startsWith('sha512-') || inBundle) || resolved !== undefined;
  });
  expect(loose.map(([path]) => path)).toEqual([]);
});

test('the program pins the version of every dependency', () => {
  const { dependencies, devDependencies } = json('package.json');
  const { podwright, ...pinned } = { ...dependencies, ...devDependencies } as Record<string, string>;
  expect(podwright).toBe('*');
  expect(Object.entries(pinned).filter(([, range]) => !/^(npm:[^@]+@)?\d+\.\d+\.\d+$/.test(range))).toEqual([]);
});

test('no package of the published toolkit runs an install script', () => {
  const reached = new Set<string>();
  const reach = (path: string) => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const name of Object.keys(entries[path]?.dependencies ?? {})) reach(pathOf(entries, path, name) ?? name);
  };
  reach('podwright');
  expect(reached.size).toBeGreaterThan(2);
  expect([...reached].filter((path) => !entries[path] || entries[path].hasInstallScript)).toEqual([]);
});

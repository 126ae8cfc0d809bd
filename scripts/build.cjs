// Compiles the toolkit. `node scripts/build.cjs` fills podwright/lib for the package (code and types);
// cachedBuild() gives the code alone, for running the command in a checkout.
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const source = path.join(root, 'podwright');
const cache = path.join(root, 'node_modules', '.cache', 'podwright');

function sources(folder = source) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return /^(__.*__|lib|bin|node_modules|docs)$/.test(entry.name) ? [] : sources(file);
    return /\.(ts|json|jsonl|br|html|css|js)$/.test(entry.name) && !/^(package|tsconfig)/.test(entry.name)
      ? [file]
      : [];
  });
}

/** What `podwright init` writes into a new project's package.json. */
function testedVersions() {
  const { dependencies, devDependencies } = require(path.join(root, 'package.json'));
  const all = { ...dependencies, ...devDependencies };
  const names = ['cdk8s', 'constructs', '@types/jest', '@types/node', 'jest', 'typescript'];
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

function compile(outdir) {
  const { buildSync } = require('esbuild');
  const files = sources();
  const options = {
    outbase: source,
    outdir,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  };
  buildSync({
    ...options,
    entryPoints: files.filter((file) => file.endsWith('.ts')),
    define: {
      PODWRIGHT_VERSION: JSON.stringify(require(path.join(source, 'package.json')).version),
      PODWRIGHT_PACKAGES: JSON.stringify(testedVersions()),
    },
  });
  // The module that the command begins with has what it needs in itself: each file costs half a millisecond.
  const first = path.join(source, 'synth', 'program', 'warm.ts');
  buildSync({ ...options, entryPoints: [first], bundle: true, external: ['./recording'] });
  // So have the rules of a family: they are loaded together, in each run.
  for (const family of files.filter((file) => /[\\/]rules[\\/][^\\/]+[\\/]rules\.ts$/.test(file))) {
    const external = importsFromOutside(path.dirname(family));
    buildSync({ ...options, entryPoints: [family], bundle: true, external });
  }
  for (const file of files.filter((file) => !file.endsWith('.ts'))) {
    const target = path.join(outdir, path.relative(source, file));
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(file, target);
  }
}

/** What the modules of a folder import from outside of it, as they write it. */
function importsFromOutside(folder) {
  const modules = fs.readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const code = modules.map((name) => fs.readFileSync(path.join(folder, name), 'utf8')).join('\n');
  return [...new Set([...code.matchAll(/(?:from |require\()'(\.\.\/[^']+)'/g)].map((match) => match[1]))];
}

/** The folder of a build of the sources as they are now, made if it is not there yet. */
function cachedBuild() {
  const key = createHash('sha256').update(fs.readFileSync(__filename));
  for (const file of sources()) {
    const { mtimeMs, size } = fs.statSync(file);
    key.update(`${file}\0${mtimeMs}\0${size}\n`);
  }
  const folder = path.join(cache, `lib-${key.digest('hex').slice(0, 16)}`);
  if (!fs.existsSync(folder)) {
    // Built beside and renamed, so that two commands at once never see half a build.
    const temporary = `${folder}.${process.pid}`;
    compile(temporary);
    try {
      fs.renameSync(temporary, folder);
    } catch {
      fs.rmSync(temporary, { recursive: true, force: true });
    }
    for (const old of fs.readdirSync(cache)) {
      const stale = path.join(cache, old);
      const age = Date.now() - fs.statSync(stale).mtimeMs;
      if (old.startsWith('lib-') && stale !== folder && age > 3_600_000)
        fs.rmSync(stale, { recursive: true, force: true });
    }
  }
  // node_modules may be a link: modules know themselves, and each other, by their own paths.
  return fs.realpathSync(folder);
}

function packageBuild() {
  const lib = path.join(source, 'lib');
  fs.rmSync(lib, { recursive: true, force: true });
  compile(lib);
  const tsc = path.join(path.dirname(require.resolve('typescript/package.json')), 'lib', 'tsc.js');
  execFileSync(process.execPath, [tsc, '-p', path.join(source, 'tsconfig.build.json')], { stdio: 'inherit' });
  for (const paper of ['LICENSE', 'CHANGELOG.md', 'README.md'])
    fs.copyFileSync(path.join(root, paper), path.join(source, paper));
}

module.exports = { cachedBuild };
if (require.main === module) packageBuild();

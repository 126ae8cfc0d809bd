import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, sep } from 'node:path';
import { type CompilerOptions, readCompilerOptions } from './compiler-options';
import type { Installation } from './installation';
import { loader } from './node-loader';
import type { Recording } from './recording';
import { TranspileError, transpile } from './transpile';
import type { OwnOptions, Warm } from './warm';

/** What the program's top-level `await` left to wait for. */
const PENDING = Symbol.for('podwright.pending');

/** What is done to the text of each of the program's modules before it is transpiled, line for line. */
export type Prepare = (text: string, file: string) => string;

/** What is known of a program from an earlier run, and what this run finds out about it for the next. */
export interface Kept {
  readonly warm?: Warm;
  readonly recording?: Recording;
  /** @default - the text is taken as it is */
  readonly prepare?: Prepare;
}

/**
 * Runs a program's main file in this process, as `node FILE` would; TypeScript and ECMAScript modules of the program
 * are transpiled on the way. Its imports of 'podwright' are answered by the running toolkit, and those of cdk8s and
 * constructs, by it and by the toolkit, with the program's own copy.
 *
 * @returns when the main module has run, its top-level `await`s included.
 * @throws what the program throws.
 */
export async function loadProgram(file: string, installation: Installation, kept: Kept = {}): Promise<void> {
  if (kept.warm?.program.header.main === file) await over(kept.warm.runMain());
  else {
    hook(file, installation, kept.warm?.record() ?? kept.recording, kept.prepare);
    await runMain(file);
  }
}

/**
 * Runs a program once more in the process that {@link loadProgram} ran it in: its own modules anew, packages not.
 *
 * @throws what the program throws.
 */
export async function runAgain(file: string, isOwn: (file: string) => boolean): Promise<void> {
  for (const name of Object.keys(loader._cache)) if (isOwn(name)) delete loader._cache[name];
  await runMain(file);
}

async function runMain(file: string): Promise<void> {
  loader._load(file, null, true);
  await over(loader._cache[file]);
}

async function over(main: object | undefined): Promise<void> {
  await (main as { [PENDING]?: Promise<unknown> } | undefined)?.[PENDING];
}

/** Puts the hooks into Node's loader. They stay in: a program may import more when its main module has run. */
export function hook(main: string, installation: Installation, recording?: Recording, prepare?: Prepare): void {
  const { _resolveFilename } = loader;
  const observed = <T>(body: () => T): T => (recording ? recording.observe(body) : body());
  let options: CompilerOptions | undefined;
  const compilerOptions = () => {
    options ??= observed(() => readCompilerOptions(dirname(main)));
    return options;
  };
  const own = ownModules(installation);
  // What is prepared is run again and again.
  const prepared = new Map<string, string>();

  loader._resolveFilename = function (request, parent, isMain, options) {
    const inPackage = parent?.filename?.includes(`${sep}node_modules${sep}`) ?? false;
    const inToolkit = parent?.filename?.startsWith(installation.lib + sep) ?? false;
    if (/^(cdk8s|constructs)(\/|$)/.test(request) && (inToolkit || !inPackage)) {
      // One copy: the one that the program would get; the toolkit's where the program has none.
      try {
        return _resolveFilename.call(this, request, parent, isMain, { paths: [dirname(main)] });
      } catch {
        return _resolveFilename.call(this, request, parent, isMain, { paths: [installation.packageRoot] });
      }
    }
    if (request === 'podwright' || request.startsWith('podwright/')) {
      const file = own.get(request);
      if (file) return file;
    }
    if (!inPackage && !inToolkit && parent?.filename) {
      const from = parent.filename;
      const source = observed(() => sourceOf(request, from, compilerOptions));
      if (source) return source;
    }
    return _resolveFilename.call(this, request, parent, isMain, options);
  };

  const before = new Map(
    ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.jsx'].map((ext) => [ext, loader._extensions[ext]]),
  );
  for (const [extension, previous] of before) {
    loader._extensions[extension] = (module, file) => {
      const foreign = file.includes(`${sep}node_modules${sep}`) || file.startsWith(installation.lib + sep);
      const esm = !foreign && observed(() => isEsm(file));
      const typescript = /\.([cm]?ts|tsx)$/.test(file);
      if (foreign || !(typescript || esm || extension === '.jsx')) {
        if (!previous) throw new TranspileError(`a package may not hold ${extension} files`, file, 1, 1);
        previous(module, file);
        return;
      }
      const how = { esm, assignFields: typescript && compilerOptions().assignFields, transpiled: true };
      const source = readFileSync(file);
      if (recording) recording.runOwn(module, file, source, how, main);
      else {
        const code = prepared.get(file) ?? ownCode(source, file, how, main, prepare);
        if (prepare) prepared.set(file, code);
        module._compile(code, file);
      }
    };
  }
}

/** The code that is run for a program's own file: its lines are those of the file. */
export function ownCode(
  source: Buffer,
  file: string,
  how: OwnOptions,
  main: string,
  prepare: Prepare = (text) => text,
): string {
  const text = source
    .toString()
    .replace(/^\uFEFF/, '')
    .replace(/^#!.*/, '');
  return awaitable(transpile(prepare(text, file), file, how), file, file === main);
}

/** With top-level `await`, the main module runs in an async function. */
function awaitable(code: string, file: string, isMain: boolean): string {
  if (!/\bawait\b/.test(code)) return code;
  try {
    new (require('node:vm') as typeof import('node:vm')).Script(`(function () {${code}\n})`, { filename: file });
    return code;
  } catch (error) {
    if (!/await is only valid/.test((error as Error).message)) return code;
  }
  if (isMain) return `module[Symbol.for("podwright.pending")] = (async () => {${code}\n})();`;
  const line = code.slice(0, code.search(/^\s*(const .*=\s*)?await\b/m) + 1).split('\n').length;
  throw new TranspileError(
    'top-level await in an imported module is not supported; expected it in the main file or in a function',
    file,
    line,
    1,
  );
}

/** Whether Node takes a file for an ECMAScript module: by its extension, else by the `type` of its package. */
function isEsm(file: string): boolean {
  const extension = extname(file);
  if (extension === '.mts' || extension === '.mjs') return true;
  if (extension === '.cts' || extension === '.cjs') return false;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest))
      return (JSON.parse(readFileSync(manifest, 'utf8')) as { type?: string }).type === 'module';
    if (folder === dirname(folder)) return false;
  }
}

/**
 * The TypeScript file that an import of the program means: './a' and './a.js' mean a.ts where there is one, also when
 * an older compiled a.js lies beside it. Undefined when Node's own resolution is to decide.
 */
function sourceOf(request: string, from: string, options: () => CompilerOptions): string | undefined {
  if (/^\.{1,2}(\/|$)/.test(request)) return existingSource(join(dirname(from), request));
  for (const candidate of options().candidates(request)) {
    const file = existingSource(candidate);
    if (file) return file;
  }
  return undefined;
}

const SOURCES: Readonly<Record<string, string>> = { '.js': '.ts', '.mjs': '.mts', '.cjs': '.cts', '.jsx': '.tsx' };

function existingSource(path: string): string | undefined {
  const extension = extname(path);
  const source = SOURCES[extension];
  const candidates = [
    ...(source ? [path.slice(0, -extension.length) + source] : []),
    path,
    ...['.ts', '.tsx', '.mts', '.cts'].map((ext) => path + ext),
    join(path, 'index.ts'),
  ];
  return candidates.find((candidate) => /\.([cm]?[jt]sx?|json)$/.test(candidate) && isFile(candidate));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The files of the toolkit by the names under which a program imports them, from the package's `exports`. */
function ownModules({ packageRoot, lib }: Installation): ReadonlyMap<string, string> {
  const { exports } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    exports: Record<string, string | { default?: string }>;
  };
  const modules = new Map<string, string>();
  for (const [name, target] of Object.entries(exports)) {
    const file = typeof target === 'string' ? target : target.default;
    if (file?.startsWith('./lib/')) modules.set(`podwright${name.slice(1)}`, join(lib, file.slice('./lib/'.length)));
  }
  return modules;
}

// The start of a program that has not changed: its modules, cdk8s's and the toolkit's come out of three files of the
// cache, compiled, and are never looked for, read one by one, or compiled again. The bin loads this file before all
// else, so it and what it imports stay small.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import vm from 'node:vm';
import type { Installation } from './installation';
import { provideLazy } from './lazy';
import type { Kept } from './load';
import { loader, type NodeModule, requireOf } from './node-loader';
import { type FileState, hashOf, isAsIt, Pack, type Slice, sealed } from './pack';
import type { Recording } from './recording';

/** One compilation: a function, or a list of them where many modules are compiled as one. */
export interface Unit {
  /** What stack traces call it. */
  readonly file: string;
  readonly text: Slice;
  readonly wide: boolean;
  /** V8's code cache. */
  readonly data: Slice;
}

/** A module of a pack. */
export interface PackedModule {
  readonly file: string;
  /** The number of its unit, and of its function there. */
  readonly unit: number;
  readonly index: number;
  /** The module's own characters in the text of the unit. */
  readonly code: readonly [start: number, end: number];
  /** What it requires: the number of a file in the header's list, or the name of a module of Node's own. */
  readonly requests: Readonly<Record<string, number | string>>;
  /** Of a package's module: the file as it was. */
  readonly state?: FileState;
  /** Of a program's own module: its source, and how it is compiled. */
  readonly source?: Slice;
  readonly how?: OwnOptions;
}

/** How a program's own module is compiled. */
export interface OwnOptions {
  readonly esm: boolean;
  readonly assignFields: boolean;
  /** Whether it is transpiled at all. */
  readonly transpiled: boolean;
}

export interface PackHeader {
  /** See {@link identityOf}. */
  readonly identity: string;
  /** Whether the modules are a program's own: each is a unit, as it is in its file. */
  readonly own: boolean;
  /** Whether the units have V8's code cache, which is there once they have run. */
  readonly compiled: boolean;
  readonly files: readonly string[];
  readonly units: readonly Unit[];
  readonly modules: readonly PackedModule[];
}

/** What else decided how the program is found, compiled and resolved. */
export interface ProgramHeader extends PackHeader {
  readonly cwd: string;
  readonly app?: string;
  readonly main: string;
  /** Paths that were not there. */
  readonly absent: readonly string[];
  /** Files whose content decided: tsconfig.json, package.json, cdk8s.yaml. */
  readonly contents: readonly (readonly [path: string, content: Slice])[];
  /** Files that are compared by their state: lockfiles, the package.json of packages. */
  readonly states: readonly (readonly [path: string, state: FileState])[];
}

/** The packs of a program, by what is in them; `transpiler` is read only when something must be transpiled. */
export type PackName = 'program' | 'packages' | 'transpiler';

/** What of this process decides how modules are compiled and resolved; V8's own flags are checked by V8. */
export function identityOf({ lib }: Installation): string {
  const { arch, execArgv, platform, version } = process;
  const { NODE_OPTIONS, NODE_PATH } = process.env;
  return JSON.stringify([version, arch, platform, lib, execArgv, NODE_OPTIONS, NODE_PATH]);
}

/** Whether this process can keep what it compiles: nothing else has a hand in how modules are loaded. */
export function canKeep(): boolean {
  const { NODE_OPTIONS = '', NODE_V8_COVERAGE, NODE_DISABLE_COMPILE_CACHE } = process.env;
  const flags = [...process.execArgv, ...NODE_OPTIONS.split(/\s+/)];
  return (
    vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER !== undefined &&
    !NODE_V8_COVERAGE &&
    !NODE_DISABLE_COMPILE_CACHE &&
    !process.versions.pnp &&
    !flags.some((flag) => /^(-r|--(require|import|loader|experimental-loader|preserve-symlinks.*))(=|$)/.test(flag))
  );
}

/** Where a pack of a program is kept, or their seal: in the node_modules that the folder uses, if there is any. */
export function packPath(cwd: string, app: string | undefined, name: PackName | 'seal'): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    if (isFolder(modules)) return join(modules, '.cache', 'podwright', `${hashOf(`${cwd}\0${app ?? ''}`)}.${name}`);
    if (folder === dirname(folder)) return undefined;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The function of a program's own module, with lines and columns as they are in its file. */
export function compileOwn(code: string, file: string, cachedData?: Buffer): vm.Script {
  const head = '(function (exports, require, module, __filename, __dirname) { ';
  return compile(`${head}${code}\n})`, file, cachedData, -head.length);
}

/** Compiles with V8's code cache, or anew where V8 does not take it. */
export function compile(text: string, filename: string, cachedData?: Buffer, columnOffset = 0): vm.Script {
  const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  return new vm.Script(text, { filename, cachedData, columnOffset, importModuleDynamically });
}

/** What a module compiles to. */
export type ModuleFunction = (
  this: unknown,
  exports: unknown,
  require: NodeJS.Require,
  module: NodeModule,
  file: string,
  folder: string,
) => void;

/** A module that can be run, and the pack that it is from. */
interface Known {
  readonly module: PackedModule;
  readonly pack: LoadedPack;
}

/** A pack whose modules can be run. */
export class LoadedPack<Header extends PackHeader = PackHeader> {
  /** By the unit's number, once it is compiled. */
  readonly scripts: (vm.Script | undefined)[] = [];
  private readonly functions: ModuleFunction[][] = [];

  constructor(readonly pack: Pack<Header>) {}

  get header(): Header {
    return this.pack.header;
  }

  functionOf({ unit, index }: PackedModule): ModuleFunction {
    let functions = this.functions[unit];
    if (!functions) {
      const { file, text, wide, data } = this.header.units[unit] as Unit;
      const code = this.pack.text(text, wide);
      const cachedData = data[1] > 0 ? this.pack.slice(data) : undefined;
      const script = this.header.own ? compileOwn(code, file, cachedData) : compile(code, file, cachedData);
      this.scripts[unit] = script;
      const result: ModuleFunction | ModuleFunction[] = script.runInThisContext();
      functions = Array.isArray(result) ? result : [result];
      this.functions[unit] = functions;
    }
    return functions[index] as ModuleFunction;
  }

  /** The code of a module, as it was compiled. */
  codeOf({ unit, code: [start, end] }: PackedModule): string {
    const { text, wide } = this.header.units[unit] as Unit;
    return this.pack.text(text, wide).slice(start, end);
  }
}

/** A program that was run before, and of which nothing has changed but, perhaps, the text of its own modules. */
export class Warm {
  /** The program's own modules that have changed, with their new source. */
  readonly changed = new Map<string, Buffer>();
  private readonly known = new Map<string, Known>();
  /** What the transpiler is in, once something was transpiled. */
  transpiler: LoadedPack | undefined;
  private transpilerRead = false;
  private recording: Recording | undefined;
  private starting = false;

  private constructor(
    readonly program: LoadedPack<ProgramHeader>,
    readonly packages: LoadedPack,
    private readonly installation: Installation,
  ) {
    this.add(packages);
    this.add(program);
  }

  /** @returns undefined when anything but the text of the program's own modules is not as it was. */
  static open(cwd: string, app: string | undefined, installation: Installation): Warm | undefined {
    if (!canKeep()) return undefined;
    const program = readPack<ProgramHeader>(cwd, app, 'program', identityOf(installation));
    if (!program) return undefined;
    const { identity, cwd: itsCwd, app: itsApp } = program.header;
    // Two programs may have one name here.
    if (itsCwd !== cwd || itsApp !== app) return undefined;
    const packages = readPack(cwd, app, 'packages', identity);
    const warm = packages && new Warm(program, packages, installation);
    if (!warm?.isCurrent()) return undefined;
    provideLazy();
    warm.hook();
    return warm;
  }

  /** Looks again whether all is as it was, but the text of the program's own modules: which of them have changed. */
  isCurrent(): boolean {
    const { header, pack } = this.program;
    if (header.absent.some((missing) => existsSync(missing))) return false;
    if (!header.states.every(([file, state]) => isAsIt(file, state))) return false;
    if (!header.contents.every(([file, content]) => readFile(file)?.equals(pack.slice(content)))) return false;
    if (!areAsTheyWere(this.packages.header)) return false;
    this.changed.clear();
    for (const { file, source } of header.modules) {
      const now = readFile(file);
      if (!now) return false;
      if (source && !now.equals(pack.slice(source))) this.changed.set(file, now);
    }
    return true;
  }

  /** Runs what every program runs before any of its own modules: the toolkit, cdk8s and the transpiler. */
  preload(): void {
    const { lib } = this.installation;
    const common = /[\\/]node_modules[\\/](cdk8s|constructs|cdk8s-plus-\d+)[\\/]lib[\\/]/;
    for (const { file } of this.packages.header.modules)
      if (file.startsWith(lib + sep) || common.test(file)) this.load(file);
    const { transpile } = this.load(join(lib, 'synth', 'program', 'transpile.js')) as typeof import('./transpile');
    transpile('export const warm: boolean = true;', 'warm.ts', { esm: false });
  }

  /** The program's main file, where it was found in the same way. */
  mainFor(cwd: string, app: string | undefined): string | undefined {
    const { header } = this.program;
    return header.cwd === cwd && header.app === app ? header.main : undefined;
  }

  /** Runs the program's main module, as `node FILE` would. */
  runMain(): NodeModule {
    const { main } = this.program.header;
    const module = new loader(main);
    process.mainModule = module;
    module.id = '.';
    this.run(main, module);
    return module;
  }

  /** What a file exports: of a module that was run before, of a pack, or, when it is in none, by Node's own loader. */
  load(file: string, parent?: NodeModule): unknown {
    const cached = loader._cache[file];
    if (cached) return cached.exports;
    const module = new loader(file, parent);
    this.run(file, module);
    return module.exports;
  }

  private run(file: string, module: NodeModule): void {
    loader._cache[file] = module;
    let whole = false;
    try {
      const known = this.find(file);
      if (known) this.call(known, module);
      else {
        if (file.startsWith(this.installation.lib + sep)) this.record();
        module.load(file);
      }
      whole = true;
    } finally {
      if (!whole) delete loader._cache[file];
    }
  }

  private find(file: string): Known | undefined {
    const known = this.known.get(file);
    if (known || this.transpilerRead || !/[\\/]node_modules[\\/]/.test(file)) return known;
    this.transpilerRead = true;
    const { cwd, app, identity } = this.program.header;
    const transpiler = readPack(cwd, app, 'transpiler', identity);
    if (!transpiler || !areAsTheyWere(transpiler.header)) return undefined;
    this.transpiler = transpiler;
    this.add(transpiler);
    return this.known.get(file);
  }

  private call({ module: packed, pack }: Known, module: NodeModule): void {
    const { file, requests, how } = packed;
    const changed = this.changed.get(file);
    if (changed && !how?.transpiled) {
      this.record();
      module.load(file);
      return;
    }
    module.filename = file;
    const require = requireOf(module, (request) => {
      const target = requests[request];
      if (typeof target === 'string') return process.getBuiltinModule?.(target) ?? nodeRequire(target);
      if (target !== undefined) return this.load(pack.header.files[target] as string, module);
      module.paths ??= loader._nodeModulePaths(dirname(file));
      return loader.prototype.require.call(module, request);
    });
    const run = changed && how ? this.record().compileOwn(file, changed, how) : pack.functionOf(packed);
    run.call(module.exports, module.exports, require, module, file, dirname(file));
    module.loaded = true;
  }

  private add(pack: LoadedPack): void {
    for (const module of pack.header.modules) this.known.set(module.file, { module, pack });
  }

  /** Whether all that the run used was compiled before. */
  get isComplete(): boolean {
    return this.packages.header.compiled && (this.transpiler?.header.compiled ?? true);
  }

  /** What is recorded of this run so far, if anything is. */
  get recorded(): Recording | undefined {
    return this.recording;
  }

  /** What is loaded beside the packs is recorded from now on, so that the next run finds it there. */
  record(): Recording {
    if (!this.recording && !this.starting) {
      this.starting = true;
      const { Recording } = this.load(join(__dirname, 'recording.js')) as typeof import('./recording');
      this.recording = new Recording(this.installation, this);
    }
    return this.recording as Recording;
  }

  /** Files that Node's loader comes to are taken out of the packs too. */
  private answer(): void {
    for (const [extension, previous] of Object.entries(loader._extensions)) {
      if (!/^\.[cm]?[jt]sx?$/.test(extension) || !previous) continue;
      loader._extensions[extension] = (module, file) => {
        const known = this.find(file);
        const anew = this.changed.has(file) && !known?.module.how?.transpiled;
        if (known && !anew) this.call(known, module);
        else previous(module, file);
      };
    }
  }

  /** Node's loader is asked only for what no pack has: the program's hooks are put into it when it first is. */
  private hook(): void {
    const { _resolveFilename } = loader;
    const { lib } = this.installation;
    loader._resolveFilename = (...args) => {
      const [request, parent] = args;
      if (request.startsWith('.') && parent?.filename?.startsWith(lib + sep)) return _resolveFilename(...args);
      loader._resolveFilename = _resolveFilename;
      const { hook } = this.load(join(__dirname, 'load.js')) as typeof import('./load');
      hook(this.program.header.main, this.installation, this.record());
      this.answer();
      return loader._resolveFilename(...args);
    };
  }
}

const nodeRequire = require;

/** The `--app` of a command's words, as far as it can be told at a glance; the command itself looks more closely. */
function appOf(args: readonly string[]): string | undefined {
  const at = args.findIndex((word) => word === '--app' || word === '-a');
  if (at >= 0) return args[at + 1];
  return args.find((word) => word.startsWith('--app='))?.slice('--app='.length);
}

/** Begins a run of a program: with what an earlier one kept, or else by watching what this one can keep. */
export function start(cwd: string, args: readonly string[], installation: Installation): Kept {
  const app = appOf(args);
  const warm = Warm.open(cwd, app, installation);
  if (warm) return { warm };
  if (!canKeep() || !packPath(cwd, app, 'program')) return {};
  const { Recording } = require('./recording') as typeof import('./recording');
  return { recording: new Recording(installation) };
}

function readPack<Header extends PackHeader = PackHeader>(
  cwd: string,
  app: string | undefined,
  name: PackName,
  identity: string,
): LoadedPack<Header> | undefined {
  const path = packPath(cwd, app, name);
  const seal = packPath(cwd, app, 'seal');
  const pack = path && seal ? Pack.read<Header>(path, sealed<PackName>(seal)[name]) : undefined;
  return pack?.header.identity === identity ? new LoadedPack(pack) : undefined;
}

function areAsTheyWere({ modules }: PackHeader): boolean {
  return modules.every(({ file, state }) => !state || isAsIt(file, state));
}

function readFile(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

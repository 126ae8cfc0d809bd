import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { Script } from 'node:vm';
import { observe } from './accesses';
import type { Installation } from './installation';
import { lazily, provideLazy } from './lazy';
import { ownCode } from './load';
import { loader, type NodeModule, requireOf } from './node-loader';
import { type FileState, isWide, PackWriter, type Slice, seal, stateOf } from './pack';
import { prune } from './prune';
import {
  compile,
  compileOwn,
  identityOf,
  type LoadedPack,
  type ModuleFunction,
  type OwnOptions,
  type PackedModule,
  type PackHeader,
  type PackName,
  type ProgramHeader,
  packPath,
  type Unit,
  type Warm,
} from './warm';

/** A module as this run has compiled it. */
interface Recorded {
  /** As it is run. */
  readonly code: string;
  /** As Node read it from the file, where nothing else was done to it. */
  readonly read?: string;
  /** Of a program's own module. */
  readonly own?: { readonly source?: Buffer; readonly how: OwnOptions; readonly script?: Script };
}

/** Which program it is, and how it was found. */
export interface ProgramName {
  readonly cwd: string;
  readonly app?: string;
  readonly main: string;
}

/** Watches what a run loads and what decided it, and keeps it for the next run. See {@link Warm} for what comes of it. */
export class Recording {
  private readonly modules = new Map<string, Recorded>();
  private readonly parents = new Map<string, string>();
  /** What each file requires: the file that it got, or a module of Node's own. */
  private readonly requests = new Map<string, Map<string, string>>();
  private readonly absent = new Set<string>();
  private readonly contents = new Map<string, Buffer>();
  private readonly states = new Map<string, FileState>();
  private readonly resolutions = new Map<string, string>();

  constructor(
    private readonly installation: Installation,
    private readonly warm?: Warm,
  ) {
    provideLazy();
    const recording = this;
    const { _compile } = loader.prototype;
    loader.prototype._compile = function (content, file, ...rest) {
      const code = lazily(content, file, installation.lib);
      // Node takes some files for ECMAScript modules by their syntax.
      if (rest[0] !== 'module' && !recording.modules.has(file)) {
        const own = recording.isForeign(file)
          ? undefined
          : { how: { esm: false, assignFields: false, transpiled: false } };
        recording.modules.set(file, { code: plain(code), read: content, own });
        recording.comesFrom(this, file);
      }
      return _compile.call(this, code, file, ...rest);
    };
    const { _load } = loader;
    loader._load = function (request, parent, isMain) {
      const exports = _load.call(this, request, parent, isMain);
      if (parent?.filename) recording.required(request, parent);
      return exports;
    };
  }

  /** Runs what finds out about the program; the files that it reads or looks for are among what decides. */
  observe<T>(body: () => T): T {
    const stop = observe((access, path) => {
      // A package's modules are compared one by one.
      if (
        access === 'write' ||
        this.absent.has(path) ||
        this.contents.has(path) ||
        /[\\/]node_modules[\\/].*\.[cm]?js$/.test(path)
      )
        return;
      if (!existsSync(path)) this.absent.add(path);
      else if (access === 'read') this.contents.set(path, readFileSync(path));
    });
    try {
      return body();
    } finally {
      stop();
    }
  }

  /** Transpiles and compiles a program's own module. */
  compileOwn(file: string, source: Buffer, how: OwnOptions, main = this.warm?.program.header.main): ModuleFunction {
    const code = ownCode(source, file, how, main ?? file);
    const script = compileOwn(code, file);
    this.modules.set(file, { code, own: { source, how, script } });
    return script.runInThisContext() as ModuleFunction;
  }

  /** Runs a program's own module as Node's loader would. */
  runOwn(module: NodeModule, file: string, source: Buffer, how: OwnOptions, main: string): void {
    this.comesFrom(module, file);
    const run = this.compileOwn(file, source, how, main);
    const require = requireOf(module, (request) => module.require(request));
    run.call(module.exports, module.exports, require, module, file, dirname(file));
  }

  private comesFrom(module: NodeModule, file: string): void {
    const parent = (module as { parent?: { filename?: string } }).parent?.filename;
    if (parent) this.parents.set(file, parent);
  }

  private required(request: string, parent: NodeModule): void {
    const { filename } = parent;
    const known = this.requests.get(filename) ?? new Map<string, string>();
    this.requests.set(filename, known);
    if (known.has(request)) return;
    if (isBuiltin(request)) {
      known.set(request, request.startsWith('node:') ? request : `node:${request}`);
      return;
    }
    const folder = dirname(filename);
    const key = `${folder}\0${request}`;
    const file = this.resolutions.get(key) ?? loader._resolveFilename(request, parent);
    known.set(request, file);
    if (this.resolutions.has(key)) return;
    this.resolutions.set(key, file);
    if (this.isForeign(filename)) return;
    if (/^(\.{1,2}(\/|$)|\/)/.test(request)) this.lookedFor(join(folder, request), file);
    else if (!/^(podwright(\/|$)|#|[A-Za-z]:)/.test(request)) this.lookedUp(folder, request);
  }

  /** The files that Node would rather have taken for a path. */
  private lookedFor(path: string, file: string): void {
    for (const candidate of [path, `${path}.js`, `${path}.json`, `${path}.node`, join(path, 'package.json')]) {
      if (candidate === file) return;
      if (!existsSync(candidate)) this.absent.add(candidate);
    }
  }

  /** The folders in which Node would rather have found a package, and the one in which it did. */
  private lookedUp(from: string, request: string): void {
    const name = /^(@[^/]+\/)?[^/]+/.exec(request)?.[0] ?? request;
    for (let folder = from; ; folder = dirname(folder)) {
      const modules = join(folder, 'node_modules');
      const manifest = join(modules, name, 'package.json');
      const state = stateOf(manifest);
      if (state) this.states.set(manifest, state);
      if (state || folder === dirname(folder)) return;
      this.absent.add(existsSync(modules) ? join(modules, name) : modules);
    }
  }

  /** What the package managers of npm's world write at each change of what is installed. */
  private lookAtLockfiles(from: string, modules: string): void {
    const look = (path: string) => {
      const state = stateOf(path);
      if (state) this.states.set(path, state);
      else this.absent.add(path);
    };
    for (const name of ['.package-lock.json', '.modules.yaml', '.yarn-state.yml']) look(join(modules, name));
    for (let folder = from; ; folder = dirname(folder)) {
      for (const name of [
        'package-lock.json',
        'npm-shrinkwrap.json',
        'yarn.lock',
        'pnpm-lock.yaml',
        'bun.lock',
        'bun.lockb',
      ])
        look(join(folder, name));
      if (folder === dirname(modules) || folder === dirname(folder)) return;
    }
  }

  /** The toolkit's modules that were there before the recording, itself among them. */
  private addLoadedBefore(): void {
    for (const [file, module] of Object.entries(loader._cache)) {
      if (!module || this.modules.has(file) || !file.startsWith(this.installation.lib + sep)) continue;
      const read = readFileSync(file, 'utf8');
      this.modules.set(file, { code: plain(lazily(read, file, this.installation.lib)), read });
      for (const [, request = ''] of read.matchAll(/\brequire\("([^"]+)"\)/g))
        if (/^(\.|node:)/.test(request)) this.required(request, module);
    }
  }

  private isForeign(file: string): boolean {
    return file.includes(`${sep}node_modules${sep}`) || file.startsWith(this.installation.lib + sep);
  }

  /** Whether a module was loaded for the toolkit's own ends: to transpile, to read a configuration. */
  private isAside(file: string): boolean {
    const parent = this.parents.get(file);
    if (parent === undefined)
      return this.warm?.transpiler?.header.modules.some((module) => module.file === file) ?? false;
    const { lib } = this.installation;
    const isToolkit = (path: string) => path.startsWith(lib + sep);
    if (isToolkit(parent) && !isToolkit(file) && !/[\\/](cdk8s|constructs)[\\/]/.test(file)) return true;
    return this.isAside(parent);
  }

  /** Keeps what was found out. Whatever stands in the way of that, the next run starts as this one did. */
  save(program: ProgramName): void {
    try {
      this.keep(program);
    } catch {
      // What can't be compiled again, or not be read again, is not kept.
    }
  }

  private keep(program: ProgramName): void {
    const { cwd, app, main } = program;
    const path = (name: PackName) => packPath(cwd, app, name);
    const target = path('program');
    if (!target) return;
    for (const name of ['cdk8s', 'constructs']) this.lookedUp(dirname(main), name);
    this.lookAtLockfiles(dirname(main), dirname(dirname(dirname(target))));
    if (!this.warm) this.addLoadedBefore();
    const identity = identityOf(this.installation);
    const fresh = [...this.modules].filter(([file]) => !this.warm?.changed.has(file));
    const foreign = fresh.filter(([file]) => this.isForeign(file));
    const aside = new Set(foreign.map(([file]) => file).filter((file) => this.isAside(file)));
    const { warm } = this;
    this.keepPackages(
      path('packages'),
      identity,
      foreign.filter(([file]) => !aside.has(file)),
      warm?.packages,
    );
    this.keepPackages(
      path('transpiler'),
      identity,
      foreign.filter(([file]) => aside.has(file)),
      warm?.transpiler,
    );
    this.keepProgram(target, identity, program);
    const [packages, transpiler, seals] = [path('packages'), path('transpiler'), packPath(cwd, app, 'seal')];
    if (packages && transpiler && seals) seal<PackName>(seals, { program: target, packages, transpiler });
    prune(dirname(target));
  }

  /** Modules of packages are compiled as one: a list of functions. */
  private keepPackages(
    path: string | undefined,
    identity: string,
    added: readonly (readonly [string, Recorded])[],
    before: LoadedPack | undefined,
  ): void {
    const old = before?.header.modules ?? [];
    const grown = old.some(({ file }) => this.requests.has(file));
    const known = new Set(old.map(({ file }) => file));
    const fresh = added.filter(([file]) => !known.has(file));
    if (!path || (fresh.length === 0 && !grown && (!before || before.header.compiled))) return;
    const files = new Files();
    const writer = new PackWriter();
    const sources = [
      ...old.map((module) => ({
        file: module.file,
        code: (before as LoadedPack).codeOf(module),
        state: module.state as FileState,
        requests: requestsOf(module, before as LoadedPack),
      })),
      ...fresh.map(([file, { code, read }]) => ({ file, code, state: unchangedState(file, read), requests: {} })),
    ];
    const modules: PackedModule[] = [];
    const units: Unit[] = [];
    let compiled = true;
    for (const [unitFile, members] of unitsOf(path, sources)) {
      let text = '[';
      for (const [index, { file, code, state, requests }] of members.entries()) {
        text += 'function (exports, require, module, __filename, __dirname) {';
        const start = text.length;
        text += code;
        const all = { ...requests, ...Object.fromEntries(this.requests.get(file) ?? []) };
        const place = { unit: units.length, index, code: [start, text.length] as const };
        modules.push({ file, ...place, requests: files.numbered(all), state });
        text += '\n},\n';
      }
      text += ']';
      const unit = before?.header.units[units.length];
      const same = unit && before?.pack.text(unit.text, unit.wide) === text;
      const script = before?.scripts[units.length];
      const data = same ? (script?.createCachedData() ?? before?.pack.slice(unit.data)) : undefined;
      if (!data) {
        compile(text, unitFile);
        compiled = false;
      }
      const written = writer.text(text);
      units.push({
        file: unitFile,
        text: written.slice,
        wide: written.wide,
        data: writer.add(data ?? Buffer.alloc(0)),
      });
    }
    const header: PackHeader = { identity, own: false, compiled, files: files.list, units, modules };
    writer.write(path, header);
  }

  /** A program's own modules are compiled each by itself, so that an edit costs no more than its file. */
  private keepProgram(path: string, identity: string, { cwd, app, main }: ProgramName): void {
    const before = this.warm?.program;
    const files = new Files();
    const writer = new PackWriter();
    const modules: PackedModule[] = [];
    const units: Unit[] = [];
    const add = (file: string, code: string, data: Buffer, source: Buffer, how: OwnOptions, requests: Requests) => {
      const { slice, wide } = writer.text(code);
      modules.push({
        file,
        unit: units.length,
        index: 0,
        code: [0, code.length],
        requests: files.numbered({ ...requests, ...Object.fromEntries(this.requests.get(file) ?? []) }),
        source: writer.add(source),
        how,
      });
      units.push({ file, text: slice, wide, data: writer.add(data) });
    };
    for (const module of before?.header.modules ?? []) {
      if (!before || this.modules.has(module.file)) continue;
      const { data } = before.header.units[module.unit] as Unit;
      const code = before.codeOf(module);
      const source = before.pack.slice(module.source as Slice);
      add(module.file, code, before.pack.slice(data), source, module.how as OwnOptions, requestsOf(module, before));
    }
    for (const [file, { code, read, own }] of this.modules) {
      if (!own) continue;
      const source = own.source ?? readFileSync(file);
      if (read !== undefined && source.toString().replace(/^\uFEFF/, '') !== read) return;
      const script = own.script ?? compileOwn(code, file);
      const old = before?.header.modules.find((module) => module.file === file);
      add(file, code, script.createCachedData(), source, own.how, old && before ? requestsOf(old, before) : {});
    }
    const header: ProgramHeader = {
      identity,
      own: true,
      compiled: true,
      files: files.list,
      units,
      modules,
      cwd,
      app,
      main,
      absent: [...new Set([...(before?.header.absent ?? []), ...this.absent])],
      contents: [
        ...(before?.header.contents ?? []).map(([file, slice]) => [file, before?.pack.slice(slice)] as const),
        ...this.contents,
      ].map(([file, content]) => [file, writer.add(content as Buffer)] as const),
      states: [...(before?.header.states ?? []), ...this.states],
    };
    writer.write(path, header);
  }
}

/**
 * Modules by the unit that they are compiled in: one for most of them, one for those with characters of two bytes, and
 * one each for those with a dynamic import, which is relative to the file that it is in.
 */
function unitsOf<M extends { readonly file: string; readonly code: string }>(
  path: string,
  modules: readonly M[],
): (readonly [file: string, M[]])[] {
  const alone = modules.filter(({ code }) => /\bimport\s*\(/.test(code));
  const together = modules.filter((module) => !alone.includes(module));
  return [
    [path, together.filter(({ code }) => !isWide(code))],
    [path, together.filter(({ code }) => isWide(code))],
    ...alone.map((module): [string, M[]] => [module.file, [module]]),
  ];
}

type Requests = Readonly<Record<string, string>>;

/** The files of a header, each named once. */
class Files {
  readonly list: string[] = [];
  private readonly numbers = new Map<string, number>();

  numbered(requests: Requests): Record<string, number | string> {
    return Object.fromEntries(
      Object.entries(requests).map(([request, file]) => [request, file.startsWith('node:') ? file : this.number(file)]),
    );
  }

  private number(file: string): number {
    const number = this.numbers.get(file) ?? this.list.push(file) - 1;
    this.numbers.set(file, number);
    return number;
  }
}

function requestsOf({ requests }: PackedModule, { header }: LoadedPack): Requests {
  return Object.fromEntries(
    Object.entries(requests).map(([request, target]) => [
      request,
      typeof target === 'number' ? (header.files[target] as string) : target,
    ]),
  );
}

/** A module's code without what only a file of its own may begin and end with. */
function plain(code: string): string {
  return code.replace(/^#!.*/, '').replace(/\n\/\/# sourceMappingURL=data:\S+\s*$/, '\n');
}

/** The state of a file that still has the content that was read from it. */
function unchangedState(file: string, read: string | undefined): FileState {
  const state = stateOf(file);
  if (!state || readFileSync(file, 'utf8').replace(/^\uFEFF/, '') !== read) throw new Error(`${file} has changed`);
  // A write within the clock's grain would not show.
  if (Date.now() - Math.max(state[1], state[2]) < 100) throw new Error(`${file} is new`);
  return state;
}

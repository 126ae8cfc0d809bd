import { sep } from 'node:path';

const LAZY = Symbol.for('podwright.lazy');

/** Modules that take long to load and that most runs do not use, though cdk8s and constructs name them. */
const NAMES = '(?:node:)?(?:child_process|crypto|zlib)|yaml|fast-json-patch';
const REQUIRES = new RegExp(`^(const|var) (\\w+) = (__importStar\\()?require\\("(${NAMES})"\\)`, 'gm');

/**
 * The code of a module of the toolkit, cdk8s or constructs with modules loaded when they are first used, and not when
 * they are named. Of what the TypeScript compiler and esbuild write for an import, only a member is ever used, so that
 * nothing else changes.
 */
export function lazily(code: string, file: string, lib: string): string {
  if (file.startsWith(lib + sep)) {
    const path = file.slice(lib.length + 1);
    if (/^api[\\/]k8s\.js$/.test(path)) return lazilyKinds(code);
    return OUTER.test(path) ? lazilyOurs(code) : lazilyNodes(code);
  }
  if (!/[\\/]node_modules[\\/](cdk8s|constructs)[\\/]lib[\\/]/.test(file)) return code;
  const lazy = lazilyNodes(code);
  // The one place where a member is read at once: cdk8s's _child_process, which is there to be replaced in tests.
  return lazy.replace(/^( {4}spawnSync: )(child_process_1\.spawnSync)(,)$/m, '$1(...args) => $2(...args)$3');
}

/**
 * Layers of the toolkit whose imports become calls. Not those whose functions run for every field of every object: there
 * even a call that is compiled away costs a twentieth.
 */
const OUTER =
  /^(index\.js$|rules[\\/]custom-resources[\\/]index\.js$|(cli|constructs|report|synth[\\/](dist|program|trace))[\\/])/;

function lazilyOurs(code: string): string {
  const names = new Set<string>();
  const declared = code.replace(/^var (import_\w+) = require\((".*?")\);$/gm, (_, name, module) => {
    names.add(name);
    return `var ${name}_; function ${name}() { return ${name}_ ??= require(${module}); }`;
  });
  return declared.replace(/(\bnew )?\b(import_\w+)\.([\w$]+)/g, (use, created, name, member) => {
    if (!names.has(name)) return use;
    return created ? `new (${name}().${member})` : `${name}().${member}`;
  });
}

/** The classes of the hundreds of kinds come to be when they are asked for. */
function lazilyKinds(code: string): string {
  return code
    .replace(/^( {2}(Kube\w+): \(\) => )\2(,?)$/gm, '$1$2_ ??= $2()$3')
    .replace(/^class (Kube\w+) (extends [^{]*\{\n[\s\S]*?^\})$/gm, 'var $1_; function $1() { return class $1 $2; }');
}

function lazilyNodes(code: string): string {
  return code.replace(
    REQUIRES,
    (_, word, name, star = '', module) =>
      `${word} ${name} = ${star}globalThis[Symbol.for("podwright.lazy")](() => require(${JSON.stringify(module)}))`,
  );
}

/** Puts what {@link lazily} calls where the code finds it. */
export function provideLazy(): void {
  (globalThis as { [LAZY]?: typeof standIn })[LAZY] ??= standIn;
}

function standIn(load: () => object): object {
  let real: object | undefined;
  const loaded = () => {
    real ??= load();
    return real;
  };
  return new Proxy(
    {},
    {
      // What __importStar asks: the module is then taken as it is, and not copied.
      get: (_, key) => (key === '__esModule' ? true : key === 'default' ? loaded() : Reflect.get(loaded(), key)),
      has: (_, key) => key in loaded(),
    },
  );
}

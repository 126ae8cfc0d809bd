import type { Options } from 'sucrase';

/** A source that cannot be run as it is; the message says where and why. */
export class TranspileError extends Error {
  constructor(
    message: string,
    readonly file: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(message);
  }
}

/** How a file of a program is read. */
export interface TranspileOptions {
  /** Whether the file is an ECMAScript module for Node: its default imports of CommonJS are what those export. */
  readonly esm: boolean;
  /**
   * Whether class fields are assigned, as TypeScript does where `useDefineForClassFields` is off or the target is
   * older than ES2022; a field without a value is then no field. @default false
   */
  readonly assignFields?: boolean;
}

/**
 * TypeScript or ESM to CommonJS, line for line: an error's line is that of the source. Types are stripped, not checked.
 *
 * @throws TranspileError
 */
export function transpile(source: string, file: string, options: TranspileOptions): string {
  // Not loaded before it is needed: a program that has not changed is not transpiled.
  const { transform } = require('sucrase') as typeof import('sucrase');
  const transforms: Options['transforms'] = ['imports'];
  if (/\.([cm]?ts|tsx)$/.test(file)) transforms.push('typescript');
  if (/x$/.test(file)) transforms.push('jsx');
  refuseNamespaces(source, file);
  let code: string;
  try {
    code = transform(source, {
      transforms,
      jsxRuntime: 'automatic',
      production: true,
      filePath: file,
      disableESTransforms: !options.assignFields,
      preserveDynamicImport: false,
    }).code;
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number; column: number } };
    const text = message.replace(/^Error transforming .*?: /, '').replace(/ \(\d+:\d+\)$/, '');
    throw new TranspileError(text, file, loc?.line ?? 1, loc?.column ?? 1);
  }
  if (options.esm) {
    // What Node gives an ECMAScript module that imports CommonJS: all of `module.exports` is the default.
    code = code.replace(
      /function _interopRequireDefault\(obj\) \{ return obj && obj\.__esModule \? obj : \{ default: obj \}; \}/,
      'function _interopRequireDefault(obj) { return obj && obj[Symbol.for("podwright.esm")] ? obj : { default: obj }; }',
    );
    code = code.replace(
      '"use strict";',
      '"use strict";Object.defineProperty(exports, Symbol.for("podwright.esm"), {value: true});',
    );
  }
  return code.includes('import.meta') ? importMeta(code) : code;
}

/** A namespace with values is left out by the transpiler without a word. */
function refuseNamespaces(source: string, file: string): void {
  for (const match of source.matchAll(/^[ \t]*(?:export[ \t]+)?(?:namespace|module)[ \t]+[\w.]+[ \t]*\{/gm)) {
    const body = source.slice(match.index + match[0].length, closing(source, match.index + match[0].length));
    if (!/\b(const|let|var|function|class|enum)\b/.test(body)) continue;
    const line = source.slice(0, match.index).split('\n').length;
    throw new TranspileError(
      'a namespace with values is not supported; expected a module. Export its members',
      file,
      line,
      1,
    );
  }
}

/** The position of the brace that closes the one before `start`; strings and comments are not looked into. */
function closing(source: string, start: number): number {
  let depth = 1;
  for (let at = start; at < source.length; at++) {
    if (source[at] === '{') depth++;
    else if (source[at] === '}' && --depth === 0) return at;
  }
  return source.length;
}

/** `import.meta` in CommonJS, with what programs read of it. */
function importMeta(code: string): string {
  const meta =
    'const _importMeta = { url: require("node:url").pathToFileURL(__filename).href, filename: __filename, dirname: __dirname, resolve: (name) => require("node:url").pathToFileURL(require.resolve(name)).href };';
  return code.replaceAll('import.meta', '_importMeta').replace('"use strict";', `"use strict";${meta}`);
}

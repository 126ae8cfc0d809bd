import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Transform, transform } from 'sucrase';

/** What jest tells a transformer about one file; the part of jest's own type that is read here. */
export interface TransformOptions {
  /** Whether jest counts coverage in the file. @default false */
  readonly instrument?: boolean;
  /** Whether jest runs the file as an ECMAScript module. @default false */
  readonly supportsStaticESM?: boolean;
}

/** One file's JavaScript, with the map from its lines to those of the source. */
export interface TransformedSource {
  readonly code: string;
  readonly map: string;
}

/** The version of the transpiler: its code is another with each. */
const transpiler = createHash('sha256')
  .update(readFileSync(__filename))
  .update(readFileSync(join(require.resolve('sucrase'), '..', '..', 'package.json')))
  .digest('hex');

/**
 * Jest's transform for programs in TypeScript: `transform: { '\\.[cm]?tsx?$': 'podwright/jest' }` in the jest
 * configuration. It strips types and hoists `jest.mock`, and leaves the checking of types to `tsc`: each file takes
 * about a millisecond. Enums and parameter properties work; a namespace that holds values does not (nothing of it is
 * left).
 *
 * @throws a SyntaxError with file, line and column, when the source is not TypeScript.
 */
export function process(source: string, file: string, options: TransformOptions = {}): TransformedSource {
  const modules: Transform[] = options.supportsStaticESM ? [] : ['imports'];
  const { code, sourceMap } = transform(source, {
    transforms: ['typescript', 'jest', ...modules, ...(file.endsWith('x') ? (['jsx'] as const) : [])],
    jsxRuntime: 'automatic',
    production: true,
    filePath: file,
    disableESTransforms: true,
    preserveDynamicImport: true,
    sourceMapOptions: { compiledFilename: file },
  });
  return { code, map: JSON.stringify(sourceMap) };
}

/** The key under which jest keeps a transformed file: another for each version of the transpiler and each option. */
export function getCacheKey(source: string, file: string, options: TransformOptions = {}): string {
  const { instrument = false, supportsStaticESM = false } = options;
  return createHash('sha256')
    .update(JSON.stringify([transpiler, source, file, instrument, supportsStaticESM]))
    .digest('hex');
}

/** What jest loads: it takes a transformer from the default export. */
export default { process, getCacheKey };

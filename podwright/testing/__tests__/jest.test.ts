import { getCacheKey, process as transform } from '../jest';

function run(source: string, file = 'pod.ts'): Record<string, unknown> {
  const exports: Record<string, unknown> = {};
  new Function('exports', 'require', 'jest', transform(source, file).code)(exports, require, {
    mock: () => undefined,
  });
  return exports;
}

test('fails with file, line and column on what is not TypeScript', () => {
  expect(() => transform('const a = 1;\nconst b: = 2;\n', '/program/main.ts')).toThrow(
    'Error transforming /program/main.ts: Unexpected token (2:10)',
  );
});

test('runs an empty file', () => {
  expect(run('')).toEqual({});
});

test('strips types, keeps enums and parameter properties', () => {
  const source = [
    "import type { Chart } from 'not-installed';",
    "import { type Construct, join } from 'node:path';",
    'export enum Phase { Running = "Running" }',
    'export class Box { constructor(readonly value: number, _: Construct | Chart | undefined) {} }',
    'export const box = new Box(1, undefined) satisfies Box;',
    'export const path = join("a", "b").replace(/\\\\/, "/");',
  ].join('\n');
  const { Phase, box, path } = run(source);
  expect({ Phase, box: { ...(box as object) }, path }).toEqual({
    Phase: { Running: 'Running' },
    box: { value: 1 },
    path: 'a/b',
  });
});

test('keeps the class fields of JavaScript: a field without a value resets what the base class set', () => {
  const { value } = run(
    'class A { constructor() { this.x = 1 } x?: number } class B extends A { x?: number } export const value = "x" in new B() && new B().x === undefined;',
  );
  expect(value).toBe(true);
});

test('hoists jest.mock over the imports', () => {
  const { code } = transform("import { a } from './a';\njest.mock('./a');\na();\n", 'a.test.ts');
  expect(code.indexOf('__jestHoist();')).toBeLessThan(code.indexOf("require('./a')"));
});

test('leaves dynamic imports, and with static ESM all imports, to the engine', () => {
  const source = "import { join } from 'node:path';\nexport const a = join('a');\nexport const b = import('./b');\n";
  expect(transform(source, 'a.ts').code).toContain("import('./b')");
  expect(transform(source, 'a.ts').code).toContain("require('node:path')");
  expect(transform(source, 'a.ts', { supportsStaticESM: true }).code).toContain("import { join } from 'node:path'");
});

test('reads JSX in .tsx alone', () => {
  expect(transform('export const a = <b>{1}</b>;', 'a.tsx').code).toContain('jsx');
  expect(run('export const a = <number>1;', 'a.ts')).toEqual({ a: 1 });
});

test('maps lines to those of the source', () => {
  const { map } = transform('type A = 1;\n\nexport const a = 1;\n', 'a.ts');
  expect(JSON.parse(map)).toMatchObject({ version: 3, sources: ['a.ts'] });
});

test('keys the cache by source, file and every option', () => {
  const keys = [
    getCacheKey('a', 'a.ts'),
    getCacheKey('b', 'a.ts'),
    getCacheKey('a', 'b.ts'),
    getCacheKey('a', 'a.ts', { instrument: true }),
    getCacheKey('a', 'a.ts', { supportsStaticESM: true }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(getCacheKey('a', 'a.ts', { instrument: false })).toBe(keys[0]);
});

import { runInNewContext } from 'node:vm';
import { transpile } from '../../program/transpile';
import { instrument } from '../instrument';
import { Recorder } from '../recorder';
import { KEY, Sites, VALUE } from '../sites';

/** What a text exports, as it is or instrumented. */
function exported(text: string, recorder?: Recorder): unknown {
  const exports: Record<string, unknown> = {};
  const pass = (site: number, value: unknown) => recorder?.pass(site, value);
  runInNewContext(transpile(text, 'a.ts', { esm: false }), { exports, require, [VALUE]: pass, [KEY]: pass });
  return JSON.parse(JSON.stringify(exports));
}

/** `kind line:column key` of each site of a text. */
function sitesOf(text: string): string[] {
  const sites = new Sites();
  instrument(text, 'a.ts', sites);
  return sites.all.map(({ kind, line, column, key }) => [kind, `${line}:${column}`, key].filter(Boolean).join(' '));
}

const HOSTILE = `
import { join } from 'node:path';
type Kind = 'a' | 'b'; interface Names { 'x-y': 'z'; n: 1 }
declare const absent: { q: 'r' };
enum Level { low = 'low', high = 'high' } enum Order { first = 1, second }
const { a = 'A', b: { c = 'C', ...rest } = { d: 'D' }, 'e-f': g = 'G' } = { 'e-f': undefined } as { [key: string]: any };
let h: string, i: number; ({ h, i = 7 } = { h: 'H' } as any); [h = 'x', { i = 8 }] = ['y', {}] as any;
class Box<T extends 'p' | 'q'> {
  static 'quoted' = 'Q'; readonly size: number = 3; #secret = 'S';
  constructor(readonly label: string = 'L', { depth = 2 }: { depth?: number } = {}) { this.size = depth; }
  'method'(x = 'M', { y: { z = 'Z' } = {} }: any = {}) { return { x, z, secret: this.#secret, [this.label]: 'computed' }; }
  get value() { return 'got'; }
}
const short = 'short', fn = (value: string) => ({ value, short });
function tag(parts: TemplateStringsArray, ...values: unknown[]) { return [parts.raw[0], ...values]; }
const lookUp = { 'a-b': { list: ['zero', 'one'] } };
export const all = [
  a, c, rest, g, h, i, Level.low, Order[1], short, ...['s', 'p'].map((x) => x + '!'),
  lookUp['a-b']?.list[1], lookUp['a-b'].list['length'], \`t\${short}\${\`n\${1}\`}\`, tag\`raw\${'v'}\`, join('x', 'y'), -5, +'6',
  typeof short === 'string' ? 'yes' : 'no', 'in' in { in: 1 }, true && 'and', null ?? 'or', void 0, !false, 0x10, 1_000,
  new Box<'p'>('N', { depth: 4 }).method(), Box.quoted, new Box().value, fn('f'), { ...{ s: 1 }, get: 'g', async: true,
    if: 'word', 1: 'number', __proto__: null, arrow: (x: string) => x + 'z', named: function () {}, m() { return 'm'; } },
  (() => { switch (short as string) { case 'short': return 'case'; default: return 'default'; } })(),
  (() => { let sum = 0; for (let n = 0; n < 3; n += 1) sum += 2; label: while (true) { break label; } return sum; })(),
  { satisfied: 'S' satisfies string, asserted: 'A' as const, nonNull: short!, generic: fn<>('g') }.satisfied,
  (true ? { image: 'then' } : { image: 'else' }), JSON.stringify({ k: 'v' }), /re[']x/.test("re'x"), 'a' < 'b',
];
`.replace('fn<>', 'fn');

test('an instrumented program does as before', () => {
  const sites = new Sites();
  const text = instrument(HOSTILE, 'a.ts', sites);
  expect(text).not.toBe(HOSTILE);
  expect(text.split('\n').length).toBe(HOSTILE.split('\n').length);
  expect(exported(text, new Recorder())).toEqual(exported(HOSTILE));
});

test('each literal, name and value is a site, with its own line and column', () => {
  const text = [
    "const image = 'busybox';",
    'new Pod(chart, "a", {',
    "  'host-name': image,",
    '  containers: [{ image, port: 80, args: [`x`] }],',
    '});',
  ].join('\n');
  expect(sitesOf(text)).toEqual([
    'literal 1:15',
    'literal 2:16',
    'key 3:3 host-name',
    'property 3:16 host-name',
    'key 4:3 containers',
    'key 4:18 image',
    'property 4:18 image',
    'key 4:25 port',
    'literal 4:31 port',
    'key 4:35 args',
    'literal 4:42',
  ]);
});

test.each([
  ['modules', "import a from 'a'; export * from 'b'; const c = require('c'); import('d');"],
  ['types', "type A = 'a' | 1; let b: { c: 'd' }; interface E { f: 'g' } const h = <T extends 'i'>(x: T) => x;"],
  ['comparisons', "if (a === 'a' || 'b' !== b || n < 3) go();"],
  ['cases and loops', "switch (a) { case 'a': go(); } for (let n = 0; n < 3; n += 1) go(); while (true) go();"],
  ['look-ups', "a['b']; c[0]; d()['e'];"],
  ['directives', "'use strict'; function f() { 'use strict'; }"],
  ['patterns', 'const { a, b: { c } } = d; function e({ f, g: [h] }) {} ({ i } = j);'],
  ['enums', "enum A { b = 'c', d = 1 }"],
])('%s stay as they are', (_, text) => {
  expect(instrument(text, 'a.ts', new Sites())).toBe(text);
});

test('what is no TypeScript stays as it is', () => {
  expect(instrument("const a = { b: 'c';", 'a.ts', new Sites())).toBe("const a = { b: 'c';");
  expect(instrument('const a = <p b="c">d</p>;', 'a.tsx', new Sites())).toBe('const a = <p b="c">d</p>;');
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { Code } from '../../code';
import { addComments, addEndComments } from '../../comments';
import { valueText } from '../value';

const text = (value: unknown) => valueText(value, '', 0, 0);

const strings = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    'a\nb\n',
    '$' + '{A}',
    "it's",
    '"q"',
    'a\\b',
    '`x`',
    'x\n',
    '한국어 텍스트',
    'say "it\'s"',
    '*/',
    '\u2028',
  ),
  fc.integer({ min: 60, max: 130 }).map((length) => 'y'.repeat(length)),
);
const keys = fc.constantFrom(
  'name',
  'a-b',
  'app.kubernetes.io/name',
  '1',
  '1.5',
  'abcd',
  'abcde',
  '__proto__',
  '$a',
  'é',
  '',
);
const { map: maps } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    strings,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.array(fc.integer(), { maxLength: 40 }),
    tie('map'),
  ),
  map: fc.dictionary(keys, tie('value'), { maxKeys: 5, noNullPrototype: true }),
}));

test('says each value exactly', () => {
  fc.assert(
    fc.property(maps, (value) => {
      expect(JSON.stringify(new Function(`return ${text(value)}`)())).toBe(JSON.stringify(value));
    }),
    { numRuns: 300, seed: 7 },
  );
});

test('a formatter leaves it as it is', () => {
  const values = fc.sample(maps, { numRuns: 400, seed: 3 });
  for (const value of values.filter((_, index) => index % 5 === 0)) {
    const [key] = Object.keys(value as object);
    if (key !== undefined) addComments(value as object, key, ['a comment', '', 'of lines']);
    else addEndComments(value as object, ['nothing']);
  }
  const source = values.map((value, index) => {
    const start = `export const v${index} = `;
    return `${start}${valueText(value, '', start.length, 1)};\n`;
  });
  const folder = mkdtempSync(join(tmpdir(), 'podwright-format-'));
  try {
    writeFileSync(join(folder, 'a.ts'), source.join(''));
    const config = {
      formatter: { indentStyle: 'space', lineWidth: 120 },
      javascript: { formatter: { quoteStyle: 'single' } },
    };
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(config));
    const bin = join(dirname(require.resolve('@biomejs/biome/package.json')), 'bin', 'biome');
    spawnSync(process.execPath, [bin, 'format', '--write', 'a.ts'], { cwd: folder });
    expect(readFileSync(join(folder, 'a.ts'), 'utf8')).toBe(source.join(''));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('says a variable in short where it has the name of its field', () => {
  expect(text({ image: new Code('image'), name: new Code('image') })).toBe('{ image, name: image }');
  expect(text({ 'a-b': new Code('a-b') })).toBe("{ 'a-b': a-b }");
});

test('keeps comments above what they stand above, and shows nothing that hides', () => {
  const list = ['a', 'b'];
  addComments(list, 1, ['above */ \u202e b\nsecond']);
  addEndComments(list, ['the end']);
  expect(text({ list })).toBe(`{
  list: [
    'a',
    // above */   b
    // second
    'b',
    // the end
  ],
}`);
});

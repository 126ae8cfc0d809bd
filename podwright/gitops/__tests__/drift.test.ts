import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatManifest, MANIFEST } from '../../synth/dist/manifest';
import type { DistPlan } from '../../synth/dist/plan';
import { drift, readState } from '../drift';

type Texts = { [path: string]: string };

const sum = (text: string) => createHash('sha256').update(text).digest('hex');
const bytes = (texts: Texts) => new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));

function plan(texts: Texts, versions: Texts = { podwright: '1.0.0' }): DistPlan {
  const counts = { environments: [], charts: 0, objects: 0, findings: [] };
  return { outdir: '/dist', files: bytes(texts), versions: new Map(Object.entries(versions)), ...counts };
}
/** A folder as a synthesis of `texts` left it, and as it was changed since. */
function state(texts: Texts, changed: Texts = {}, versions: Texts = { podwright: '1.0.0' }) {
  const files = new Map(Object.entries(texts).map(([path, text]) => [path, new Set([sum(text)])]));
  const list = formatManifest({ files, versions: new Map(Object.entries(versions)), environments: [] });
  return { files: bytes({ [MANIFEST]: list, ...texts, ...changed }) };
}
/** What is found, a line a file. */
function found(...args: Parameters<typeof drift> extends [...infer A, string] ? A : never): string[] {
  return drift(...args, 'dist').map(
    ({ ruleId, source, message, fix }) => `${ruleId} ${source?.file} ${message} (${fix})`,
  );
}

test('finds nothing where dist is what the program says', () => {
  const texts = { 'a.yaml': 'a: 1\n', 'b/c.yaml': 'c: 1\n' };
  expect(found(plan(texts), state(texts))).toEqual([]);
  expect(found(plan(texts), state(texts, { 'a.yaml': 'a: 1\r\n', 'README.md': 'by hand' }))).toEqual([]);
});

test('finds a file that is stale, by the line', () => {
  expect(found(plan({ 'a.yaml': 'a: 1\nb: 3\n' }), state({ 'a.yaml': 'a: 1\nb: 2\n' }))).toEqual([
    'dist/stale dist/a.yaml is stale: line 2 is "b: 2", and the program says "b: 3" (npx podwright synth)',
  ]);
});

test('finds a file that was edited by hand, also where the program changed as well', () => {
  const edited = 'was edited by hand: line 1 is "a: 7", and the program says "a: 1"';
  expect(found(plan({ 'a.yaml': 'a: 1\n' }), state({ 'a.yaml': 'a: 1\n' }, { 'a.yaml': 'a: 7\n' }))).toEqual([
    `dist/edited dist/a.yaml ${edited} (Make the change in the program, then npx podwright synth --force)`,
  ]);
});

test('finds files that are missing: removed, or new in the program', () => {
  const { files } = state({ 'a.yaml': 'a' });
  files.delete('a.yaml');
  expect(found(plan({ 'a.yaml': 'a', 'b.yaml': 'b' }), { files })).toEqual([
    'dist/missing dist/a.yaml is missing: it was synthesized, and has been removed since (npx podwright synth)',
    'dist/stale dist/b.yaml is missing: the program has it since the last synthesis (npx podwright synth)',
  ]);
});

test('finds files too many: no longer made, or never', () => {
  expect(
    found(plan({ 'a.yaml': 'a' }), state({ 'a.yaml': 'a', 'old.yaml': 'b' }, { 'hand.json': '{}', 'c.txt': '' })),
  ).toEqual([
    'dist/extra dist/hand.json was not synthesized, and would be applied all the same (Remove it, or move it out of the folder)',
    'dist/stale dist/old.yaml is stale: the program makes no such file any more (npx podwright synth)',
  ]);
  expect(found(plan({ 'a.yaml': 'a' }), { files: bytes({ 'a.yaml': 'b' }) }).map((line) => line.split(' ')[0])).toEqual(
    ['dist/extra'],
  );
});

test.each([
  [
    'podwright',
    '1.1.0',
    'dist/version dist/a.yaml was made by podwright 1.0.0, and this is 1.1.0: line 1 is "b", and the program says "a" (npx podwright synth)',
  ],
  [
    'kueue',
    '1.1.0',
    'dist/version dist/a.yaml was made by kueue 1.0.0, and this is 1.1.0: line 1 is "b", and the program says "a" (npx podwright synth)',
  ],
  [
    'images.lock.yaml',
    'f00',
    'dist/images-lock dist/a.yaml is stale: images.lock.yaml was changed: line 1 is "b", and the program says "a" (npx podwright synth)',
  ],
])('names %s as the cause', (name, version, expected) => {
  expect(
    found(plan({ 'a.yaml': 'a' }, { [name]: version }), state({ 'a.yaml': 'b' }, {}, { [name]: '1.0.0' })),
  ).toEqual([expected]);
});

test.each([
  ['added', { 'images.lock.yaml': 'f00', podwright: '1.0.0' }, { podwright: '1.0.0' }],
  ['removed', { podwright: '1.0.0' }, { 'images.lock.yaml': 'f00', podwright: '1.0.0' }],
])('names images.lock.yaml as the cause where it was %s', (what, now, then) => {
  expect(found(plan({ 'a.yaml': 'a' }, now), state({ 'a.yaml': 'b' }, {}, then))).toEqual([
    `dist/images-lock dist/a.yaml is stale: images.lock.yaml was ${what}: line 1 is "b", and the program says "a" (npx podwright synth)`,
  ]);
});

test('finds a list of owned files that is not current, and none at all', () => {
  const stale = 'dist/.podwright is stale: the list of the files that synthesis owns (npx podwright synth)';
  expect(found(plan({ 'a.yaml': 'a' }), { files: bytes({ 'a.yaml': 'a' }) })).toEqual([`dist/stale ${stale}`]);
  const texts = { 'a.yaml': 'a' };
  expect(found(plan(texts, { podwright: '2.0.0' }), state(texts)).map((line) => line.split(' ')[0])).toEqual([
    'dist/version',
  ]);
});

test('finds what git does not follow, though it is right', () => {
  const texts = { 'a.yaml': 'a', 'b.yaml': 'b' };
  const unknown = { untracked: new Set(['a.yaml', 'other.txt']), ignored: new Set(['b.yaml']) };
  expect(found(plan(texts), { ...state(texts), unknown })).toEqual([
    'dist/untracked dist/a.yaml is in no commit (git add dist)',
    'dist/ignored dist/b.yaml is kept out of git by a .gitignore (Take dist out of .gitignore: what is committed is what is applied)',
  ]);
});

describe('the files of a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'podwright-drift-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('are read with those below it, but for links and what is on its way', () => {
    mkdirSync(join(folder, 'b'));
    mkdirSync(join(folder, '.podwright.tmp'));
    for (const path of ['a.yaml', 'b/c.yaml', '.podwright.tmp/0']) writeFileSync(join(folder, path), path);
    symlinkSync('/etc', join(folder, 'link'));
    expect([...readState(folder).keys()].sort()).toEqual(['a.yaml', 'b/c.yaml']);
  });

  test('are none where there is no folder', () => {
    expect(readState(join(folder, 'none')).size).toBe(0);
  });
});

test('compares 10,000 files in well under 2 s', () => {
  const texts = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`a/${index}.yaml`, `kind: Pod\nname: ${index}\n`]),
  );
  expect(found(plan(texts), state(texts, { 'a/7.yaml': 'by hand' }))).toHaveLength(1);
});

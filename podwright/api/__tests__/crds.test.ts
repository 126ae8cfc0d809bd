import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptCrdsIn, readKeptCrds } from '../crds';

const HEAD = { generated: '', source: 'a.yaml', crds: [] as unknown[] };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwright-crds-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('fails for a text that is not what was written', () => {
  expect(() => readKeptCrds('')).toThrow(SyntaxError);
  expect(() => readKeptCrds('<<<<<<< HEAD')).toThrow(SyntaxError);
  const versions = [{ name: 'v1', storage: true, schema: 7 }];
  const { crds } = readKeptCrds(JSON.stringify({ ...HEAD, crds: [{ kind: 'Queue', versions }] }));
  expect(() => crds[0]?.versions[0]?.schema).toThrow('line 8 is missing');
});

test('fails with the name of the damaged file', () => {
  writeFileSync(join(folder, 'a.crds.jsonl'), '{');
  expect(() => keptCrdsIn(folder)).toThrow(
    `${join(folder, 'a.crds.jsonl')} is damaged; make it again with podwright import`,
  );
});

test('has no definitions where there is no folder, or nothing kept in it', () => {
  expect(keptCrdsIn(join(folder, 'nowhere'))).toEqual([]);
  writeFileSync(join(folder, 'a.ts'), '');
  expect(keptCrdsIn(folder)).toEqual([]);
});

test('has the definitions of all files of a folder, by the names of the files', () => {
  const kept = (kind: string) => JSON.stringify({ ...HEAD, crds: [{ kind, versions: [] }] });
  writeFileSync(join(folder, 'b.crds.jsonl'), kept('Second'));
  writeFileSync(join(folder, 'a.crds.jsonl'), kept('First'));
  expect(keptCrdsIn(folder).map(({ kind }) => kind)).toEqual(['First', 'Second']);
});

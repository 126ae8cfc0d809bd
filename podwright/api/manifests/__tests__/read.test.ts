import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_FILE } from '../files';
import { type Manifests, readManifests, readManifestText } from '../read';

const folder = mkdtempSync(join(tmpdir(), 'podwright-read-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const good = 'apiVersion: v1\nkind: A\n';
const faults = ({ unreadable }: Manifests) =>
  unreadable.map(({ part, message, line, column }) => `${part.file}:${line}:${column}: ${message}`);
const kinds = ({ objects }: Manifests) => objects.map(({ object }) => object.kind);

const bomb = `a: &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdefghi']
  .map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghi'[index]}`).join(', ')}]\n`)
  .join('')}`;

test.each([
  ['a key twice', 'a: 1\nb: 2\na: 3\n', '3:1: Map keys must be unique'],
  ['a key twice in JSON', '{"a": {"b": 1,\n "\\u0062": 2}}', '2:2: Map keys must be unique'],
  ['a tab', 'a:\n\tb: 1\n', '2:1: Tabs are not allowed as indentation'],
  ['an open bracket', 'a: [\n', '2:1: Flow sequence in block collection must be sufficiently indented'],
  ['a template', 'kind: A\nname: {{ .Values.name }}\n', '2:7: is a template, not YAML; expected what it renders'],
  ['a template that YAML would take for a mapping', 'a: {{ b }}\n', '1:4: is a template, not YAML'],
  ['a template with control', '{{- if .Values.a }}\nkind: A\n{{- end }}\n', '1:1: is a template, not YAML'],
  ['a mapping for a key', 'a:\n  ? {b: 1}\n  : c\n', '2:5: has a mapping or a list for a key; expected text'],
  ['an alias of nothing', 'a: *b\n', 'b'],
  ['a bomb', bomb, '2:8: has aliases of aliases that grow without bound'],
  ['lists in lists', `a: ${'['.repeat(20_000)}\n`, 'is nested too deep'],
  ['objects in objects', '{"a":'.repeat(300).concat('1', '}'.repeat(300)), 'is nested deeper than 200 levels'],
  ['text', 'text\n', '1:1: is no Kubernetes object; expected apiVersion and kind'],
  ['a list', '- a\n', '1:1: is no Kubernetes object'],
  ['a List of something else', 'apiVersion: v1\nkind: List\nitems: [{a: 1}]\n', '/items/0 is no Kubernetes object'],
])('says where %s is, and reads what stands beside it', (_, text, message) => {
  const read = readManifestText('a.yaml', text.startsWith('{"') ? text : `${good}---\n${text}---\n${good}`);
  expect(faults(read).join('\n')).toContain(
    message.replace(/^\d+/, (line) => `${Number(line) + (text.startsWith('{"') ? 0 : 3)}`),
  );
  if (!text.startsWith('{"')) expect(kinds(read)).toEqual(['A', 'A']);
});

test('says where bytes are no text, and that a file is too large', () => {
  writeFileSync(join(folder, 'a.yaml'), Buffer.from([0x61, 0x0a, 0x62, 0xff, 0xfe]));
  writeFileSync(join(folder, 'b.yaml'), 'kind: A\nname: \0\n');
  writeFileSync(join(folder, 'c.yaml'), Buffer.alloc(MAX_FILE + 1, 'a'));
  writeFileSync(join(folder, 'd.yaml'), `${good}# ${'é'.repeat(100)}\n`);
  const read = readManifests(['.'], folder);
  expect(faults(read)).toEqual([
    'a.yaml:2:2: is no text; expected YAML or JSON in UTF-8',
    'b.yaml:2:7: is no text; expected YAML or JSON in UTF-8',
    'c.yaml:1:1: is larger than 32 MB; expected manifests. Divide it: an object has at most 1.5',
  ]);
  expect(kinds(read)).toEqual(['A']);
});

test('says that a document is too large for a whole YAML reader', () => {
  const text = `${good}a: [1]\nb: ${'c'.repeat(5 * 2 ** 20)}\n---\n${good}`;
  expect(faults(readManifestText('a.yaml', text))).toEqual([
    'a.yaml:1:1: is a document of more than 4 MB, with more than kubectl writes; divide it, or give it as JSON',
  ]);
});

test('reads as kubectl does', () => {
  const text = `${good}octal: [0644, 0o644]\nbool: [yes, off]\ntext: [12:30:00, 2024-01-01]\nmerged: {<<: &a {b: 1}, c: 2}\n`;
  expect(readManifestText('a.yaml', text).objects[0]?.object).toEqual({
    apiVersion: 'v1',
    kind: 'A',
    octal: [420, 420],
    bool: [true, false],
    text: ['12:30:00', '2024-01-01'],
    merged: { b: 1, c: 2 },
  });
});

test('reads UTF-16, by its byte order mark', () => {
  writeFileSync(join(folder, 'd.yaml'), Buffer.from(`\ufeff${good}`, 'utf16le'));
  expect(kinds(readManifests([join(folder, 'd.yaml')], folder))).toEqual(['A']);
});

test('knows the kind of items by that of their list', () => {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'PodList', items: [{ metadata: { name: 'a' } }] });
  expect(readManifestText('-', text).objects).toMatchObject([
    { object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }, steps: ['items', 0] },
  ]);
});

test('keeps apart what SOPS has encrypted', () => {
  const read = readManifestText('a.yaml', `${good}sops:\n  mac: ENC[x]\n`);
  expect([kinds(read), read.encrypted.length]).toEqual([[], 1]);
});

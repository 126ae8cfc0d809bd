import { documentsOf, ManifestFault, objectsOf } from '../documents';

const read = (text: string) => documentsOf('a.yaml', text).flatMap((document) => objectsOf(document));

test('reads the objects of a stream, each with its first line', () => {
  const text = '# made by hand\nkind: A\nmetadata: {name: a}\n---\n\n---\nkind: B\n--- # third\nkind: C\n';
  expect(read(text).map(({ object, document }) => [object.kind, document.line])).toEqual([
    ['A', 1],
    ['B', 7],
    ['C', 8],
  ]);
});

test('reads lines that end as on Windows, JSON, anchors, and the items of a List', () => {
  expect(read('kind: A\r\n---\r\nkind: B\r\n').map(({ object }) => object.kind)).toEqual(['A', 'B']);
  expect(read('{"kind": "A", "data": {"a": "---"}}').map(({ object }) => object)).toEqual([
    { kind: 'A', data: { a: '---' } },
  ]);
  expect(read('kind: A\na: &x {b: 1}\nc:\n  <<: *x\n').map(({ object }) => object.c)).toEqual([{ b: 1 }]);
  expect(read('kind: List\nitems:\n- kind: A\n- kind: B\n').map(({ object }) => object.kind)).toEqual(['A', 'B']);
  expect(read('kind: A\ndata:\n  a: |\n    ---\n    b\n').map(({ object }) => object.data.a)).toEqual(['---\nb\n']);
});

test('keeps the line breaks that a block keeps', () => {
  const text = 'kind: A\ndata: |+\n  b\n\n---\nkind: B\ndata: |+\n  b\n\n\n';
  expect(read(text).map(({ object }) => object.data)).toEqual(['b\n\n', 'b\n\n\n']);
});

test.each(['', '\n', '# nothing\n', '---\n---\n', '---\n# a\n--- '])('finds no object in %j', (text) => {
  expect(read(text)).toEqual([]);
});

test.each([
  ['kind: A\n---\nkind: B\nkind: C\n', 'a.yaml:4: Map keys must be unique'],
  ['kind: A\n\tb: 1\n', 'a.yaml:2: Tabs are not allowed as indentation'],
  ['a: {{ .Values.b }}\n', 'a.yaml:1: '],
  ['- a\n', 'a.yaml:1: is no Kubernetes object; expected apiVersion and kind'],
  ['kind: A\n---\ntext\n', 'a.yaml:3: is no Kubernetes object; expected apiVersion and kind'],
])('fails with file and line for %j', (text, message) => {
  expect(() => read(text)).toThrow(ManifestFault);
  expect(() => read(text)).toThrow(message);
});

test('an alias of nothing is a fault of its document', () => {
  expect(() => read('kind: A\n---\nkind: *x\n')).toThrow(ManifestFault);
  expect(() => read('kind: A\n---\nkind: *x\n')).toThrow(/^a\.yaml:3: Unresolved alias /);
});

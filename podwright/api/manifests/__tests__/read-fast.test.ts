import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { emit } from '../../../synth/yaml/emit';
import { readFast } from '../read-fast';

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', labels: { 'app.kubernetes.io/name': 'b', yes: 'no' } },
  spec: {
    containers: [
      {
        name: 'main',
        args: ['sh', '-c', 'while true; do\n  date\n\n  sleep 1\ndone\n'],
        resources: { limits: { cpu: '100m', memory: '1Gi' } },
      },
      {
        name: 'second',
        env: [
          { name: 'EMPTY', value: '' },
          { name: 'PORT', value: '8080' },
        ],
        command: ['a: b', '#', '- x', "it's"],
      },
    ],
    ratio: 0.5,
    hostNetwork: false,
    volumes: [{ name: 'cache', emptyDir: {} }],
    tolerations: [],
    nested: [[1, [2]], [{ a: [{ b: 1 }] }]],
  },
};

test('reads what synthesis writes', () => {
  expect(readFast(emit(pod))).toEqual(pod);
});

test('passes over comments', () => {
  const comments = new Map([
    ['', 'the whole'],
    ['/spec/ratio', 'two\n\nlines'],
    ['/spec/containers/1', 'an item'],
    ['/spec/containers/1/name', 'a field'],
  ]);
  const text = emit(pod, comments);
  expect(text).toContain('# a field');
  expect(readFast(text)).toEqual(pod);
});

test.each([
  [
    'lists as deep as their keys',
    'a:\n- b: 1\n  c:\n  - 2\n  - d: 3\nd: 4\n',
    { a: [{ b: 1, c: [2, { d: 3 }] }], d: 4 },
  ],
  ['another indentation', 'a:\n    b:\n        - c\n', { a: { b: ['c'] } }],
  ['empty lines, also with blanks', 'a: 1\n\n  \nb:\n\n  c: 2\n\n', { a: 1, b: { c: 2 } }],
  ['blocks of any depth', 'a: |\n     b\n\n       c\n   \nd: |-\n e\n', { a: 'b\n\n  c\n', d: 'e' }],
  ['words that begin with a digit', 'a: 1h30m\nb: 10.0.0.1:80\nc: 2nd\n', { a: '1h30m', b: '10.0.0.1:80', c: '2nd' }],
])('reads %s', (_, text, value) => {
  expect(readFast(text)).toEqual(value);
  expect(parse(text)).toEqual(value);
});

const any = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      'yes',
      '~',
      '0x1',
      '1e3',
      '- a',
      'a: b',
      '#a',
      'a #b',
      '2020-01-01',
      '\n',
      ' a\n',
      'a\n\n',
      '1:30',
      '---',
      '{}',
      '|',
    ),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('map'),
  ),
  map: fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('a', 'b/c', '- a', 'true', '1', 'x: y')), tie('value'), {
    minKeys: 1,
    maxKeys: 4,
    noNullPrototype: true,
  }),
}));

test('reads any text as the whole YAML reader does, or leaves it to that', () => {
  fc.assert(
    fc.property(any.map, (map) => {
      const kubectls = stringify(map, { version: '1.1', indentSeq: false, lineWidth: 0 });
      for (const text of [emit(map), stringify(map), kubectls, stringify(map, { indent: 4 })]) {
        const read = readFast(text);
        if (read !== undefined) expect(JSON.stringify(read)).toBe(JSON.stringify(parse(text)));
      }
    }),
    { numRuns: 500, seed: 7 },
  );
});

test.each([
  ['', 'nothing'],
  ['a: 1\na: 2\n', 'a key twice'],
  ['a: [1, 2]\n', 'flow'],
  ['a: &x 1\n', 'an anchor'],
  ['a: *x\n', 'an alias'],
  ['a: !!str 1\n', 'a tag'],
  ['a: b\n  c\n', 'text over two lines'],
  ['a:\tb\n', 'a tab'],
  ['a: >\n  b\n', 'a folded block'],
  ['__proto__: 1\n', 'a key of all objects'],
  ['a: yes\n', 'a word that readers differ about'],
  ['a: 0o7\n', 'a number that readers differ about'],
  ['a: b # c\n', 'a comment in the line'],
  ['a: "b" c\n', 'more after the quotes'],
  ['- a\n', 'a list'],
  ['a\n', 'text'],
  ['a: |\n    \n  b\n', 'a block that begins with blanks'],
  ['a:\n- b\n  c\n', 'an item over two lines'],
  ['a:\nb: 1\n', 'a key without value before another'],
  ['a:\n  - b\n  c: 1\n', 'a key among items'],
  ['a:\n', 'a key without value'],
])('leaves %j to the whole YAML reader: %s', (text) => expect(readFast(text)).toBeUndefined());

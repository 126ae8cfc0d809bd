import fc from 'fast-check';
import { CORE_SCHEMA, load, YAML11_SCHEMA } from 'js-yaml';
import { parse, stringify } from 'yaml';
import kubectl from '../__fixtures__/kubectl.json';
import strings from '../__fixtures__/strings.json';
import { emit, NotYaml } from '../emit';

/** Fixed, so that a failure is there again on the next run; SEED=n searches elsewhere. */
const seed = Number(process.env.SEED ?? 20240601);
const runs = Number(process.env.RUNS ?? 1500);

/** Two implementations, each in YAML 1.1 and 1.2. */
const readers: readonly [string, (text: string) => unknown][] = [
  ['yaml 1.1', (text) => parse(text, { version: '1.1', maxAliasCount: 0 })],
  ['yaml 1.2', (text) => parse(text, { version: '1.2', maxAliasCount: 0 })],
  ['js-yaml 1.1', (text) => load(text, { schema: YAML11_SCHEMA })],
  ['js-yaml 1.2', (text) => load(text, { schema: CORE_SCHEMA })],
];

/** The text that cdk8s writes. */
function stock(value: unknown): string {
  return stringify(value, { keepUndefined: true, lineWidth: 0, version: '1.1' });
}

test.each(readers)('writes each awkward string so that %s reads the same', (_, read) => {
  const object = { list: strings, fields: Object.fromEntries(strings.map((text) => [text, text])) };
  expect(read(emit(object))).toEqual(object);
});

test('writes what kubectl read the same when it was asked', () => {
  expect(kubectl.documents.map(({ object }) => emit(object))).toEqual(kubectl.documents.map(({ yaml }) => yaml));
  expect(kubectl.documents.flatMap(({ object }) => object.data.list)).toEqual(strings);
});

/** Strings made of what means something in YAML. */
const piece = fc.constantFrom(
  ...[
    'a',
    'b ',
    ' ',
    '\n',
    '\t',
    '-',
    '?',
    ':',
    ': ',
    '#',
    ' #',
    '"',
    "'",
    '0',
    '1',
    '.',
    'e',
    '%',
    '---',
    '...',
    '|',
    '>',
  ],
  ...[
    '{',
    '[',
    ',',
    'x',
    'é',
    '😀',
    '=',
    '<<',
    'y',
    'null',
    '\r',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\x7f',
    '+',
    '_',
    '0x',
  ],
  ...['T', '12:30', '2024-01-01', '~', '/', '\\', '@', '`', '*', '&', '!', 'o', 'b', 'inf', 'nan'],
);
const text = fc.oneof(
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom(...strings),
);
const key = text.filter((name) => name !== '__proto__');
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const object = fc.dictionary(key, value, { minKeys: 1, maxKeys: 3, noNullPrototype: true });

test('writes random objects so that every reader reads the same', () => {
  fc.assert(
    fc.property(object, (given) => {
      const written = emit(given);
      for (const [name, read] of readers) expect([name, read(written)]).toEqual([name, given]);
    }),
    { seed, numRuns: runs },
  );
});

test('writes the text that cdk8s writes, where all readers agree on that', () => {
  // Left to us: what only an escape carries, tabs, what else some reader takes for a number or a key, blanks around breaks.
  const ours = /[\t\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|=|<<|0[oOBXb]|_|\de[-+]| \n|\n |"\n+"/;
  const clear = object.filter(
    (given) => !ours.test(JSON.stringify(given).replaceAll('\\t', '\t').replaceAll('\\n', '\n')),
  );
  fc.assert(
    fc.property(clear, (given) => expect(emit(given)).toBe(stock(given))),
    { seed, numRuns: runs },
  );
});

test('writes an ordinary Pod as cdk8s does', () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { labels: { 'app.kubernetes.io/name': 'a' }, name: 'counter' },
    spec: {
      containers: [
        {
          args: ['/bin/sh', '-c', 'i=0; while true; do echo "$i: $(date)"; sleep 1; done'],
          image: 'busybox:1.37',
          name: 'main',
        },
        {
          env: [],
          name: 'b',
          ports: [{ containerPort: 80 }],
          resources: {},
          stdin: true,
          args: [['nested', []], [{}]],
        },
      ],
    },
  };
  expect(emit(pod)).toBe(stock(pod));
});

test('writes a value that is reached in two ways twice, and no alias', () => {
  const shared = { a: 1 };
  expect(emit({ xs: shared, zs: shared })).toBe('xs:\n  a: 1\nzs:\n  a: 1\n');
});

test('writes what JSON makes of dates, maps and the like', () => {
  expect(emit({ at: new Date(0), map: new Map([['a', 1]]), set: new Set(['b']), big: 9007199254740993n })).toBe(
    'at: "1970-01-01T00:00:00.000Z"\nmap:\n  a: 1\nset:\n  - b\nbig: 9007199254740993\n',
  );
  expect(emit({ a: undefined, b: [undefined], c: -0 })).toBe('a: null\nb:\n  - null\nc: -0\n');
});

test('writes a key that is longer than YAML allows on one line', () => {
  const long = { a: { ['k'.repeat(2000)]: { b: [1] } } };
  for (const [, read] of readers) expect(read(emit(long))).toEqual(long);
});

test.each([
  [{ a: () => 1 }, 'a function is no JSON value'],
  [{ a: [Number.NaN] }, 'NaN is no JSON value'],
  [{ a: { b: -Infinity } }, '-Infinity is no JSON value'],
  [{ a: Symbol('x') }, 'a symbol is no JSON value'],
  [{ a: 'x\ud800' }, 'half of a surrogate pair is no character'],
  [{ '\udc00': 1 }, 'half of a surrogate pair is no character'],
  [{ a: 'line\n\ud800' }, 'half of a surrogate pair is no character'],
])('fails for %o', (given, message) => {
  expect(() => emit(given)).toThrow(new NotYaml(message));
});

describe('comments', () => {
  const pod = { kind: 'Pod', spec: { containers: [{ image: 'a', name: 'b' }], 'a/b~c': 1 } };
  const at = (...comments: [string, string][]) => emit(pod, new Map(comments));

  test('stand above the object, a field and an item', () => {
    expect(
      at(
        ['', 'The whole.\n\nIn three lines.'],
        ['/spec', 'The spec.'],
        ['/spec/containers/0', 'First.'],
        ['/spec/a~1b~0c', 'Odd.'],
      ),
    ).toBe(
      '# The whole.\n#\n# In three lines.\nkind: Pod\n# The spec.\nspec:\n  containers:\n    # First.\n    - image: a\n      name: b\n  # Odd.\n  a/b~c: 1\n',
    );
  });

  test('stand above the item whose first field they are about', () => {
    expect(at(['/spec/containers/0/image', 'Why.'], ['/spec/containers/0/name', 'Name.'])).toBe(
      'kind: Pod\nspec:\n  containers:\n    - # Why.\n      image: a\n      # Name.\n      name: b\n  a/b~c: 1\n',
    );
  });

  test('change nothing that is read', () => {
    const pointers = (value: unknown, pointer: string): string[] =>
      typeof value !== 'object' || value === null
        ? [pointer]
        : [
            pointer,
            ...Object.entries(value).flatMap(([name, inner]) =>
              pointers(inner, `${pointer}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`),
            ),
          ];
    fc.assert(
      fc.property(object, fc.array(fc.nat(), { maxLength: 4 }), (given, picks) => {
        const all = pointers(given, '');
        const comments = new Map(picks.map((pick) => [all[pick % all.length] as string, 'a: [b\n- c # "']));
        for (const [name, read] of readers) expect([name, read(emit(given, comments))]).toEqual([name, given]);
      }),
      { seed, numRuns: 300 },
    );
  });
});

import { applyJsonPatch, type PatchOperation } from '../json-patch';

type Case = [string, unknown, PatchOperation[], unknown];

// The examples of RFC 6902, appendix A, by their numbers.
const examples: Case[] = [
  ['A.1 adds a member', { foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { baz: 'qux', foo: 'bar' }],
  [
    'A.2 adds an item',
    { foo: ['bar', 'baz'] },
    [{ op: 'add', path: '/foo/1', value: 'qux' }],
    { foo: ['bar', 'qux', 'baz'] },
  ],
  ['A.3 removes a member', { baz: 'qux', foo: 'bar' }, [{ op: 'remove', path: '/baz' }], { foo: 'bar' }],
  ['A.4 removes an item', { foo: ['bar', 'qux', 'baz'] }, [{ op: 'remove', path: '/foo/1' }], { foo: ['bar', 'baz'] }],
  [
    'A.5 replaces',
    { baz: 'qux', foo: 'bar' },
    [{ op: 'replace', path: '/baz', value: 'boo' }],
    { baz: 'boo', foo: 'bar' },
  ],
  [
    'A.6 moves a value',
    { foo: { bar: 'baz', waldo: 'fred' }, qux: { corge: 'grault' } },
    [{ op: 'move', from: '/foo/waldo', path: '/qux/thud' }],
    { foo: { bar: 'baz' }, qux: { corge: 'grault', thud: 'fred' } },
  ],
  [
    'A.7 moves an item',
    { foo: ['all', 'grass', 'cows', 'eat'] },
    [{ op: 'move', from: '/foo/1', path: '/foo/3' }],
    { foo: ['all', 'cows', 'eat', 'grass'] },
  ],
  [
    'A.8 tests',
    { baz: 'qux', foo: ['a', 2, 'c'] },
    [
      { op: 'test', path: '/baz', value: 'qux' },
      { op: 'test', path: '/foo/1', value: 2 },
    ],
    { baz: 'qux', foo: ['a', 2, 'c'] },
  ],
  [
    'A.10 adds a mapping',
    { foo: 'bar' },
    [{ op: 'add', path: '/child', value: { grandchild: {} } }],
    { foo: 'bar', child: { grandchild: {} } },
  ],
  ['A.14 escapes', { '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: 10 }], { '/': 9, '~1': 10 }],
  [
    'A.16 adds a list',
    { foo: ['bar'] },
    [{ op: 'add', path: '/foo/-', value: ['abc', 'def'] }],
    { foo: ['bar', ['abc', 'def']] },
  ],
  ['replaces all', { a: 1 }, [{ op: 'replace', path: '', value: [] }], []],
  [
    'copies, and shares nothing',
    { a: { b: 1 } },
    [
      { op: 'copy', from: '/a', path: '/c' },
      { op: 'add', path: '/a/b', value: 2 },
    ],
    { a: { b: 2 }, c: { b: 1 } },
  ],
  ['has empty names', { '': { '': 1 } }, [{ op: 'remove', path: '//' }], { '': {} }],
  ['adds over what is there', { a: 1 }, [{ op: 'add', path: '/a', value: null }], { a: null }],
  ['moves to itself', { a: 1 }, [{ op: 'move', from: '/a', path: '/a' }], { a: 1 }],
];

test.each(examples)('%s', (_, document, operations, expected) => {
  const before = structuredClone(document);
  expect(applyJsonPatch(document, operations)).toEqual(expected);
  expect(document).toEqual(before);
});

const document = { list: ['a', 'b'], spec: { x: 1 }, nothing: null };
test.each<[PatchOperation, string, string]>([
  [{ op: 'remove', path: '/spec/y' }, '/spec/y', "does not exist: 'y' is missing; there are x"],
  [{ op: 'replace', path: '/list/2', value: 1 }, '/list/2', "does not exist: '2' is missing; the list has 2 items"],
  [
    { op: 'add', path: '/list/3', value: 1 },
    '/list/3',
    "'3' is no place in a list of 2 items; expected up to 2, or '-'",
  ],
  [
    { op: 'add', path: '/list/01', value: 1 },
    '/list/01',
    "'01' is no place in a list of 2 items; expected up to 2, or '-'",
  ],
  [{ op: 'remove', path: '/list/-' }, '/list/-', "'-' is no index of a list; expected a number"],
  [{ op: 'add', path: '/spec/x/y', value: 1 }, '/spec/x/y', "does not exist: what 'y' is looked for in is 1"],
  [{ op: 'add', path: '/nothing/y', value: 1 }, '/nothing/y', "does not exist: what 'y' is looked for in is null"],
  [{ op: 'add', path: '/no/y', value: 1 }, '/no/y', "does not exist: 'no' is missing; there are list, spec, nothing"],
  [{ op: 'add', path: 'spec', value: 1 }, 'spec', "expected a path that begins with '/', as in /spec/hostPID"],
  [{ op: 'test', path: '/spec/x', value: '1' }, '/spec/x', 'test failed, got 1; expected "1"'],
  [{ op: 'move', from: '/spec', path: '/spec/in' }, '/spec/in', 'cannot be in what is moved there, got from /spec'],
  [
    { op: 'copy', from: '/none', path: '/x' },
    '/none',
    "does not exist: 'none' is missing; there are list, spec, nothing",
  ],
  [{ op: 'add', path: '/__proto__', value: { polluted: true } }, '/__proto__', "'__proto__' is no field"],
  [
    { op: 'add', path: '/__proto__/polluted', value: 1 },
    '/__proto__/polluted',
    "does not exist: '__proto__' is missing; there are list, spec, nothing",
  ],
  [
    { op: 'addd', path: '/x' } as never,
    '/x',
    "unknown op, got 'addd'; expected add, remove, replace, move, copy or test",
  ],
])('fails for %j', (operation, pointer, message) => {
  expect(() => applyJsonPatch(document, [operation])).toThrow(expect.objectContaining({ pointer, message }));
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

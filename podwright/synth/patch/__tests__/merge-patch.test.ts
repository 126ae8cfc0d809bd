import { applyMergePatch } from '../merge-patch';

// The examples of RFC 7396, appendix A.
test.each([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('merges %j with %j', (document, patch, expected) => {
  const before = structuredClone(document);
  expect(applyMergePatch(document, patch)).toEqual(expected);
  expect(document).toEqual(before);
});

test('leaves prototypes alone, and out what is undefined', () => {
  const patch = { ...JSON.parse('{"__proto__": {"polluted": 1}}'), a: undefined, b: 1 };
  expect(applyMergePatch({ a: 1 }, patch)).toEqual({ a: 1, b: 1 });
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

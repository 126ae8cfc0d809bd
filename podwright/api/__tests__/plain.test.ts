import { runInNewContext } from 'node:vm';
import { copy, same } from '../plain';

const value = { a: [1, { b: null }], c: '', d: false };

test('copies all of a value', () => {
  const copied = copy(value);
  expect(copied).toEqual(value);
  expect(copied.a[1]).not.toBe(value.a[1]);
  expect(copy({ a: undefined, b: 1 })).toStrictEqual({ b: 1 });
});

test('takes values for the same by what they say', () => {
  expect(same(value, runInNewContext("({ d: false, c: '', a: [1, { b: null }] })"))).toBe(true);
  expect(same({ a: undefined }, {})).toBe(true);
  expect(same({}, { a: undefined })).toBe(true);
});

test.each([
  [1, '1'],
  [{}, []],
  [[], {}],
  [null, {}],
  [{}, undefined],
  [[1], [1, 2]],
  [{ a: 1 }, { b: 1 }],
  [{ a: 1 }, { a: 1, b: 1 }],
  [{ a: null }, {}],
])('tells %j from %j', (a, b) => expect(same(a, b)).toBe(false));

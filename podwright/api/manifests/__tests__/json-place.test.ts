import { placeInJson } from '../json-place';

const text = '{ "a" : [ 1, {"b\\"c": "x,]}\\\\" , "d": -2e3}, [] ],\n  "e~/f": {"g": null} }';

/** What stands where the steps lead. */
function at(...steps: (string | number)[]): string | undefined {
  const place = placeInJson(text, steps);
  return place === undefined ? undefined : text.slice(place, place + 6);
}

test('finds keys and items, however they are written', () => {
  expect(at()).toBe('{ "a" ');
  expect(at('a')).toBe('"a" : ');
  expect(at('a', 0)).toBe('1, {"b');
  expect(at('a', 1)).toBe('{"b\\"c');
  expect(at('a', 1, 'b"c')).toBe('"b\\"c"');
  expect(at('a', 1, 'd')).toBe('"d": -');
  expect(at('a', '2')).toBe('[] ],\n');
  expect(at('e~/f', 'g')).toBe('"g": n');
});

test('stays at the nearest thing that is there', () => {
  expect(at('a', 7)).toBe('"a" : ');
  expect(at('a', 2, 0)).toBe('[] ],\n');
  expect(at('a', 1, 'b')).toBe('{"b\\"c');
  expect(at('a', 0, 'x')).toBe('1, {"b');
  expect(at('missing', 'x')).toBe('{ "a" ');
});

test.each(['{a: 1}', '{"a" 1}', '{"a": 1 "b": 2}', '{', '{"a'])('says that %s is no JSON', (broken) => {
  expect(placeInJson(broken, ['b', 1])).toBeUndefined();
});

test('says so of a list as well', () => {
  expect(placeInJson('{"a": [{} {}]}', ['a', 1])).toBeUndefined();
});

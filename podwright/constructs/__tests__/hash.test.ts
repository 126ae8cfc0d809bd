import { contentHash } from '../hash';

test('equal values have one hash, whatever the order of their keys', () => {
  expect(contentHash({ a: 1, b: [2] })).toBe(contentHash({ b: [2], a: 1 }));
  expect(contentHash({ a: 1 })).not.toBe(contentHash({ a: 2 }));
});

test("no hash begins as those of cdk8s's names do", () => {
  const hashes = Array.from({ length: 2000 }, (_, value) => contentHash(value));
  expect(hashes.filter((hash) => !/^(?!c8)[0-9a-f]{8}$/.test(hash))).toEqual([]);
});

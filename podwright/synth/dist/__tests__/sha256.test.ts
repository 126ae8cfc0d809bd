import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { sha256 } from '../sha256';

const nodes = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

test("is node:crypto's, at every length around the ends of blocks", () => {
  const wrong = [...Array(200).keys()].filter((length) => {
    const content = Uint8Array.from({ length }, (_, at) => at * 7);
    return sha256(content) !== nodes(content);
  });
  expect(wrong).toEqual([]);
});

test("is node:crypto's, of any content", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3000 }), (content) => {
      expect(sha256(content)).toBe(nodes(content));
    }),
  );
});

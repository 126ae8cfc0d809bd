import { Spool } from '../spool';

test('keeps each text as it was, however many come after it, and however long they are', () => {
  const spool = new Spool();
  const texts = ['', 'a', 'ö€😀', 'x'.repeat(3_000_000), ...Array.from({ length: 2000 }, (_, n) => `é${n}`.repeat(n))];
  const kept = texts.map((text) => spool.add(text));
  expect(kept.map((bytes) => Buffer.from(bytes).toString()).every((text, at) => text === texts[at])).toBe(true);
});

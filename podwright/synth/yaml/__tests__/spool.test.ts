import { Spool } from '../spool';

test('keeps each text as it was, however many come after it, and however long they are', () => {
  const spool = new Spool();
  const texts = ['', 'a', 'ö€😀', 'x'.repeat(3_000_000), ...Array.from({ length: 2000 }, (_, n) => `é${n}`.repeat(n))];
  const kept = texts.map((text) => {
    for (let at = 0; at < text.length; at += 77_777) spool.put(text.slice(at, at + 77_777));
    return spool.end();
  });
  expect(kept.every((bytes, at) => Buffer.from(bytes).toString() === texts[at])).toBe(true);
});

test('forgets what was put since the text had so many bytes', () => {
  const spool = new Spool();
  spool.put('kept');
  const kept = spool.end();
  spool.put('né');
  const { length } = spool;
  expect(length).toBe(3);
  spool.put('lost'.repeat(1_000_000));
  spool.cut(length);
  spool.put('xt');
  expect([kept, spool.end()].map((bytes) => Buffer.from(bytes).toString())).toEqual(['kept', 'néxt']);
});

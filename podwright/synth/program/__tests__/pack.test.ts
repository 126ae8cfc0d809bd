import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { Pack, PackWriter, stateOf } from '../pack';

const folder = fs.mkdtempSync(join(os.tmpdir(), 'podwright-pack-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A pack of two texts, one of them in characters that need two bytes. */
function written(): string {
  const writer = new PackWriter();
  const texts = ['narrow: é', 'wide: ﬁ 😀'].map((text) => writer.text(text));
  const path = join(folder, 'deep', 'one.pack');
  writer.write(path, { texts, named: 'ﬁ' });
  return path;
}

interface Header {
  readonly texts: readonly { readonly slice: [number, number]; readonly wide: boolean }[];
  readonly named: string;
}

test('gives back what was written', () => {
  const pack = Pack.read<Header>(written());
  expect(pack?.header.named).toBe('ﬁ');
  expect(pack?.header.texts.map(({ slice, wide }) => pack.text(slice, wide))).toEqual(['narrow: é', 'wide: ﬁ 😀']);
  expect(fs.readdirSync(join(folder, 'deep'))).toEqual(['one.pack']);
});

test('is none when any byte of it is another, when it is cut off, and when there is none', () => {
  const path = written();
  const whole = fs.readFileSync(path);
  const spoilt = [...whole.keys()].filter((at) => {
    const bytes = Buffer.from(whole);
    bytes[at] = ~(bytes[at] ?? 0);
    fs.writeFileSync(path, bytes);
    return Pack.read(path) !== undefined;
  });
  expect(spoilt).toEqual([]);
  const cut = [0, 10, 30, whole.length - 1].filter((length) => {
    fs.writeFileSync(path, whole.subarray(0, length));
    return Pack.read(path) !== undefined;
  });
  expect(cut).toEqual([]);
  expect(Pack.read(join(folder, 'missing'))).toBeUndefined();
  expect(Pack.read(folder)).toBeUndefined();
});

test('is not written where it cannot be, and leaves nothing there', () => {
  fs.writeFileSync(join(folder, 'file'), '');
  new PackWriter().write(join(folder, 'file', 'one.pack'), {});
  fs.mkdirSync(join(folder, 'taken', 'inside'), { recursive: true });
  new PackWriter().write(join(folder, 'taken'), {});
  expect(fs.readdirSync(folder).sort()).toEqual(['deep', 'file', 'taken']);
});

test('the state of a file tells that it was written', () => {
  const path = join(folder, 'state');
  fs.writeFileSync(path, 'one');
  const before = stateOf(path);
  expect(stateOf(path)).toEqual(before);
  fs.writeFileSync(path, 'three');
  expect(stateOf(path)).not.toEqual(before);
  expect(stateOf(join(folder, 'missing'))).toBeUndefined();
  expect(stateOf(join(path, 'below-a-file'))).toBeUndefined();
});

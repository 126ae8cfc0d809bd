import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { Pack, PackWriter, seal, sealed, stateOf } from '../pack';

const folder = fs.mkdtempSync(join(os.tmpdir(), 'podwright-pack-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const SEAL = join(folder, 'seal');
const read = (path: string) => Pack.read<Header>(path, sealed<'one'>(SEAL).one);

/** A pack of two texts, one of them in characters that need two bytes. */
function written(): string {
  const writer = new PackWriter();
  const texts = ['narrow: é', 'wide: ﬁ 😀'].map((text) => writer.text(text));
  const path = join(folder, 'deep', 'one.pack');
  writer.write(path, { texts, named: 'ﬁ' });
  seal(SEAL, { one: path });
  return path;
}

interface Header {
  readonly texts: readonly { readonly slice: [number, number]; readonly wide: boolean }[];
  readonly named: string;
}

test('gives back what was written', () => {
  const pack = read(written());
  expect(pack?.header.named).toBe('ﬁ');
  expect(pack?.header.texts.map(({ slice, wide }) => pack.text(slice, wide))).toEqual(['narrow: é', 'wide: ﬁ 😀']);
  expect(fs.readdirSync(join(folder, 'deep'))).toEqual(['one.pack']);
});

test('is none when anything of it was written since it was sealed, when it is cut off, and when there is none', () => {
  const path = written();
  const whole = fs.readFileSync(path);
  fs.writeFileSync(
    path,
    whole.map((byte, at) => (at === whole.length - 3 ? ~byte : byte)),
  );
  expect(read(path)).toBeUndefined();
  const cut = [0, 10, 30, whole.length - 1].filter((length) => {
    fs.writeFileSync(written(), whole.subarray(0, length));
    return read(path) !== undefined;
  });
  expect(cut).toEqual([]);
  expect([join(folder, 'missing'), folder].map(read)).toEqual([undefined, undefined]);
});

test('is none when its seal is damaged, cut off, another or gone', () => {
  const path = written();
  const whole = fs.readFileSync(SEAL);
  const trusted = [...whole.keys()].filter((at) => {
    fs.writeFileSync(
      SEAL,
      whole.map((byte, index) => (index === at ? ~byte : byte)),
    );
    return read(path) !== undefined;
  });
  expect(trusted).toEqual([]);
  fs.writeFileSync(SEAL, whole.subarray(0, 20));
  expect(read(path)).toBeUndefined();
  fs.rmSync(SEAL);
  expect(read(path)).toBeUndefined();
  fs.writeFileSync(SEAL, whole);
  expect(read(path)).toBeDefined();
});

test('is none when it was sealed and is no pack', () => {
  const path = join(folder, 'text');
  fs.writeFileSync(path, 'some text that is no pack at all');
  seal(SEAL, { one: path });
  expect(read(path)).toBeUndefined();
});

test('is not written where it cannot be, and leaves nothing there', () => {
  fs.writeFileSync(join(folder, 'file'), '');
  new PackWriter().write(join(folder, 'file', 'one.pack'), {});
  fs.mkdirSync(join(folder, 'taken', 'inside'), { recursive: true });
  new PackWriter().write(join(folder, 'taken'), {});
  expect(fs.readdirSync(folder).sort()).toEqual(['deep', 'file', 'seal', 'taken', 'text']);
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

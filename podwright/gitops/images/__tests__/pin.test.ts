import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LockFile } from '../lock-file';
import { AT_ONCE, type PinOptions, pin } from '../pin';
import { digestOf, TestRegistry } from './registry';

let registry: TestRegistry;
let folder: string;
let path: string;

beforeEach(async () => {
  registry = await TestRegistry.start('bearer');
  folder = mkdtempSync(join(tmpdir(), 'podwright-pin-'));
  path = join(folder, 'images.lock.yaml');
});
afterEach(() => {
  registry.stop();
  rmSync(folder, { recursive: true });
});

const OLD = digestOf('old');
const uses = (...images: string[]) =>
  images.map((image) => {
    const [environment = '', name = ''] = image.includes(' ') ? image.split(' ') : ['', image];
    return { image: name, environment, constructPath: 'a', lock: path };
  });

/** What is done, and what the lock holds then. */
async function pinned(lock: string, used: string[], options: Partial<PinOptions> = {}) {
  writeFileSync(path, lock);
  const file = new LockFile(path, 'images.lock.yaml');
  const whole = { environment: '', named: new Map(), update: false, ...options };
  const outcomes = await pin(file, uses(...used), registry.client(), whole);
  file.save();
  const done = outcomes.map(({ written, before, after, error }) =>
    error
      ? `${written}: ${error.message.replaceAll(registry.host, 'HOST')}`
      : `${written}: ${before?.image} -> ${after?.image}`,
  );
  return { done, text: readFileSync(path, 'utf8') };
}

test('what cannot be pinned is told, and stays as it is, while others are pinned', async () => {
  const digest = registry.image('library/a', '1', { config: { User: '5' } });
  expect(await pinned(`images:\n  b:\n    image: b:2 # {"$imagepolicy": "x:b"}\n`, ['a:1', 'b'])).toEqual({
    done: [`a:1: undefined -> a:1@${digest}`, 'b: b:2 at HOST is not there (manifest unknown). Check its name and tag'],
    text: `images:\n  a:1:\n    image: a:1@${digest}\n    user: 5\n  b:\n    image: b:2 # {"$imagepolicy": "x:b"}\n`,
  });
});

test('what is locked stays, unless it is named, or all are to be updated', async () => {
  const digest = registry.image('library/a', '1');
  const lock = `images:\n  a:\n    image: a:1@${OLD}\n    user: 0\n`;
  const expected = [`a: a:1@${OLD} -> a:1@${digest}`];
  expect((await pinned(lock, ['a'])).done).toEqual([]);
  expect((await pinned(lock, ['a'], { update: true })).done).toEqual(expected);
  expect((await pinned(lock, ['a'], { named: new Map([['a', undefined]]) })).done).toEqual(expected);
});

test('a name without a tag is what its tag latest is, or what it is said to be', async () => {
  const [latest, two] = [registry.image('library/a', 'latest', { n: 1 }), registry.image('team/a', '2', { n: 2 })];
  expect((await pinned('', ['a'])).done).toEqual([`a: undefined -> a:latest@${latest}`]);
  expect((await pinned('', ['a'], { named: new Map([['a', 'team/a:2']]) })).done).toEqual([
    `a: undefined -> team/a:2@${two}`,
  ]);
});

test('an environment has digests of its own, also of images that are locked for all', async () => {
  const digest = registry.image('library/a', '1');
  const lock = `images:\n  a:1:\n    image: a:1@${OLD}\n`;
  const { done, text } = await pinned(lock, ['lab a:1', 'lab/two a:1', 'gpu b:1', `lab a@${OLD}`], {
    environment: 'lab',
  });
  expect(done).toEqual([`a:1: undefined -> a:1@${digest}`]);
  expect(text).toBe(`${lock}environments:\n  lab:\n    a:1:\n      image: a:1@${digest}\n      user: 0\n`);
});

test('not more than some are asked for at once', async () => {
  const names = Array.from({ length: 3 * AT_ONCE }, (_, index) => `a${index}`);
  for (const name of names) registry.image(`library/${name}`, 'latest');
  expect((await pinned('', names)).done).toHaveLength(names.length);
  expect(registry.most).toBeLessThanOrEqual(AT_ONCE);
});

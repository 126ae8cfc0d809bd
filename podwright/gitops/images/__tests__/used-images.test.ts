import type { LockEntry } from '../lock-file';
import { usedImages } from '../used-images';

const use = (image: string, environment: string, constructPath: string) => ({
  image,
  environment,
  constructPath,
  lock: '/lock',
});
const entry = (written: string, environment = ''): LockEntry => ({
  written,
  environment,
  image: `${written}@sha256:${environment}`,
  place: { file: 'images.lock.yaml', line: 1, column: 1 },
});

test('each image is there once an environment, with what is locked nearest, and what only the lock has', () => {
  const uses = [use('b', 'eu/prod', 'x'), use('a', '', 'y'), use('b', 'eu/prod', 'x'), use('b', 'eu/prod', 'z')];
  const entries = [entry('b'), entry('b', 'eu'), entry('b', 'us'), entry('a', 'eu')];
  expect(
    usedImages(uses, entries).map(({ environment, image, entry, usedBy }) => [
      environment,
      image,
      entry?.image,
      usedBy,
    ]),
  ).toEqual([
    ['', 'a', undefined, ['y']],
    ['', 'b', 'b@sha256:', []],
    ['eu', 'a', 'a@sha256:eu', []],
    ['eu/prod', 'b', 'b@sha256:eu', ['x', 'z']],
    ['us', 'b', 'b@sha256:us', []],
  ]);
});

test('an image that the program pins itself is not looked for', () => {
  expect(usedImages([use('a@sha256:1', '', 'x')], [])).toEqual([
    { image: 'a@sha256:1', environment: '', usedBy: ['x'] },
  ]);
});

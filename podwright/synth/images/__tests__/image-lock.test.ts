import { FindingsError } from '../../../report/findings-error';
import { formatFindings } from '../../../report/text';
import { ImageLock } from '../image-lock';

const digest = (digit: number) => `sha256:${String(digit).repeat(64)}`;
const read = (text: string) => ImageLock.parse(text, 'images.lock.yaml');

/** What is wrong with a lock. */
function faults(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return formatFindings(error.findings).trimEnd().split('\n');
  }
  return [];
}

test.each([
  ['[1]', 'images.lock.yaml:1: is no mapping; expected images, environments'],
  [
    'a: {',
    'images.lock.yaml:1: is no YAML: Flow map in block collection must be sufficiently indented and end with a }',
  ],
  ['images:\n  a:1:\n    user: 0\n  a:1:\n    user: 1\n', 'images.lock.yaml:4: is no YAML: Map keys must be unique'],
  [
    'images: { a: *x }',
    'images.lock.yaml:1: is no YAML: Unresolved alias (the anchor must be set before the alias): x',
  ],
  ['image: {}', 'images.lock.yaml:1: image: is no part of a lock, got "image"; expected images, environments'],
  [
    'environments: 3',
    'images.lock.yaml:1: environments: is no mapping; expected images by the name of the environment',
  ],
  [
    'environments:\n  lab: [1]',
    'images.lock.yaml:2: environments lab: is no mapping; expected { image, user } by what the program writes',
  ],
  [
    'images:\n  A B: {}',
    'images.lock.yaml:2: images A B: is no image as a program writes it, got "A B"; expected name or name:tag',
  ],
  ['images:\n  a: b:1', 'images.lock.yaml:2: images a: holds "b:1"; expected image, and user'],
  ['images:\n  a: {}', 'images.lock.yaml:2: images a image: is no image, got nothing; expected name:tag@sha256:…'],
  [
    'images:\n  a:\n    image: a:1 # {"$imagepolicy": "x:a"}',
    'images.lock.yaml:3: images a image: has no digest, got "a:1"; expected name:tag@sha256:…. npx podwright images pin a',
  ],
  [
    'images:\n  a:\n    image: a:1@sha256:abc',
    'images.lock.yaml:3: images a image: is no image, got "a:1@sha256:abc"; expected name:tag@sha256:…',
  ],
  [
    `images:\n  a:1:\n    image: a:2@${digest(1)}`,
    `images.lock.yaml:3: images a:1 image: has another tag than the program writes, got "a:2@${digest(1)}"; expected 1. To let the lock choose the tag, write "a" in both`,
  ],
  [
    `images:\n  a:\n    image: a:2@${digest(1)}\n    user: -1`,
    'images.lock.yaml:4: images a user: is no user, got -1; expected an id or a name',
  ],
  [
    `images:\n  a:\n    image: a:2@${digest(1)}\n    digest: x`,
    'images.lock.yaml:4: images a digest: is no field of an image; expected image, user',
  ],
])('%j is no lock', (text, message) => {
  expect(faults(text)).toEqual([`error: ${message} [synth/images-lock]`]);
});

test('all that is wrong is told at once', () => {
  expect(
    faults('images:\n  a: {}\nenvironments:\n  lab:\n    b: {}\nmore: 1\n').map((line) => line.split(' ')[1]),
  ).toEqual(['images.lock.yaml:2:', 'images.lock.yaml:5:', 'images.lock.yaml:6:']);
});

test('an empty lock locks nothing', () => {
  for (const text of ['', '# none\n', 'images:\n', 'images: {}\nenvironments:\n  lab:\n'])
    expect(read(text).find('a', 'lab')).toBeUndefined();
});

const LOCK = `# Bots write here.
images:
  a:1:
    image: a:1@${digest(1)} # {"$imagepolicy": "flux-system:a"}
    user: 0
  b:
    image: mirror.example/b:7@${digest(2)}
environments:
  eu:
    a:1:
      image: a:1@${digest(3)}
      user: nobody
  eu/prod:
    b:
      image: b:8@${digest(4)}
`;

test('what is locked for an environment goes before what is locked around it, and that before what is for all', () => {
  const lock = read(LOCK);
  const found = (environment: string) => ['a:1', 'b', 'a'].map((image) => lock.find(image, environment)?.image);
  expect(found('')).toEqual([`a:1@${digest(1)}`, `mirror.example/b:7@${digest(2)}`, undefined]);
  expect(found('us')).toEqual(found(''));
  expect(found('eu')).toEqual([`a:1@${digest(3)}`, `mirror.example/b:7@${digest(2)}`, undefined]);
  expect(found('eu/prod/a')).toEqual([`a:1@${digest(3)}`, `b:8@${digest(4)}`, undefined]);
});

test('the users are known by the locked references', () => {
  expect(read(LOCK).facts('')).toEqual({ [`a:1@${digest(1)}`]: { user: 0 } });
  expect(read(LOCK).facts('eu')).toMatchObject({ [`a:1@${digest(3)}`]: { user: 'nobody' } });
});

test('its sum changes with an image, and not with comments, users and order', () => {
  const { sum } = read(LOCK);
  expect(read(LOCK.replace(/#.*/g, '').replace(/ +user: .*\n/g, '')).sum).toBe(sum);
  const [images = '', environments = ''] = LOCK.split(/(?=^environments)/m);
  expect(read(environments + images).sum).toBe(sum);
  expect(read(LOCK.replace('b:8', 'b:9')).sum).not.toBe(sum);
  expect(read(LOCK.replace('  eu:', '  us:')).sum).not.toBe(sum);
});

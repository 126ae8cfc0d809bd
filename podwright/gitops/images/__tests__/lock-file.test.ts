import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LockFile } from '../lock-file';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwright-lock-file-'));
  path = join(folder, 'images.lock.yaml');
});
afterEach(() => rmSync(folder, { recursive: true }));

function open(text?: string): LockFile {
  if (text !== undefined) writeFileSync(path, text);
  return new LockFile(path, 'images.lock.yaml');
}
const text = () => readFileSync(path, 'utf8');

test.each([
  ['images: [', 'images.lock.yaml:1: Flow sequence in block collection must be sufficiently indented and end with a ]'],
  ['- a\n', 'images.lock.yaml:1: is no mapping; expected images, environments'],
  ['# a\nimages:\n  - a\n', 'images.lock.yaml:3: images: is no mapping'],
  ['images: {}\nenvironments:\n  eu: 1\n', 'images.lock.yaml:3: environments eu: is no mapping'],
])('%j is no lock', (wrong, message) => {
  expect(() => open(wrong).entries()).toThrow(message);
});

test('a lock is made where there is none, sorted', () => {
  const lock = open();
  lock.set('', 'python', { image: 'python:3@sha256:1', user: 0 });
  lock.set('eu/prod', 'busybox:1', { image: 'busybox:1@sha256:2' });
  lock.set('', 'busybox:1', { image: 'busybox:1@sha256:3', user: 'nobody' });
  lock.save();
  expect(text()).toBe(`# The images that the program writes, each with its tag and digest. npx podwright images --help

images:
  busybox:1:
    image: busybox:1@sha256:3
    user: nobody
  python:
    image: python:3@sha256:1
    user: 0
environments:
  eu/prod:
    busybox:1:
      image: busybox:1@sha256:2
`);
  expect(
    open()
      .entries()
      .map(({ place, ...entry }) => ({ ...entry, line: place.line })),
  ).toEqual([
    { environment: '', written: 'busybox:1', image: 'busybox:1@sha256:3', user: 'nobody', line: 4 },
    { environment: '', written: 'python', image: 'python:3@sha256:1', user: 0, line: 7 },
    { environment: 'eu/prod', written: 'busybox:1', image: 'busybox:1@sha256:2', line: 12 },
  ]);
});

test('comments, marks of bots, and what else is there stay as they are', () => {
  const before = `# Ours.

images:
  # The shell.
  busybox:
    image: "busybox:1@sha256:1" # {"$imagepolicy": "flux-system:busybox"}
    user: 0 # root
environments:
  # The laptop.
  lab:
    python:
      image: python:3
`;
  const lock = open(before);
  lock.save();
  expect(text()).toBe(before);
  lock.set('', 'busybox', { image: 'busybox:2@sha256:2', user: 65534 });
  lock.set('', 'alpine', { image: 'alpine:3@sha256:3', user: 0 });
  lock.set('lab', 'python', { image: 'python:3@sha256:4' });
  lock.save();
  expect(text()).toBe(`# Ours.

images:
  alpine:
    image: alpine:3@sha256:3
    user: 0
  # The shell.
  busybox:
    image: "busybox:2@sha256:2" # {"$imagepolicy": "flux-system:busybox"}
    user: 65534 # root
environments:
  # The laptop.
  lab:
    python:
      image: python:3@sha256:4
`);
});

test('a user that is not known any more is taken out', () => {
  const lock = open('images:\n  a:\n    image: a:1@sha256:1\n    user: 0\n');
  lock.set('', 'a', { image: 'a:1@sha256:2' });
  lock.save();
  expect(text()).toBe('images:\n  a:\n    image: a:1@sha256:2\n');
});

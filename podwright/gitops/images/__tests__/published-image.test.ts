import { publishedImage } from '../published-image';
import { digestOf, TestRegistry } from './registry';

const busybox = { repository: 'busybox', tag: '1' };
const NAME = 'library/busybox';
let registry: TestRegistry;

beforeEach(async () => {
  registry = await TestRegistry.start();
});
afterEach(() => registry.stop());

const look = () => publishedImage(registry.client(), busybox);

test('what is no image is an error, as the first form of manifests is', async () => {
  registry.manifest(NAME, '1', { schemaVersion: 1, name: 'busybox' });
  await expect(look()).rejects.toThrow('busybox:1: its manifest is of another kind than those of images; push it anew');
});

test('a configuration that is not what its digest says is an error', async () => {
  registry.image(NAME, '1');
  const blob = digestOf('{"os":"linux","architecture":"amd64"}');
  registry.answers.set(`GET /v2/${NAME}/blobs/${blob}`, (response) => response.end('{}'));
  await expect(look()).rejects.toThrow(/the configuration of busybox:1 at .*: what comes has the digest sha256:44136f/);
});

test.each([
  ['none, which is root', {}, 0],
  ['an empty one, which is root', { config: { User: '' } }, 0],
  ['a number', { config: { User: '1000' } }, 1000],
  ['a number with a group', { config: { User: '1000:2000' } }, '1000:2000'],
  ['a name', { config: { User: 'nobody' } }, 'nobody'],
  ['none, on Windows', { os: 'windows' }, undefined],
])('an image that declares as its user %s', async (_, config, user) => {
  const digest = registry.image(NAME, '1', config);
  expect(await look()).toEqual({ digest, ...(user !== undefined && { user }) });
});

test('an artifact has no user', async () => {
  const digest = registry.image(NAME, '1', {}, 'application/vnd.cncf.model.config.v1+json');
  expect(await look()).toEqual({ digest });
  expect(registry.asked).toEqual([`GET /v2/${NAME}/manifests/1`]);
});

test('of an index it is the index, and the user of linux/amd64, else of the first for Linux', async () => {
  const image = (User: string) => registry.image(NAME, undefined, { config: { User } });
  const attestation = registry.manifest(NAME, undefined, { schemaVersion: 2, config: {} });
  const arm = image('2');
  let digest = registry.index(NAME, '1', {
    'unknown/unknown': attestation,
    'linux/arm64': arm,
    'linux/amd64': image('1'),
  });
  expect(await look()).toEqual({ digest, user: 1 });
  digest = registry.index(NAME, '1', { 'windows/amd64': image('3'), 'linux/arm64': arm });
  expect(await look()).toEqual({ digest, user: 2 });
  digest = registry.index(NAME, '1', { 'windows/amd64': image('3') });
  expect(await look()).toEqual({ digest });
});

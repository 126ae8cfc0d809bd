import { formatFindings } from '../../../report/text';
import type { LockEntry } from '../lock-file';
import { verify } from '../verify';
import { digestOf, TestRegistry } from './registry';

const OLD = digestOf('old');
let registry: TestRegistry;

beforeEach(async () => {
  registry = await TestRegistry.start();
});
afterEach(() => registry.stop());

/** What is said of one locked image, and of what could not be asked for. */
async function said(image: string | undefined, user?: number | string): Promise<string[]> {
  const place = { file: 'images.lock.yaml', line: 2, column: 3 };
  const entry: LockEntry = { environment: '', written: 'a:1', ...(image && { image }), user, place };
  const used = [{ image: 'a:1', environment: '', entry, usedBy: ['chart/a'] }];
  const { findings, errors, verified } = await verify(used, registry.client(), 'images.lock.yaml');
  const all = [...formatFindings(findings).split('\n').filter(Boolean), ...errors.map(({ message }) => message)];
  return [...all.map((line) => line.replaceAll(registry.host, 'HOST')), `verified ${verified}`];
}
const PIN = 'npx podwright images pin a:1';

test('an image that is not in the lock, or has no digest there, is an error', async () => {
  const place = 'images.lock.yaml';
  const unlocked = { image: 'b', environment: 'eu', usedBy: ['eu/chart/b', 'eu/chart/c'] };
  const pinned = { image: `c@${OLD}`, environment: '', usedBy: ['chart/c'] };
  const { findings } = await verify([unlocked, pinned], registry.client(), place);
  expect(formatFindings(findings)).toBe(
    'error: eu/chart/b: b is not in images.lock.yaml. npx podwright images pin b [images/unpinned]\n',
  );
  expect(await said('a:1')).toEqual([
    `error: images.lock.yaml:2: a:1: has no digest, got "a:1". ${PIN} [images/unpinned]`,
    'verified 0',
  ]);
});

test('an image that the program does not write is a warning', async () => {
  const image = `a:1@${registry.image('library/a', '1')}`;
  const place = { file: 'images.lock.yaml', line: 2, column: 3 };
  const entry: LockEntry = { environment: '', written: 'a:1', image, user: 0, place };
  const { findings, verified } = await verify(
    [{ image: 'a:1', environment: '', entry, usedBy: [] }],
    registry.client(),
    'images.lock.yaml',
  );
  expect([formatFindings(findings), verified]).toEqual([
    'warning: images.lock.yaml:2: a:1: the program writes no such image. Remove it [images/unused]\n',
    1,
  ]);
});

test('a digest that is gone is an error', async () => {
  expect(await said(`a:1@${OLD}`, 0)).toEqual([
    `error: images.lock.yaml:2: a:1: a:1@${OLD} is gone from its registry. ${PIN} [images/gone]`,
    'verified 0',
  ]);
});

test('a user that is not the one that is recorded is an error', async () => {
  const digest = registry.image('library/a', '1', { config: { User: '7' } });
  expect(await said(`a:1@${digest}`, 7)).toEqual(['verified 1']);
  expect(await said(`a:1@${digest}`, 0)).toEqual([
    `error: images.lock.yaml:2: a:1: the image's user is 7, and recorded is 0. ${PIN} [images/user]`,
    'verified 0',
  ]);
  expect(await said(`a:1@${digest}`)).toEqual([
    `error: images.lock.yaml:2: a:1: the image's user is 7, and recorded is none. ${PIN} [images/user]`,
    'verified 0',
  ]);
});

test('a tag that is another image by now, or gone, is a warning', async () => {
  const digest = registry.image('library/a', '1');
  const now = registry.image('library/a', '1', { config: { User: '7' } });
  expect(await said(`a:1@${digest}`, 0)).toEqual([
    `warning: images.lock.yaml:2: a:1: the tag 1 is another image by now, ${now}. To take it: ${PIN} [images/moved]`,
    'verified 1',
  ]);
  registry.remove('library/a', '1');
  expect(await said(`a:1@${digest}`, 0)).toEqual([
    'warning: images.lock.yaml:2: a:1: the tag 1 is gone from its registry [images/moved]',
    'verified 1',
  ]);
  expect(await said(`a@${digest}`, 0)).toEqual(['verified 1']);
});

test("a digest of one platform is an error, where the tag's is that of an index", async () => {
  const digest = registry.image('library/a', undefined);
  const index = registry.index('library/a', '1', { 'linux/amd64': digest });
  expect(await said(`a:1@${digest}`, 0)).toEqual([
    `error: images.lock.yaml:2: a:1: the digest is that of one platform; expected the index's, ${index}. ${PIN} [images/platform]`,
    'verified 0',
  ]);
  expect(await said(`a:1@${index}`, 0)).toEqual(['verified 1']);
});

test('a registry that does not answer is no verdict on the image', async () => {
  registry.answers.set(`GET /v2/library/a/manifests/${OLD}`, (response) => response.writeHead(503).end());
  expect(await said(`a:1@${OLD}`, 0)).toEqual([`a@${OLD} at HOST: the registry answers 503`, 'verified 0']);
});

import { parseImage } from '../../../api/image';
import { Registries } from '../registries';
import { digestOf, TestRegistry } from './registry';

const busybox = { repository: 'busybox', tag: '1' };
const NAME = 'library/busybox';
let registry: TestRegistry;

afterEach(() => registry.stop());

/** What goes wrong. */
async function fault(work: Promise<unknown>): Promise<string> {
  const message = await work.then(
    () => 'nothing',
    (error: Error) => error.message,
  );
  return message.replaceAll(registry.host, 'HOST');
}

describe('an answer that is not the one asked for', () => {
  beforeEach(async () => {
    registry = await TestRegistry.start();
    registry.image(NAME, '1');
  });
  const answer = (status: number, body = '', headers = {}) =>
    registry.answers.set(`GET /v2/${NAME}/manifests/1`, (response) => response.writeHead(status, headers).end(body));

  test.each([
    [
      'too many requests, with when to come back',
      [429, JSON.stringify({ errors: [{ code: 'TOOMANYREQUESTS', message: 'slow\ndown' }] }), { 'retry-after': '60' }],
      'busybox:1 at HOST: the registry has had too many requests (slow down); it takes more in 60 s. docker login raises its limit',
    ],
    ['forbidden', [403], 'busybox:1 at HOST: the registry forbids it. docker login as somebody who may read it'],
    ['of no meaning', [502, '<html>'], 'busybox:1 at HOST: the registry answers 502'],
    ['no JSON', [200, '<html>'], 'busybox:1 at HOST: the answer is no JSON'],
    [
      'a login that is not said how',
      [401],
      'busybox:1 at HOST: the registry wants a login. docker login, or check that the image is there',
    ],
    [
      'a server of tokens that is none',
      [401, '', { 'www-authenticate': 'Bearer realm="nowhere"' }],
      'busybox:1 at HOST: the registry names no server of tokens, got "nowhere"',
    ],
    [
      'a server of tokens without TLS elsewhere, which would be told the password',
      [401, '', { 'www-authenticate': 'Bearer realm="http://tokens.example/t"' }],
      'busybox:1 at HOST: its server of tokens has no TLS, got "http://tokens.example/t"; expected https, or --plain-http tokens.example',
    ],
  ] as const)('%s', async (_, [status, body, headers], expected) => {
    answer(status, body, headers);
    expect(await fault(registry.client().manifest(busybox))).toBe(expected);
  });

  test('an image that is not there', async () => {
    expect(await fault(registry.client().manifest({ repository: 'busybox', tag: '2' }))).toBe(
      'busybox:2 at HOST is not there (manifest unknown). Check its name and tag',
    );
  });

  test('what has another digest than was asked for', async () => {
    const digest = digestOf('it');
    registry.answers.set(`GET /v2/${NAME}/manifests/${digest}`, (response) => response.end('other'));
    expect(await fault(registry.client().manifest({ ...busybox, digest }))).toBe(
      `busybox@${digest} at HOST: what comes has the digest ${digestOf('other')}; nothing of it is taken`,
    );
  });

  test('what has no end', async () => {
    registry.answers.set(`GET /v2/${NAME}/manifests/1`, (response) => response.end(Buffer.alloc(5 * 2 ** 20)));
    expect(await fault(registry.client().manifest(busybox))).toBe(
      'busybox:1 at HOST: the answer is larger than 4194304 bytes',
    );
  });

  test('none in time, also where it begins to answer', async () => {
    registry.answers.set(`GET /v2/${NAME}/manifests/1`, () => {});
    const expected = 'busybox:1 at HOST: no answer within 0.2 s';
    const client = registry.client(undefined, { timeout: 200 });
    expect(await fault(client.manifest(busybox))).toBe(expected);
    registry.answers.set(`GET /v2/${NAME}/manifests/1`, (response) => response.write('{'));
    expect(await fault(client.manifest(busybox))).toBe(expected);
  });

  test('nobody listens', async () => {
    const { host } = registry;
    registry.stop();
    const client = new Registries({ credentials: { of: async () => undefined } });
    expect(await fault(client.manifest(parseImage(`${host}/a:1`) as never))).toMatch(
      /^HOST\/a:1 at HOST: connect ECONNREFUSED/,
    );
  });
});

describe('a registry with bearer tokens', () => {
  test('gives one for each repository, and each is asked for once', async () => {
    registry = await TestRegistry.start('bearer');
    const digest = registry.image(NAME, '1');
    registry.image('team/app', '1');
    const client = registry.client();
    const images = [busybox, { ...busybox, digest }, { repository: 'team/app', tag: '1' }];
    for (const image of images) await client.manifest(image);
    expect(registry.asked).toEqual([
      `GET /v2/${NAME}/manifests/1`,
      `GET /token?service=test&scope=repository%3A${encodeURIComponent(NAME)}%3Apull`,
      `GET /v2/${NAME}/manifests/1`,
      `GET /v2/${NAME}/manifests/${digest}`,
      'GET /v2/team/app/manifests/1',
      'GET /token?service=test&scope=repository%3Ateam%2Fapp%3Apull',
      'GET /v2/team/app/manifests/1',
    ]);
  });

  test('gives one to many who ask at once', async () => {
    registry = await TestRegistry.start('bearer');
    registry.image(NAME, '1');
    const client = registry.client();
    await Promise.all(Array.from({ length: 5 }, () => client.manifest(busybox)));
    expect(registry.asked.filter((asked) => asked.startsWith('GET /token'))).toHaveLength(1);
  });

  test('gives it to who has logged in', async () => {
    registry = await TestRegistry.start('bearer', 'me');
    const digest = registry.image(NAME, '1');
    expect(await fault(registry.client().manifest(busybox))).toBe(
      'the token for busybox:1 at HOST: the registry wants a login (incorrect username or password). docker login, or check that the image is there',
    );
    expect(await registry.client({ username: 'me', password: 'secret' }).manifest(busybox)).toMatchObject({ digest });
  });

  test('gives another for an identity token', async () => {
    registry = await TestRegistry.start('bearer', 'me');
    registry.answers.set('POST /token', (response) => response.end('{"access_token":"other"}'));
    const client = registry.client({ username: '', password: '', identityToken: 'kept' });
    expect(await fault(client.manifest(busybox))).toMatch(/^busybox:1 at HOST: the registry wants a login/);
    expect(registry.asked).toEqual([`GET /v2/${NAME}/manifests/1`, 'POST /token', `GET /v2/${NAME}/manifests/1`]);
  });
});

test('a registry that wants a name and a password gets them', async () => {
  registry = await TestRegistry.start('basic', 'me');
  const digest = registry.image(NAME, '1');
  expect(await registry.client({ username: 'me', password: 'secret' }).manifest(busybox)).toMatchObject({ digest });
  expect(await fault(registry.client({ username: 'me', password: 'wrong' }).manifest(busybox))).toBe(
    'busybox:1 at HOST: the registry wants a login (authentication required). docker login, or check that the image is there',
  );
});

test('a tag is asked for its digest without its manifest, unless the registry does not say it', async () => {
  registry = await TestRegistry.start();
  const digest = registry.image(NAME, '1');
  const client = registry.client();
  expect(await client.digestOfTag({ ...busybox, digest: digestOf('old') })).toBe(digest);
  registry.answers.set(`HEAD /v2/${NAME}/manifests/1`, (response) => response.end());
  expect(await client.digestOfTag(busybox)).toBe(digest);
  expect(registry.asked).toEqual([
    `HEAD /v2/${NAME}/manifests/1`,
    `HEAD /v2/${NAME}/manifests/1`,
    `GET /v2/${NAME}/manifests/1`,
  ]);
});

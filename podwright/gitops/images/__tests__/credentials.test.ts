import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { DockerCredentials } from '../credentials';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwright-credentials-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function credentials(config?: object | string): DockerCredentials {
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  if (config !== undefined) writeFileSync(join(folder, 'config.json'), text);
  return new DockerCredentials({ DOCKER_CONFIG: folder, PATH: `${folder}${delimiter}${process.env.PATH}` });
}
const auth = (text: string) => Buffer.from(text).toString('base64');
const fault = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    (error: Error) => error.message.replaceAll(folder, 'FOLDER'),
  );
// Windows starts programs and no scripts.
const posix = process.platform !== 'win32';
const helperTest = (posix ? test : test.skip) as typeof test;

/** A helper that answers what it is told to, but for servers that it does not know. */
function helper(name: string, script: string): void {
  const file = join(folder, `docker-credential-${name}`);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

test('a file that is no JSON is told without what is in it', async () => {
  expect(await fault(credentials('{"auths": "secret').of('a'))).toBe(
    'FOLDER/config.json is no JSON object; expected what docker login writes',
  );
  expect(await fault(credentials({ auths: { a: { auth: auth('secret') } } }).of('a'))).toBe(
    'FOLDER/config.json: the auth of a is no name and password in base64. docker login',
  );
});

test('there are none where nobody has logged in', async () => {
  expect(await credentials().of('a')).toBeUndefined();
  expect(await credentials({ auths: { b: { auth: auth('me:it') }, a: {} } }).of('a')).toBeUndefined();
});

test('they are filed by hosts, as docker writes them, and its own under an older name', async () => {
  const own = credentials({
    auths: {
      'https://a.example:5000/v2/': { auth: auth('me:with:colons') },
      'https://index.docker.io/v1/': { username: 'you', password: '' },
      'c.example': { auth: auth('me:'), identitytoken: 'kept' },
    },
  });
  expect(await own.of('a.example:5000')).toEqual({ username: 'me', password: 'with:colons' });
  expect(await own.of('https://index.docker.io/v1/')).toEqual({ username: 'you', password: '' });
  expect(await own.of('c.example')).toEqual({ username: 'me', password: '', identityToken: 'kept' });
});

helperTest('a helper is asked, that of the host before that of all', async () => {
  helper(
    'one',
    'read server; echo "{\\"ServerURL\\": \\"$server\\", \\"Username\\": \\"$server\\", \\"Secret\\": \\"s\\"}"',
  );
  helper('all', 'echo "{\\"Username\\": \\"<token>\\", \\"Secret\\": \\"t\\"}"');
  const own = credentials({ credsStore: 'all', credHelpers: { 'a.example': 'one' } });
  expect(await own.of('a.example')).toEqual({ username: 'a.example', password: 's' });
  expect(await own.of('b.example')).toEqual({ username: '<token>', password: 't', identityToken: 't' });
});

helperTest('a helper that has none leaves it to the file', async () => {
  helper('all', 'echo "credentials not found in native keychain"; exit 1');
  const auths = { 'a.example': { auth: auth('me:it') } };
  expect(await credentials({ credsStore: 'all', auths }).of('a.example')).toEqual({ username: 'me', password: 'it' });
});

helperTest('a helper that does not work is an error', async () => {
  const own = credentials({ credHelpers: { a: 'none', b: 'broken', c: 'dumb' } });
  helper('broken', 'exit 3');
  helper('dumb', 'echo hello');
  expect(await fault(own.of('a'))).toMatch(
    /^docker-credential-none, which FOLDER\/config.json names, does not start: spawn docker-credential-none ENOENT$/,
  );
  expect(await fault(own.of('b'))).toBe('docker-credential-broken, which FOLDER/config.json names, ends with 3');
  expect(await fault(own.of('c'))).toBe('docker-credential-dumb, which FOLDER/config.json names, answers no JSON');
});

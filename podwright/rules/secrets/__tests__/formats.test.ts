import { credentialIn } from '../formats';

// Made up, and put together here, so that who scans this repository finds none.
const made = (length: number, alphabet = 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYz') =>
  Array.from({ length }, (_, at) => alphabet[(at * 7 + (at >> 3)) % alphabet.length]).join('');
const hex = (length: number) => made(length, '0a1b2c3d4e5f6789');
const upper = (length: number) => made(length, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L');
const header = (alg: string) => Buffer.from(JSON.stringify({ alg, typ: 'JWT' })).toString('base64url');
const jwt = (alg: string) => [header(alg), Buffer.from('{"sub":"somebody"}').toString('base64url'), made(43)].join('.');

test.each([
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE', '-----BEGIN RSA PRIVATE KEY-----…'],
  ['a private key', '-----BEGIN PGP PRIVATE KEY BLOCK-----', '-----BEGIN PGP PRIVATE KEY BLOCK-----…'],
  ['an AWS access key', `AKIA${made(16, 'QWERTYUIOPASDFGH234567')}`, 'AKIA… (20 characters)'],
  ['a GitHub token', ['ghp', 'zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17'].join('_'), 'ghp_… (40 characters)'],
  ['a GitHub token', `github_pat_${made(22)}_${made(59)}`, 'github_pat_… (93 characters)'],
  ['an npm token', ['npm', 'zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17'].join('_'), 'npm_… (40 characters)'],
  ['a GitLab token', `glpat-${made(20)}`, 'glpat-… (26 characters)'],
  ['a PyPI token', `pypi-AgE${made(60)}`, 'pypi-… (68 characters)'],
  ['a Slack token', `xoxb-1234567890-${made(24)}`, 'xoxb… (40 characters)'],
  [
    'a Slack webhook',
    `https://hooks.slack.com/services/T${upper(8)}/B${upper(8)}/${made(24)}`,
    'hooks.slack.com… (69 characters)',
  ],
  ['a Google API key', `AIza${made(35)}`, 'AIza… (39 characters)'],
  ['a Stripe key', `sk_live_${made(24)}`, 'sk_live_… (32 characters)'],
  ['an OpenAI key', `sk-proj-${made(40)}T3BlbkFJ${made(40)}`, 'sk-proj-… (96 characters)'],
  ['an Anthropic key', `sk-ant-api03-${made(95)}`, 'sk-ant-… (108 characters)'],
  ['a Hugging Face token', `hf_${made(34, 'aBdEfGhJkLmNpQrStUvWxYz')}`, 'hf_… (37 characters)'],
  ['a SendGrid key', `SG.${made(22)}.${made(43)}`, 'SG.… (69 characters)'],
  ['a Databricks token', `dapi${hex(32)}`, 'dapi… (36 characters)'],
  ['a DigitalOcean token', `dop_v1_${hex(64)}`, 'dop_v1_… (71 characters)'],
  ['a Vault token', `hvs.${made(90)}`, 'hvs.… (94 characters)'],
  ['an age key', `AGE-SECRET-KEY-1${upper(58)}`, 'AGE-SECRET-KEY-1… (74 characters)'],
  ['an Azure storage key', `AccountKey=${made(86)}==`, 'AccountKey=… (99 characters)'],
  ['a JSON web token', jwt('RS256'), expect.stringMatching(/^eyJ… \(\d+ characters\)$/)],
  ['a password in a URL', 'redis://:hunter2@cache:6379/0', 'redis://… (17 characters)'],
  [
    'a password in a URL',
    'see postgresql+psycopg://app:p%40ss@db.example.net/app',
    'postgresql+psycopg://… (32 characters)',
  ],
])('%s is found, and not shown', (what, text, shown) => {
  expect(credentialIn(`a: "${text}"\n`)).toEqual({ what, shown });
});

test.each([
  ['a GitHub token with another checksum', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
  ["the access key of AWS's pages", 'AKIAIOSFODNN7EXAMPLE'],
  ['what stands for a key', 'AKIAXXXXXXXXXXXXXXXX'],
  ['what stands for a token', `glpat-${'0'.repeat(20)}`],
  ['letters in a row', 'AIzaabcdefghijklmnopqrstuvwxyz0123456789'],
  ['a certificate', '-----BEGIN CERTIFICATE-----'],
  ['a public key', '-----BEGIN PUBLIC KEY-----'],
  ['a web token that nobody signed', jwt('none')],
  ['what only looks like a web token', `eyJ${made(20)}.eyJ${made(20)}.${made(30)}`],
  ['a URL with a user alone', 'ssh://git@example.com/a'],
  ['a URL with a variable', 'postgres://app:$(PASSWORD)@db/app'],
  ["a URL with a shell's variable", 'postgres://app:$PASSWORD@db/app'],
  ['a URL with what stands for a password', 'postgres://app:<password>@db/app'],
  ['an image by digest', `registry.example.com:5000/app@sha256:${hex(64)}`],
  ['a path with a port', 'http://example.com:8080/a@b'],
  ['a word that a key begins with', 'task-runner hf_model SG.x sk-learn npm_config_cache'],
  ['a hash', hex(40)],
])('%s is none', (_, text) => {
  expect(credentialIn(text)).toBeUndefined();
});

test('a text of a megabyte is read at once', () => {
  const text = 'postgres://app:'.repeat(70_000);
  expect(credentialIn(text)).toBeUndefined();
  expect(credentialIn('eyJ'.repeat(300_000))).toBeUndefined();
});

import { findings } from '../../__tests__/support';
import { sample, samplePod } from '../../samples';
import { configMapCredential } from '../config-map-credential';
import { containerCredential } from '../container-credential';
import { literalSecret } from '../literal-secret';
import { namedValue } from '../named-value';

const AT = 'Pod web /spec/containers/0';
// Put together here, so that who scans this repository finds none.
const TOKEN = ['ghp', 'zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17'].join('_');
const value = (name: string, text: unknown) => samplePod('web', { env: [{ name, value: text }] });

test('objects of whatever shape are judged without a fault of the rules', () => {
  const hostile = [
    sample('v1', 'ConfigMap', 'a', { data: { a: 1, b: null, c: { d: TOKEN } } }),
    sample('v1', 'ConfigMap', 'b', { data: 'text' }),
    sample('v1', 'Secret', 'c', { data: null, stringData: 7 }),
    samplePod('d', { env: 'x', args: { a: TOKEN }, lifecycle: { preStop: null }, livenessProbe: { exec: 'x' } }),
    samplePod('e', { env: [null, { name: 1, value: 2 }], command: [null, 3] }),
  ];
  for (const rule of [configMapCredential, containerCredential, literalSecret, namedValue])
    expect(findings(rule, hostile).filter((found) => /failed/.test(found))).toEqual([]);
});

describe('container-credential', () => {
  test('finds it wherever a process gets it from, and shows no more than its kind', () => {
    const exec = { exec: { command: ['login', TOKEN] } };
    const pod = samplePod('web', {
      env: [{ name: 'GREETING', value: `use ${TOKEN}!` }],
      command: ['serve', `--token=${TOKEN}`],
      args: [TOKEN],
      livenessProbe: exec,
      lifecycle: { preStop: exec },
    });
    const found = findings(containerCredential, [pod]);
    expect(found).toEqual(
      ['env/0/value', 'command/1', 'args/0', 'livenessProbe/exec/command/1', 'lifecycle/preStop/exec/command/1'].map(
        (place) =>
          `${AT}/${place}: has a GitHub token in the clear, got ghp_… (40 characters); expected a reference to a Secret`,
      ),
    );
    expect(found.join()).not.toContain(TOKEN.slice(4, 12));
  });

  test('in init containers, and in the templates of workloads', () => {
    const job = sample('batch/v1', 'CronJob', 'web', {
      spec: {
        jobTemplate: { spec: { template: { spec: { initContainers: [{ name: 'a', image: 'b', args: [TOKEN] }] } } } },
      },
    });
    expect(findings(containerCredential, [job])).toEqual([
      expect.stringContaining('/spec/jobTemplate/spec/template/spec/initContainers/0/args/0: has a GitHub token'),
    ]);
  });
});

describe('config-map-credential', () => {
  test('finds it in a text of many lines, by its key', () => {
    const data = { 'app.ini': `[git]\ntoken = ${TOKEN}\n`, other: 'fine' };
    expect(findings(configMapCredential, [sample('v1', 'ConfigMap', 'c', { data })])).toEqual([
      'ConfigMap c /data/app.ini: has a GitHub token in the clear, got ghp_… (40 characters); expected it in a Secret',
    ]);
  });
});

describe('named-value', () => {
  test.each(['PASSWORD', 'DB_PASSWORD', 'HF_TOKEN', 'WANDB_API_KEY', 'client_secret', 'AWS_SECRET_ACCESS_KEY'])(
    'finds %s',
    (name) => {
      expect(findings(namedValue, [value(name, 'hunter2')])).toEqual([
        `${AT}/env/0/value: is in the clear, and ${name} is the name of a credential, got 7 characters; expected valueFrom`,
      ]);
    },
  );

  test.each([
    ['PASSWORD_FILE', '/secrets/password'],
    ['TOKENIZERS_PARALLELISM', 'false'],
    ['MAX_TOKEN', '512'],
    ['TOKEN', '/var/run/secrets/token'],
    ['TOKEN', '$(OTHER)'],
    ['PASSWORD', ''],
    ['PASSWORD', 'changeme'],
    ['PASSWORD', '<your password>'],
    ['PUBLIC_KEY', 'ssh-ed25519 AAAA'],
    ['SECRET_NAME', 'database'],
    ['TOKEN', TOKEN],
  ])('leaves %s=%s alone', (name, text) => {
    expect(findings(namedValue, [value(name, text)])).toEqual([]);
  });
});

describe('literal-secret', () => {
  const secret = (fields: object) => sample('v1', 'Secret', 's', fields);
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  test('finds each value, plain or in base64, and shows none', () => {
    const found = findings(literalSecret, [secret({ data: { a: base64('hunter2') }, stringData: { b: 'hunter2' } })]);
    expect(found).toEqual(
      ['data/a', 'stringData/b'].map(
        (place) =>
          `Secret s /${place}: is in the clear: git keeps it; expected a SealedSecret, an ExternalSecret or a SopsFile`,
      ),
    );
  });

  test.each([
    ['no values', {}],
    ['empty values', { data: { a: '' }, stringData: { b: '' } }],
    ['a certificate', { data: { 'ca.crt': base64('-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n') } }],
    ['what SOPS has encrypted', { stringData: { a: 'ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]' } }],
    ['a token that the control plane fills in', { type: 'kubernetes.io/service-account-token' }],
  ])('leaves %s alone', (_, fields) => {
    expect(findings(literalSecret, [secret(fields)])).toEqual([]);
  });

  test('finds the key beside a certificate', () => {
    const both = '-----BEGIN CERTIFICATE-----\nMII\n-----BEGIN PRIVATE KEY-----\nMII\n';
    expect(findings(literalSecret, [secret({ stringData: { pem: both } })])).toHaveLength(1);
  });
});

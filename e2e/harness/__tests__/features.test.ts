import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { featuresOf } from '../features';

// A kubectl that writes down what it was asked for, and answers as the test's script says.
const { PATH = '', FLUX_FOLLOW, PODWRIGHT_E2E_REGISTRY } = process.env;
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'e2e-features-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  for (const [name, value] of Object.entries({ FLUX_FOLLOW, PODWRIGHT_E2E_REGISTRY })) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

function features(script: string) {
  const kubectl = join(folder, 'kubectl');
  writeFileSync(kubectl, `#!/bin/sh\necho "$*" >> '${folder}/asked'\n${script}\n`);
  chmodSync(kubectl, 0o755);
  return featuresOf(folder, { PATH: `${folder}${delimiter}${PATH}` });
}

const asked = () => readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');

test('no metrics are waited for where nothing serves them', async () => {
  expect((await features('exit 1')).metrics).toBe(false);
  expect(asked()).not.toContain('top node');
});

test('metrics that are on their way are waited for', async () => {
  const late = `[ "$1" = top ] && [ "$(grep -c top '${folder}/asked')" -lt 2 ] && exit 1\nexit 0`;
  expect((await features(late)).metrics).toBe(true);
  expect(asked().filter((command) => command === 'top node')).toHaveLength(2);
});

test('a node with GPUs of its own is left alone', async () => {
  expect((await features('exit 0')).unusedGpus).toBe(true);
  expect((await features(`[ "$1 $2" = 'get nodes' ] && echo '"nvidia.com/gpu": "8"'`)).unusedGpus).toBe(false);
});

test('what the environment names is taken, and so is that it names nothing', async () => {
  Object.assign(process.env, { FLUX_FOLLOW: 'follow', PODWRIGHT_E2E_REGISTRY: 'registry.test:5000' });
  expect(await features('exit 1')).toMatchObject({ flux: 'follow', registry: 'registry.test:5000' });
  Object.assign(process.env, { FLUX_FOLLOW: '', PODWRIGHT_E2E_REGISTRY: '' });
  expect(await features('exit 1')).toMatchObject({ flux: '', registry: '' });
});

import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import setup from '../setup';

// A kubectl that answers `config view` for a context called production, and writes down what it was asked for.
const VIEW = {
  contexts: [{ name: 'production', context: { cluster: 'shop', user: 'me' } }],
  clusters: [{ name: 'shop', cluster: { server: 'https://127.0.0.1:6443' } }],
};
const { PATH, PODWRIGHT_E2E_CONTEXT } = process.env;
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'e2e-setup-'));
  writeFileSync(join(folder, 'view'), JSON.stringify(VIEW));
  const kubectl = join(folder, 'kubectl');
  writeFileSync(kubectl, `#!/bin/sh\necho "$@" >> '${folder}/asked'\n[ "$1" = config ] && cat '${folder}/view'\n`);
  chmodSync(kubectl, 0o755);
  process.env.PATH = `${folder}${delimiter}${PATH}`;
  delete process.env.PODWRIGHT_E2E_CONTEXT;
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  process.env.PATH = PATH;
  if (PODWRIGHT_E2E_CONTEXT !== undefined) process.env.PODWRIGHT_E2E_CONTEXT = PODWRIGHT_E2E_CONTEXT;
});

test('asks a context that looks like production for nothing, and makes nothing', async () => {
  await expect(setup()).rejects.toThrow("the current context looks like production, got 'production'");
  expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe('config view --minify --flatten --raw -o json\n');
  expect(existsSync(join(folder, 'run.json'))).toBe(false);
});

test('fails with what kubectl says when there is no current context', async () => {
  writeFileSync(join(folder, 'kubectl'), "#!/bin/sh\necho 'error: current-context must exist' >&2\nexit 1\n");
  await expect(setup()).rejects.toThrow(
    "'kubectl config view --minify --flatten --raw -o json' ended with 1: error: current-context must exist",
  );
});

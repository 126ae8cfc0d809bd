import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Namespace } from '../namespace';
import { announce } from '../run';

// A kubectl that knows one namespace, until it has been asked for it as often as is said.
const { PATH } = process.env;
let folder = '';

function fakeKubectl(namespace: object, looks = 100): void {
  const answers = `[ $(grep -c '^get' asked) -le ${looks} ] && echo '${JSON.stringify(namespace)}'`;
  writeFileSync(join(folder, 'kubectl'), `#!/bin/sh\necho "$@" >> asked\ncase $1 in get) ${answers} ;; esac\nexit 0\n`);
  chmodSync(join(folder, 'kubectl'), 0o755);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'e2e-namespace-'));
  writeFileSync(join(folder, 'kubeconfig'), '');
  const features = { metrics: true, terminal: true, unusedGpus: true, registry: '', flux: '' };
  announce({ id: '1a2b3c', folder, features });
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ id: '1a2b3c', folder, features }));
  process.env.PATH = `${folder}${delimiter}${PATH}`;
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  process.env.PATH = PATH;
  delete process.env.PODWRIGHT_E2E_RUN;
});

describe('a namespace to come', () => {
  test('fails when it is there, and touches nothing', async () => {
    fakeKubectl({ metadata: { name: 'ml' } });
    await expect(Namespace.toCome('ml')).rejects.toThrow(
      "namespace 'ml' is there, and this run did not make it; expected a cluster without it. If nothing in it is needed: kubectl delete namespace ml",
    );
    expect(readFileSync(join(folder, 'asked'), 'utf8').split('\n')).toEqual([
      'config set-context --current --namespace ml',
      'get namespace ml --ignore-not-found -o json',
      '',
    ]);
  });

  test('fails on one of another run that goes on', async () => {
    fakeKubectl({ metadata: { name: 'ml', labels: { 'podwright-e2e-run': '9' } } });
    await expect(Namespace.toCome('ml')).rejects.toThrow('this run did not make it');
  });

  test('waits for the one of a run that is over', async () => {
    fakeKubectl({ metadata: { labels: { 'podwright-e2e-run': '9' }, deletionTimestamp: '2026-01-01T00:00:00Z' } }, 1);
    expect((await Namespace.toCome('ml')).name).toBe('ml');
  });
});

test('two namespaces of one run have two purposes', async () => {
  fakeKubectl({ metadata: {} });
  await Namespace.make('one');
  expect(existsSync(join(folder, 'one.kubeconfig'))).toBe(true);
  await expect(Namespace.make('one')).rejects.toThrow("two namespaces of one run are called 'one'");
});

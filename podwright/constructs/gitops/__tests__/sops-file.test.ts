import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { App } from '../../../synth/app';
import { Environment } from '../../../synth/environment';
import { Pod } from '../../pod';
import { ArgoApplication } from '../argo-application';
import { FluxKustomization } from '../flux-kustomization';
import { SopsFile } from '../sops-file';
import { addTeam, errorsOf, filesOf, refusals } from './support';

const ENCRYPTED = join(__dirname, '..', '__fixtures__', 'encrypted.yaml');
const folder = mkdtempSync(join(tmpdir(), 'podwright-sops-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is said of a file with some content. */
function faultsOf(content: string): string[] {
  const file = join(folder, 'secret.yaml');
  writeFileSync(file, content);
  return errorsOf((app) => new SopsFile(app, 'db', { file })).map((said) => said.replaceAll(file, 'FILE'));
}

const encrypted = readFileSync(ENCRYPTED, 'utf8');

describe('refuses', () => {
  test('a file that is not there', () => {
    expect(() => new SopsFile(new App(), 'db', { file: 'none.yaml' })).toThrow(
      'db: file: none.yaml cannot be read: ENOENT',
    );
  });

  test.each([
    ['what is no YAML', 'a: [', / file: FILE is no YAML: /],
    ['an empty file', '', / file: FILE is empty; expected encrypted Secrets$/],
    ['what is no Secret', 'kind: ConfigMap', / file: FILE holds a ConfigMap; expected Secrets$/],
    [
      'a Secret in the clear, and says nothing of it',
      'kind: Secret\nstringData: {password: hunter2}',
      /^(?!.*hunter2).* file: FILE is not encrypted: it has no sops\.mac\. Encrypt it: sops --encrypt/,
    ],
    [
      'a value in the clear beside encrypted ones',
      encrypted.replace('stringData:', 'stringData:\n  late: hunter2'),
      /^(?!.*hunter2).* file: FILE\/stringData\/late: is in the clear beside encrypted values\./,
    ],
    ['a second Secret in the clear', `${encrypted}---\nkind: Secret\n`, / is not encrypted/],
  ])('%s', (_, content, said) => {
    expect(faultsOf(content)).toEqual([expect.stringMatching(said)]);
  });

  test('to be handed to Argo CD, which decrypts nothing', () => {
    const errors = errorsOf((app) => {
      new SopsFile(app, 'db', { file: ENCRYPTED });
      new ArgoApplication(app, 'apps', { repoURL: 'https://example.com/a' });
    });
    expect(errors).toEqual([
      'synth/hand-over apps: : Argo CD decrypts no SOPS file, and db is one; expected a SealedSecret or an ExternalSecret',
    ]);
  });
});

const pod = (app: App, key: string) =>
  new Pod(new Chart(app, 'pods'), 'pod', {
    containers: [
      {
        name: 'main',
        image: 'busybox:1.37',
        env: [{ name: 'KEY', valueFrom: { secretKeyRef: { name: 'age', key } } }],
      },
    ],
  });

test('lands in clusters byte for byte, and nowhere in dist', () => {
  const app = new App({ outdir: join(folder, 'dist') });
  pod(app, 'key');
  new SopsFile(app, 'db', { file: ENCRYPTED });
  new SopsFile(new Environment(app, 'prod'), 'db', { file: ENCRYPTED });
  app.synth();
  expect(readdirSync(join(folder, 'dist'))).toEqual(['.podwright', 'pods.k8s.yaml']);
  for (const path of ['db.yaml', 'prod/db.yaml'])
    expect(readFileSync(join(folder, 'clusters/secrets', path))).toEqual(readFileSync(ENCRYPTED));
});

test('what it says in the clear is known to the rules', () => {
  const build = (key: string) => (app: App) => {
    pod(app, key);
    new SopsFile(app, 'db', { file: ENCRYPTED });
  };
  expect(errorsOf(build('key'))).toEqual([]);
  expect(errorsOf(build('kye'))).toEqual([expect.stringContaining('start/key-reference pods/pod: ')]);
  expect(errorsOf((app) => pod(app, 'key'))).toEqual([expect.stringContaining('start/secret-reference pods/pod: ')]);
});

test('Flux decrypts it, after the namespaces', () => {
  const files = filesOf((app) => {
    const prod = new Environment(app, 'prod');
    addTeam(prod);
    new SopsFile(prod, 'db', { file: ENCRYPTED });
    new SopsFile(app, 'other', { file: ENCRYPTED });
    new FluxKustomization(prod, 'apps', { decryptionSecret: 'age-key' });
  });
  const flux = files['clusters/prod/apps.yaml'] ?? [];
  expect(refusals(flux)).toEqual([]);
  expect(flux.find(({ metadata }) => metadata.name === 'apps-secrets').spec).toMatchObject({
    path: './clusters/kustomize/prod/apps-secrets',
    dependsOn: [{ name: 'apps-setup' }],
    decryption: { provider: 'sops', secretRef: { name: 'age-key' } },
  });
  expect(files['clusters/kustomize/prod/apps-secrets/kustomization.yaml']?.[0].resources).toEqual([
    '../../../secrets/prod/db.yaml',
  ]);
});

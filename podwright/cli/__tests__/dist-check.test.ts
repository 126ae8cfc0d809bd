import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');
let folder: string;

const PROGRAM = (text: string) => `import { Chart } from 'cdk8s';
import { App, HashedConfigMap } from 'podwright';
const app = new App();
for (const name of ['a', 'b']) new HashedConfigMap(new Chart(app, name), name, { data: { text: name + '${text}' } });
app.synth();
`;

function run(command: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}
const git = (...args: string[]) => run('git', '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args);
const synth = (...args: string[]) =>
  run(process.execPath, join(root, 'podwright', 'bin', 'podwright.js'), 'synth', ...args);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwright-dist-check-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  writeFileSync(join(folder, '.gitignore'), 'node_modules\n');
  writeFileSync(join(folder, 'main.ts'), PROGRAM('1'));
  git('init', '--quiet');
  synth();
  git('add', '.');
  git('commit', '--quiet', '--message', 'first');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  [['--staged'], "'--staged' says which dist is compared; expected --check beside it"],
  [['--check', '--force'], "'--check' writes nothing, so that '--force' has no meaning beside it"],
  [['--check', '--staged', '--at', 'HEAD'], "'--staged' and '--at' are two dists; expected one of them"],
])('%j is a wrong call', (args, said) => {
  const { status, stderr } = synth(...args);
  expect({ status, line: stderr.split('\n')[0] }).toEqual({ status: 2, line: `podwright synth: ${said}` });
});

test('a revision that is none is an error', () => {
  expect(synth('--check', '--at', 'nowhere').stderr).toMatch(
    /^podwright synth: 'nowhere' names no commit; expected a branch, a tag or a commit of /,
  );
});

test('dist is compared as it is in the tree, staged and at a commit, each file with its cause, and is left as it is', () => {
  expect(synth('--check')).toMatchObject({ status: 0, stderr: 'dist is what the program says: 2 files\n' });
  expect(synth('--check', '--at', 'HEAD')).toMatchObject({ status: 0 });
  expect(synth('--check', '--staged')).toMatchObject({ status: 0 });

  writeFileSync(join(folder, 'main.ts'), PROGRAM('2'));
  mkdirSync(join(folder, 'dist', 'more'));
  writeFileSync(join(folder, 'dist', 'more', 'x.yaml'), 'kind: Pod\n');
  const changed = synth('--check');
  expect(changed.status).toBe(1);
  expect(changed.stdout.split('\n').map((line) => line.replace(/: (line|was).*/, ''))).toEqual([
    'error: dist/a.k8s.yaml:1: is stale',
    'error: dist/b.k8s.yaml:1: is stale',
    'error: dist/more/x.yaml:1',
    '',
  ]);
  expect(changed.stderr).toBe('dist is not what the program says. npx podwright synth\n');

  rmSync(join(folder, 'dist', 'more'), { recursive: true });
  synth();
  expect(synth('--check')).toMatchObject({ status: 0 });
  expect(synth('--check', '--staged')).toMatchObject({
    status: 1,
    stderr: 'dist, as it is staged, is not what the program says. npx podwright synth, and git add it\n',
  });
  git('add', 'dist');
  expect(synth('--check', '--staged')).toMatchObject({ status: 0 });
  expect(synth('--check', '--at', 'HEAD').status).toBe(1);
}, 60_000);

test('what a synthesis refuses, a file of two Apps, is no dist to compare with', () => {
  const twice = "import { App, HashedConfigMap } from 'podwright';\nimport { Chart } from 'cdk8s';\n".concat(
    "for (const text of ['1', '2']) {\n  const app = new App();\n",
    "  new HashedConfigMap(new Chart(app, 'a'), 'a', { data: { text } });\n  app.synth();\n}\n",
  );
  writeFileSync(join(folder, 'twice.ts'), twice);
  const said = 'error: dist/a.k8s.yaml is that of two Apps; expected a file each [synth/path]\n';
  expect(synth('--app', 'twice.ts')).toMatchObject({ status: 1, stderr: said });
  expect(synth('--app', 'twice.ts', '--check')).toMatchObject({ status: 1, stderr: said });
}, 60_000);

test('what is handed over is checked with dist, the files of others beside it are not, and neither is printed', () => {
  writeFileSync(
    join(folder, 'main.ts'),
    PROGRAM('3')
      .replace('App,', 'App, FluxKustomization,')
      .replace('app.synth', "new FluxKustomization(app, 'apps');\napp.synth"),
  );
  synth();
  mkdirSync(join(folder, 'clusters', 'apps', 'flux-system'));
  writeFileSync(join(folder, 'clusters', 'apps', 'flux-system', 'gotk-sync.yaml'), 'kind: Kustomization\n');
  git('add', '.');
  expect(synth('--check')).toMatchObject({ status: 0, stdout: '', stderr: 'dist is what the program says: 4 files\n' });
  expect(synth('--stdout').stdout).not.toContain('Kustomization');

  writeFileSync(join(folder, 'clusters', 'apps', 'apps.yaml'), 'kind: Kustomization\n');
  expect(synth('--check')).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('error: clusters/apps/apps.yaml:1: was edited by hand: line 1 is'),
  });
});

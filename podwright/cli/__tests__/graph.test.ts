import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Graph } from '../../report/graph/graph';
import { call, root, wordsOf } from './support';

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'podwright-graph-')));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function podwright(words: string) {
  return call(['graph', ...wordsOf(words)], { cwd: folder });
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function git(...args: string[]): void {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'ignore' });
}

const settings = (value: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  a: 'x${value}'
`;
const user = `apiVersion: v1
kind: Pod
metadata:
  name: user
spec:
  containers:
    - name: main
      image: busybox:1.37
      envFrom:
        - configMapRef:
            name: settings
`;

/** Each node with what is laid over it, then each relation. */
function drawn(text: string): string[] {
  const { nodes, edges } = JSON.parse(text) as Graph;
  return [
    ...nodes.map(({ id, source, findings, change, absent }) =>
      [
        id,
        source && `${source.file}:${source.line}`,
        findings.map(({ ruleId }) => ruleId).join(),
        change?.effect,
        absent,
      ]
        .filter(Boolean)
        .join(' '),
    ),
    ...edges.map(({ from, verb, to, change }) => [from, verb, to, change].filter(Boolean).join(' ')),
  ];
}

test.each([
  ['a.yaml --format svg', 'option \'--format\': got "svg"; expected html, mermaid, json'],
  ['a.yaml --out a.svg', 'option \'--out\': got "a.svg"; expected a file .html, .mmd, .mermaid, .json, or --format'],
  ['a.yaml --app main.ts', "'--app' is a program's file, and 'a.yaml' are manifests; expected one of them"],
  ['- --diff HEAD', "the standard input is at no revision; expected files and folders beside '--diff'"],
  ['missing.yaml', "missing.yaml is not there; expected a file, a folder or '-'"],
  ['a.yaml --diff HEAD', 'not a git repository'],
  ['a.yaml --out no/folder.html', 'no/folder.html cannot be written: ENOENT'],
  ['', 'it has no main.ts'],
])('ends with 2 for the call %s', async (words, message) => {
  write('a.yaml', settings('1'));
  const { status, stdout, stderr } = await podwright(words);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('draws manifests of any form, with what is wrong with them, and ends with 1 for an error', async () => {
  write('k8s/a.yaml', `${user}---\nno: [\n`);
  write('k8s/b.jsonl', `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'BAD' } })}\n`);
  const { status, stdout, stderr } = await podwright('k8s --format json');
  expect(status).toBe(1);
  expect(stderr).toContain('[check/read]');
  expect(drawn(stdout)).toEqual([
    'Pod user k8s/a.yaml:1',
    'ConfigMap BAD k8s/b.jsonl:1 api/metadata',
    'ConfigMap settings named',
    'Pod user uses env from ConfigMap settings',
  ]);
  expect((JSON.parse(stdout) as Graph).findings.map(({ ruleId }) => ruleId)).toEqual(['check/read']);
});

test('the folders of a folder are environments where objects are in both', async () => {
  for (const name of ['laptop', 'prod']) write(`dist/${name}/a.yaml`, settings(name));
  const { stdout } = await podwright('./dist/ --format json');
  expect(drawn(stdout)).toEqual([
    'laptop: ConfigMap settings dist/laptop/a.yaml:1',
    'prod: ConfigMap settings dist/prod/a.yaml:1',
  ]);
});

test('the environments that a synthesis wrote down are told apart, whatever is in them', async () => {
  write('dist/.podwright', 'environment laptop\nenvironment prod\n');
  write('dist/laptop/a.yaml', settings('1'));
  write('dist/prod/a.yaml', user);
  expect(drawn((await podwright('dist --format json')).stdout)).toEqual([
    'laptop: ConfigMap settings dist/laptop/a.yaml:1',
    'prod: Pod user dist/prod/a.yaml:1',
    'prod: ConfigMap settings named',
    'prod: Pod user uses env from prod: ConfigMap settings',
  ]);
});

test('lays over manifests what changes from a revision', async () => {
  git('init', '-q');
  write('k8s/a.yaml', `${settings('1')}---\n${user}`);
  git('add', '-A');
  git('commit', '-qm', 'one');
  write('k8s/a.yaml', `${settings('2')}`);
  const { status, stdout } = await podwright('k8s --diff HEAD --format json');
  expect(status).toBe(0);
  expect(drawn(stdout)).toEqual([
    'ConfigMap settings k8s/a.yaml:1 in-place',
    'Pod user k8s/a.yaml:8 gone gone',
    'Pod user uses env from ConfigMap settings gone',
  ]);
});

test('what --out ends in says the format', async () => {
  write('a.yaml', settings('1'));
  for (const [file, start] of [
    ['a.html', '<!doctype html>'],
    ['a.mmd', 'flowchart LR'],
    ['a.json', '{'],
  ] as const) {
    expect(await podwright(`a.yaml --out ${file}`)).toEqual({
      status: 0,
      stdout: '',
      stderr: `${file}: 1 object, 0 relations\n`,
    });
    expect(readFileSync(join(folder, file), 'utf8').startsWith(start)).toBe(true);
  }
});

describe('of a program', () => {
  const bin = join(root, 'podwright', 'bin', 'podwright.js');
  const program = (body: string) => `import { Chart } from 'cdk8s';
import { App, Pod } from 'podwright';
console.log('said');
const app = new App();
${body}
app.synth();
`;
  const agent = `new Pod(new Chart(app, 'web'), 'agent', {
  containers: [{ name: 'main', image: 'busybox:1.37', envFrom: [{ configMapRef: { name: 'settings' } }] }],
});`;

  function run(...words: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'graph', ...words], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  beforeEach(() => symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction'));

  test('is drawn with its errors, each at its line, and dist is left as it is', () => {
    write('main.ts', program(agent));
    const { status, stdout, stderr } = run('--format', 'json');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^said\n/);
    expect(drawn(stdout)).toEqual([
      'Pod agent dist/web.k8s.yaml:1 start/config-map-reference',
      'ConfigMap settings named',
      'Pod agent uses env from ConfigMap settings',
    ]);
    const [node] = (JSON.parse(stdout) as Graph).nodes;
    expect(node?.findings[0]?.source).toMatchObject({ file: 'main.ts', line: 6 });
    expect(() => readFileSync(join(folder, 'dist/web.k8s.yaml'))).toThrow('ENOENT');
  }, 60_000);

  test('is compared with dist at a revision', () => {
    git('init', '-q');
    write('dist/web.k8s.yaml', settings('1'));
    git('add', 'dist');
    git('commit', '-qm', 'one');
    write(
      'main.ts',
      program(`new Pod(new Chart(app, 'web'), 'agent', { containers: [{ name: 'main', image: 'a:1' }] });`),
    );
    const { stdout } = run('--diff', 'HEAD', '--format', 'json');
    expect(drawn(stdout)).toEqual([
      'Pod agent dist/web.k8s.yaml:1 new',
      'ConfigMap settings dist/web.k8s.yaml:1 gone gone',
    ]);
    const { nodes, tree } = JSON.parse(stdout) as Graph;
    expect(nodes[0]?.madeAt).toMatchObject({ file: 'main.ts', line: 5 });
    expect(tree.children.map(({ label }) => label)).toEqual(['web', 'no more']);
    expect(run('--diff', 'nowhere')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("'nowhere' names no commit"),
    });
  }, 60_000);

  test('that fails, ends the process or makes nothing is told', () => {
    write('main.ts', program(`throw new Error('no');`));
    expect(run()).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('no') });
    write('main.ts', program('process.exit();'));
    expect(run()).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('expected it to end by itself'),
    });
    write('main.ts', '');
    expect(run()).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining("made no App of podwright's"),
    });
  }, 60_000);
});

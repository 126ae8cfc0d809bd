import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sampleDeployment } from '../../rules/samples';
import { call, wordsOf } from './support';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwright-footprint-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, content: string | object): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
}
const footprint = (line = '') => call(wordsOf(`footprint ${line}`), { cwd: folder });
const web = (replicas: number) =>
  sampleDeployment('web', { replicas }, { resources: { requests: { cpu: '250m', memory: '64Mi' } } });

function commit(): void {
  const git = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: folder });
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  git('commit', '--quiet', '--message', 'a');
}

test.each([
  ['', 'dist has no manifests; expected what npx podwright synth writes'],
  ['main', 'not a git repository'],
])('without dist %j is an error', async (line, said) => {
  const { status, stderr } = await footprint(line);
  expect([status, stderr.replaceAll(folder, 'FOLDER')]).toEqual([2, expect.stringContaining(said)]);
});

test('dist that is no YAML is an error at its place', async () => {
  write('dist/a.yaml', 'a: [');
  expect(await footprint()).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^podwright footprint: dist\/a.yaml:2: /),
  });
});

test('an environment that there is not is an error', async () => {
  write('dist/a.yaml', web(1));
  expect((await footprint('-e lab')).stderr).toBe(
    `podwright footprint: option '--environment': there is no "lab"; dist has none\n`,
  );
  write('dist/lab/a.yaml', web(1));
  write('dist/prod/a.yaml', web(1));
  expect((await footprint('-e la')).stderr).toBe(
    `podwright footprint: option '--environment': there is no "la"; expected lab, prod\n`,
  );
});

test('the environments that a synthesis wrote down are told apart, whatever is in them', async () => {
  write('dist/.podwright', 'environment lab\nenvironment prod\n');
  write('dist/lab/a.yaml', sampleDeployment('api', { replicas: 1 }));
  write('dist/prod/a.yaml', web(1));
  write('dist/chart/a.yaml', sampleDeployment('db', { replicas: 1 }));
  const said = JSON.parse((await footprint('--format json')).stdout);
  expect(said.map((one: { environment?: string }) => one.environment)).toEqual([undefined, 'lab', 'prod']);
});

test('says what dist takes, by environment, and what has changed since a commit', async () => {
  write('dist/lab/a.yaml', web(1));
  write('dist/prod/a.yaml', web(4));
  commit();
  expect(await footprint()).toEqual({
    status: 0,
    stdout: `namespace         pods    CPU           memory          storage
lab: (none)       1 to 2  250m to 500m  64Mi to 128Mi   0
  Deployment web  1 to 2  250m to 500m  64Mi to 128Mi   0
prod: (none)      4 to 5  1 to 1250m    256Mi to 320Mi  0
  Deployment web  4 to 5  1 to 1250m    256Mi to 320Mi  0
`,
    stderr: '',
  });
  expect(await footprint('main')).toEqual({ status: 0, stdout: '', stderr: 'dist takes what it took at main\n' });
  write('dist/prod/a.yaml', web(5));
  expect((await footprint('main --format markdown')).stdout).toBe(`| namespace |  | before | after |
|---|--:|--:|--:|
| prod: (none) | pods | 4 to 5 | 5 to 7 |
| prod: (none) | CPU | 1 to 1250m | 1250m to 1750m |
| prod: (none) | memory | 256Mi to 320Mi | 320Mi to 448Mi |
`);
  expect(JSON.parse((await footprint('main --format json -e prod')).stdout)).toMatchObject([
    { environment: 'prod', namespace: '', before: { always: { pods: '4' } }, after: { always: { pods: '5' } } },
  ]);
  expect(await footprint('main -e lab')).toMatchObject({ stdout: '', stderr: 'dist takes what it took at main\n' });
});

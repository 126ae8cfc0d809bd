import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const root = join(__dirname, '..', '..', '..');
const bin = join(root, 'podwright', 'bin', 'podwright.js');
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A repository whose first commit has a program and its dist. */
class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'podwright-diff-'));

  constructor(files: Readonly<Record<string, string>>) {
    folders.push(this.folder);
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
    this.git('init', '--quiet', '--initial-branch', 'main');
    this.write({ '.gitignore': 'node_modules\n', 'package-lock.json': '{}\n', ...files });
    this.synth();
    this.commit();
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      writeFileSync(join(this.folder, file), text);
    }
  }

  synth(): void {
    expect(this.run('synth')).toMatchObject({ status: 0 });
  }

  commit(): void {
    this.git('add', '.');
    this.git('commit', '--quiet', '--message', 'a');
  }

  git(...args: string[]): string {
    const user = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
    return spawnSync('git', [...user, ...args], { cwd: this.folder, encoding: 'utf8' }).stdout;
  }

  run(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
      cwd: this.folder,
      encoding: 'utf8',
    });
    // Commits have other names each time.
    return { status, stdout: stdout.replaceAll(/\([0-9a-f]{7,}\)/g, '(commit)'), stderr };
  }

  diff(...args: string[]) {
    return this.run('diff', ...args);
  }
}

const main = (objects: string) => `import { Chart } from 'cdk8s';
import { App } from 'podwright';
import { KubeConfigMap, KubeDeployment } from 'podwright/k8s';
import { image } from './image';

const app = new App();
const chart = new Chart(app, 'web', { namespace: 'team' });
const labels = { app: 'web' };
${objects}
app.synth();
`;
const web = (replicas: number) =>
  `const containers = [{ name: 'main', image }];
new KubeDeployment(chart, 'web', {
  metadata: { name: 'web' },
  spec: { replicas: ${replicas}, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
});`;
const old = "new KubeConfigMap(chart, 'old', { metadata: { name: 'old' } });";
const image = (tag: string) => `const tag = '${tag}';\nexport const image = \`busybox:\${tag}\`;\n`;

const simple = () => new Project({ 'main.ts': main(`${web(1)}\n${old}`), 'image.ts': image('1.36') });

describe('a change', () => {
  let project: Project;
  const change = () => project.write({ 'main.ts': main(web(2)), 'image.ts': image('1.37') });
  beforeAll(() => {
    project = simple();
  }, 60_000);

  test.each([
    [['--dist', '--program'], "'--dist' and '--program' are two comparisons; expected one of them"],
    [['a', 'b', 'c'], "unexpected word 'c'; expected BASE and REVISION"],
    [['--format', 'yaml'], `option '--format': got "yaml"; expected text, markdown, json, html`],
    [['nowhere'], "'nowhere' names no commit; expected a branch, a tag or a commit of "],
    [['--environment', 'prod'], `option '--environment': there is no "prod"; this program has none`],
  ])('is not looked at for a wrong call: %j', (args, said) => {
    const { status, stderr } = project.diff(...args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(`podwright diff: ${said}`)]);
  });

  test('is none where the program says what dist says, and the exit status tells', () => {
    const nothing = '0 objects changed, 2 the same to the cluster\n';
    const title = 'dist at HEAD (commit) -> the program, on Kubernetes 1.37\n';
    expect(project.diff()).toEqual({ status: 0, stdout: `${title}\n${nothing}`, stderr: '' });
    for (const args of [['--dist'], ['main', 'HEAD'], ['--program'], ['main', 'HEAD', '--program']]) {
      const { status, stdout } = project.diff(...args);
      expect([status, stdout.endsWith(nothing)]).toEqual([0, true]);
    }
  }, 60_000);

  test('is told with the lines of the program, and with what leaves the cluster', () => {
    change();
    const { status, stdout, stderr } = project.diff('main', '--prune-plan', 'plan.yaml', '--target', '1.35');
    expect([status, stderr]).toEqual([1, 'plan.yaml: 1 object for kubectl delete -f\n']);
    expect(stdout).toBe(`dist at main (commit) -> the program, on Kubernetes 1.35

deleted from the cluster (1)
  ConfigMap team/old  dist/web.k8s.yaml:20

rolling restart (1)
  Deployment team/web  main.ts:10
    rolls its pods, 25% more and 25% fewer than asked for at a time
    1 pod becomes 2
      spec.replicas: 1 -> 2  main.ts:12
      spec.template.spec.containers[main].image: busybox:1.36 -> busybox:1.37  image.ts:1

takes of the cluster
  namespace        before  after
  team       pods  1 to 2  2 to 3

2 objects changed, 0 the same to the cluster
`);
    expect(readFileSync(join(project.folder, 'plan.yaml'), 'utf8')).toMatch(
      /\nkind: ConfigMap\nmetadata:\n {2}name: old\n/,
    );
    const { objects } = JSON.parse(project.diff('--format', 'json').stdout);
    expect(objects[1]).toMatchObject({ constructPath: 'web/web', source: { file: 'main.ts', line: 10, column: 1 } });
  }, 60_000);

  test('of the program at a commit has the lines of that one for what is gone', () => {
    change();
    const { stdout } = project.diff('--program');
    expect(stdout).toMatch(/^the program at HEAD \(commit\) -> the program,/);
    expect(stdout).toContain('  ConfigMap team/old  main.ts:14\n');
    expect(project.git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  }, 60_000);

  test('of dist is what was synthesized, and of two commits what was committed', () => {
    change();
    expect(project.diff('--dist').status).toBe(0);
    project.synth();
    const { status, stdout } = project.diff('--dist');
    expect([status, stdout.split('\n')[0]]).toEqual([1, 'dist at HEAD (commit) -> dist, on Kubernetes 1.37']);
    expect(project.diff('HEAD', 'main').status).toBe(0);
  }, 60_000);

  test('says so where git has no dist', () => {
    const note = 'note: at HEAD (commit) git has no manifests in nowhere: all is taken for new or gone\n';
    expect(project.diff('--output', 'nowhere').stdout).toContain(note);
  }, 60_000);

  test('leaves out files of dist that synthesis did not make, and says so', () => {
    project.write({ 'dist/own.yaml': 'kind: A\napiVersion: v1\nmetadata: { name: a }\n' });
    project.commit();
    const { status, stdout } = project.diff();
    expect([status, stdout]).toEqual([
      0,
      expect.stringContaining(
        'note: of dist at HEAD (commit), what synthesis did not make is not compared: dist/own.yaml\n',
      ),
    ]);
  }, 60_000);

  test('is compared by dist where the packages were others, and says so', () => {
    project.write({ 'package-lock.json': '{ "a": 1 }\n' });
    const { status, stdout } = project.diff('--program');
    expect([status, stdout.split('\n')[0]]).toEqual([0, 'dist at HEAD (commit) -> the program, on Kubernetes 1.37']);
    expect(stdout).toContain('note: package-lock.json at HEAD (commit) is other than here: dist there is compared');
    project.git('checkout', '--quiet', 'package-lock.json');
  }, 60_000);

  test('of a program that has an error is that error', () => {
    project.write({ 'image.ts': "throw new Error('not today');\n" });
    expect(project.diff()).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('not today') });
    project.commit();
    project.write({ 'image.ts': image('1.37') });
    const { status, stdout, stderr } = project.diff('--program');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^podwright diff: the program at HEAD .* fails; without --program, dist is compared\n.*not today/s,
    );
    expect(project.git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  }, 60_000);
});

describe('with --dry-run=server', () => {
  /** Stands for a cluster that has what dist says but for its data, and refuses all that has a label. */
  const kubectl = `#!${process.execPath}
const { readFileSync } = require('node:fs');
const [verb, ...args] = process.argv.slice(2);
const say = (value) => process.stdout.write(JSON.stringify(value));
function fail(text) {
  process.stderr.write('E1127 12:34:33.712675 1 log.go:1] "noise"\\n' + text + '\\n');
  process.exit(1);
}
if (process.env.DOWN) fail('The connection to the server 127.0.0.1:6443 was refused');
if (verb === 'version') {
  say({ serverVersion: { major: '1', minor: '34+' } });
  process.exit();
}
const object = JSON.parse(readFileSync(0, 'utf8'));
const isNew = object.metadata.name === 'new';
if (verb === 'get') {
  const managedFields = [{ manager: 'argocd-controller', operation: 'Apply' }];
  const { data, ...live } = object;
  say({ kind: 'List', items: isNew ? [] : [{ ...live, metadata: { ...live.metadata, managedFields } }] });
  process.exit();
}
if (!args.includes(isNew ? '--field-manager=podwright' : '--field-manager=argocd-controller')) fail('not that one');
if (object.metadata.labels) fail('The ConfigMap "a" is invalid: metadata.labels: Invalid value: "b"');
say({ ...object, metadata: { ...object.metadata, resourceVersion: '2' } });
`;
  const maps = (objects: Readonly<Record<string, string>>) => `import { Chart } from 'cdk8s';
import { App } from 'podwright';
import { KubeConfigMap } from 'podwright/k8s';
const app = new App();
const chart = new Chart(app, 'web');
${Object.entries(objects)
  .map(([name, rest]) => `new KubeConfigMap(chart, '${name}', { metadata: { name: '${name}' ${rest} });\n`)
  .join('')}app.synth();
`;
  let project: Project;
  const ask = (env: Readonly<Record<string, string>> = {}) =>
    spawnSync(process.execPath, [bin, 'diff', '--dry-run=server'], {
      cwd: project.folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${join(project.folder, 'bin')}:${process.env.PATH}`, ...env },
    });
  beforeAll(() => {
    project = new Project({ 'main.ts': maps({ a: '}', b: '}', c: '}' }), 'bin/kubectl': kubectl });
    chmodSync(join(project.folder, 'bin', 'kubectl'), 0o755);
    project.write({ 'main.ts': maps({ a: ", labels: { a: 'b' } }", b: "}, data: { a: 'b' }", new: '}' }) });
  }, 60_000);

  test('each prediction is confirmed, or contradicted with what the server says', () => {
    const { status, stdout } = ask();
    expect([status, stdout.split('\n')[0]]).toEqual([1, expect.stringContaining('on Kubernetes 1.34')]);
    const said = stdout.split('\n').filter((line) => /^ {2}ConfigMap|API server/.test(line));
    expect(said.map((line) => line.trim())).toEqual([
      'ConfigMap c  dist/web.k8s.yaml:11',
      'confirmed by the API server',
      'ConfigMap a  main.ts:6',
      'CONTRADICTED by the API server: The ConfigMap "a" is invalid: metadata.labels: Invalid value: "b"',
      'ConfigMap b  main.ts:7',
      'confirmed by the API server',
      'ConfigMap new  main.ts:8',
      'confirmed by the API server',
      '4 objects changed, 0 the same to the cluster; the API server confirms 3, contradicts 1, and could not be asked for 0',
    ]);
  }, 60_000);

  test('a cluster that does not answer is an error', () => {
    const { status, stderr } = ask({ DOWN: '1' });
    expect([status, stderr]).toEqual([
      2,
      "podwright diff: option '--dry-run': kubectl says: The connection to the server 127.0.0.1:6443 was refused\n",
    ]);
  }, 60_000);
});

test('where there is no repository, that is said', () => {
  const folder = mkdtempSync(join(tmpdir(), 'podwright-diff-none-'));
  folders.push(folder);
  const { status, stderr } = spawnSync(process.execPath, [bin, 'diff'], { cwd: folder, encoding: 'utf8' });
  expect([status, stderr]).toEqual([2, expect.stringMatching(/^podwright diff: not a git repository/)]);
}, 60_000);

test('Ctrl-C takes the checkout away', async () => {
  const project = simple();
  // A program that never ends, from its first line on.
  project.write({ 'main.ts': "require('node:fs').writeFileSync('begun', '');\nfor (;;);\n" });
  project.git('commit', '--quiet', '--all', '--message', 'endless');
  const checkouts = () => readdirSync(join(project.folder, '.git')).includes('worktrees');
  const folderOf = () =>
    /^worktree (.*podwright-worktree-.*)$/m.exec(project.git('worktree', 'list', '--porcelain'))?.[1];
  const child = spawn(process.execPath, [bin, 'diff', '--program'], { cwd: project.folder, stdio: 'ignore' });
  const ended = new Promise((done) => child.once('exit', (code, signal) => done(signal ?? code)));
  let folder = folderOf();
  while (!folder || !existsSync(join(folder, 'begun'))) {
    await wait(50);
    folder = folderOf();
  }
  child.kill('SIGINT');
  expect(await ended).toBe('SIGINT');
  expect([existsSync(folder), folderOf()]).toEqual([false, undefined]);
  expect(checkouts()).toBe(false);
}, 60_000);

const environments = `import { Chart } from 'cdk8s';
import { App, Environment } from 'podwright';
import { KubeConfigMap } from 'podwright/k8s';
import { names } from './names';

const app = new App();
for (const id of ['laptop', 'prod']) {
  const chart = new Chart(new Environment(app, id), 'web');
  for (const name of names) new KubeConfigMap(chart, name, { metadata: { name } });
}
app.synth();
`;

test('the objects of each environment are its own cluster', () => {
  const project = new Project({ 'main.ts': environments, 'names.ts': "export const names = ['a', 'b'];\n" });
  project.write({ 'names.ts': "export const names = ['a'];\n" });
  expect(project.diff().stdout).toContain('\n  ConfigMap b in laptop  dist/laptop/web.k8s.yaml:6\n');
  const { objects } = JSON.parse(project.diff('--environment', 'prod', '--format', 'json').stdout);
  expect(objects).toMatchObject([{ object: { name: 'b' }, environment: 'prod', leaves: 'deleted' }]);
  expect(project.diff('-e', 'prod').stdout).toMatch(/\n1 object changed, 1 the same to the cluster\n$/);
  expect(project.diff('-e', 'production').stderr).toContain(`there is no "production"; expected laptop, prod\n`);
  const several = project.diff('--prune-plan', 'plan.yaml');
  expect([several.status, several.stderr.split('\n')[0]]).toEqual([
    2,
    "podwright diff: option '--prune-plan': what is deleted is in several environments, each with its own cluster: laptop, prod; expected --environment beside it",
  ]);
  expect(existsSync(join(project.folder, 'plan.yaml'))).toBe(false);
  expect(project.diff('--prune-plan', 'plan.yaml', '-e', 'prod')).toMatchObject({ status: 1 });
}, 60_000);

test('a line and the version are the right ones for each environment', () => {
  const project = new Project({
    'main.ts': `import { Chart } from 'cdk8s';
import { App, Environment, ModelServer } from 'podwright';
import type { Construct } from 'constructs';
const app = new App();
function platform(scope: Construct, maxReplicas: number) {
  new ModelServer(new Chart(scope, 'serve'), 'serve', {
    loadSeconds: 900,
    autoscale: { minReplicas: 1, maxReplicas },
    containers: [{ name: 'main', image: 'a:1', resources: { requests: { cpu: 1 } } }],
  });
}
platform(new Environment(app, 'dev'), 2);
platform(new Environment(app, 'prod', { targets: ['1.34'] }), 8);
app.synth();
`,
  });
  const main = readFileSync(join(project.folder, 'main.ts'), 'utf8');
  project.write({ 'main.ts': main.replace('900', '600') });
  const [title, ...lines] = project.diff().stdout.split('\n');
  expect(title).toMatch(/, on Kubernetes 1\.37$/);
  expect(project.diff('-e', 'prod').stdout.split('\n')[0]).toMatch(/, on Kubernetes 1\.34$/);
  expect(lines.filter((line) => /: \d+ -> \d+/.test(line)).map((line) => line.trim())).toEqual([
    'spec.progressDeadlineSeconds: 1200 -> 900  main.ts:7',
    'spec.template.spec.containers[main].startupProbe.failureThreshold: 181 -> 121  main.ts:7',
    'spec.progressDeadlineSeconds: 1200 -> 900  main.ts:7',
    'spec.template.spec.containers[main].startupProbe.failureThreshold: 181 -> 121  main.ts:7',
  ]);
}, 60_000);

test('generations of configuration that earlier commits left are listed in the plan', () => {
  const program = (text: string) => `import { Chart } from 'cdk8s';
import { App, HashedConfigMap } from 'podwright';
const app = new App();
new HashedConfigMap(new Chart(app, 'web', { namespace: 'team' }), 'settings', { data: { text: '${text}' } });
app.synth();
`;
  const project = new Project({ 'main.ts': program('1') });
  const nameNow = () =>
    /name: (settings-[0-9a-f]{8})/.exec(readFileSync(join(project.folder, 'dist/web.k8s.yaml'), 'utf8'))?.[1];
  const names: (string | undefined)[] = [];
  for (const text of ['2', '3', '1', '4']) {
    names.push(nameNow());
    project.write({ 'main.ts': program(text) });
    if (text === '4') break;
    project.synth();
    project.commit();
  }
  const [first, second, third] = names;
  expect(project.diff('--prune-plan', 'plan.yaml').status).toBe(1);
  // The first is in git again, and leaves by this change.
  expect(names[3]).toBe(first);
  expect(readFileSync(join(project.folder, 'plan.yaml'), 'utf8').split('\n').slice(1)).toEqual([
    '# leaves git, kept, and used by no workload any more:',
    `#   ConfigMap team/${first}`,
    '# Left by earlier commits, where the cluster still has them:',
    ...[second, third].sort().map((name) => `#   ConfigMap team/${name}`),
    '# Nothing is deleted.',
    '',
  ]);
}, 60_000);

test('an object that moves to a file that another controller follows is told', () => {
  const kustomization = (name: string, path: string) =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: ${name}\nspec:\n  path: ${path}\n`;
  const charts = (...names: string[]) =>
    `import { Chart } from 'cdk8s';\nimport { App } from 'podwright';\nimport { KubeConfigMap } from 'podwright/k8s';\n\nconst app = new App();\n${names
      .map((name, at) => `const c${at} = new Chart(new Chart(app, '${name}'), 'a');\n`)
      .join('')}new KubeConfigMap(c${names.length - 1}, 'x', { metadata: { name: 'x' } });\napp.synth();\n`;
  const project = new Project({
    'main.ts': charts('one'),
    'clusters/one.yaml': kustomization('one', './dist/one'),
    'clusters/two.yaml': kustomization('two', './dist/two'),
  });
  project.write({ 'main.ts': charts('one', 'two') });
  expect(project.diff().stdout).toContain(
    'moves to another controller (1)\n  ConfigMap x  main.ts:8\n    moves from Kustomization one to Kustomization two, and may be deleted by the first before the second has it\n',
  );
}, 60_000);

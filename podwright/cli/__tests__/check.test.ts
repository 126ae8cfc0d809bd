import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sample, sampleDeployment } from '../../rules/samples';
import { call, root, wordsOf } from './support';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwright-check-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function podwright(words: string, cwd = folder) {
  return call(['check', ...wordsOf(words)], { cwd });
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

/** file:line:column document pointer rule of each finding. */
async function places(words: string): Promise<string[]> {
  const { findings } = JSON.parse((await podwright(`${words} --rules api --format json`)).stdout);
  return findings.map(
    // biome-ignore lint/suspicious/noExplicitAny: read from JSON
    (f: any) => `${f.file}:${f.line}:${f.column} ${f.document} ${f.pointer} ${f.ruleId}`,
  );
}

const good = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: good\n';
const bad = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: BAD\n';
const badJson = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'BAD' } });

test.each([
  ['--targets 9.9 a.yaml', 'option \'--targets\': got "9.9"'],
  ['--rules nothing a.yaml', 'option \'--rules\': got "nothing"'],
  ['--format xml a.yaml', 'option \'--format\': got "xml"'],
  ['missing.yaml', "missing.yaml is not there; expected a file, a folder or '-'"],
])('ends with 2 for the call %s', async (words, message) => {
  write('a.yaml', good);
  const { status, stdout, stderr } = await podwright(words);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('says where text is no YAML, and judges what stands beside it', async () => {
  write('a.yaml', `${bad}---\na: [\n---\na: 1\na: 2\n---\n- list\n---\nno: kind\n`);
  expect(await places('a.yaml')).toEqual([
    'a.yaml:4:3 0 /metadata/name api/metadata',
    'a.yaml:7:1 1  check/read',
    'a.yaml:9:1 2  check/read',
    'a.yaml:11:1 3  check/read',
    'a.yaml:13:1 4  check/read',
  ]);
});

test('numbers documents from 0, empty ones too, whatever stands above the first', async () => {
  write('a.yaml', `# comment\n---\n---\n# nothing\n---\n${bad}---\n`);
  write('b.yaml', bad);
  write('c.yaml', `--- # here\n${bad}`);
  expect(await places('.')).toEqual([
    'a.yaml:9:3 2 /metadata/name api/metadata',
    'b.yaml:4:3 0 /metadata/name api/metadata',
    'c.yaml:5:3 0 /metadata/name api/metadata',
  ]);
});

test('reads JSON, JSON lines, and the items of Lists, each with its pointer', async () => {
  write('a.json', JSON.stringify(JSON.parse(badJson), undefined, 2));
  write('b.jsonl', `${badJson}\n\n${badJson}\n`);
  write('c.yaml', `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: BAD}\n`);
  expect(await places('.')).toEqual([
    'a.json:5:5 0 /metadata/name api/metadata',
    'b.jsonl:1:51 0 /metadata/name api/metadata',
    'b.jsonl:3:51 2 /metadata/name api/metadata',
    'c.yaml:6:14 0 /items/0/metadata/name api/metadata',
  ]);
});

test('leaves files that SOPS has encrypted, hidden folders and installed packages unjudged', async () => {
  write('secret.yaml', `${bad}data:\n  a: ENC[x]\nsops:\n  mac: ENC[y]\n`);
  write('.git/a.yaml', bad);
  write('node_modules/a/a.yaml', bad);
  write('values.txt', 'no: kind');
  expect(await podwright('. --format json')).toEqual({
    status: 0,
    stdout: '{\n  "objects": 0,\n  "findings": []\n}\n',
    stderr: '',
  });
});

test('ends with 0 and says nothing where nothing is wrong', async () => {
  write('dist/a.yaml', good);
  expect(await podwright('')).toEqual({ status: 0, stdout: '', stderr: '' });
});

const message =
  'Invalid value: "BAD": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters';

test('prints a line a finding, and ends with 1', async () => {
  write('a.yaml', bad);
  const { status, stdout } = await podwright('a.yaml');
  expect(status).toBe(1);
  expect(stdout).toContain(`error: a.yaml:4 ConfigMap BAD: /metadata/name: ${message}`);
  expect(stdout).toMatch(/ \[api\/metadata\]\n$/);
});

test('prints commands for a GitHub workflow, with their signs escaped', async () => {
  write('a,b.yaml', bad);
  const { stdout } = await podwright('. --format github');
  expect(stdout).toContain(
    '::error file=a%2Cb.yaml,line=4,col=3,title=api/metadata::ConfigMap BAD: /metadata/name: Invalid value',
  );
  expect(stdout.split('\n')).toHaveLength(2);
});

test('prints JUnit, with its signs escaped', async () => {
  write('a&b.yaml', bad.replace('BAD', '"<\\u0001>"'));
  const { stdout } = await podwright('. --format junit');
  expect(stdout).toContain('<testsuites name="podwright check" tests="1" failures="1" errors="0">');
  expect(stdout).toContain(
    '<testcase classname="api/metadata" name="ConfigMap &lt;\\u0001&gt; /metadata/name" file="a&amp;b.yaml" line="4">',
  );
});

test('prints SARIF, a fingerprint a finding that its line is no part of', async () => {
  write('a b.yaml', `${bad}---\n${bad}`);
  write('c.yaml', `# moved\n${bad}`);
  const { runs } = JSON.parse((await podwright('. --rules api --format sarif')).stdout);
  const [{ results, tool }] = runs;
  expect(tool.driver.rules).toEqual([
    {
      id: 'api/metadata',
      name: 'api/metadata',
      shortDescription: { text: 'finds a name, label, annotation, owner or finalizer that is none' },
    },
  ]);
  // biome-ignore lint/suspicious/noExplicitAny: read from JSON
  expect(results.map((result: any) => result.locations[0].physicalLocation)).toEqual([
    { artifactLocation: { uri: 'a%20b.yaml' }, region: { startLine: 4, startColumn: 3 } },
    { artifactLocation: { uri: 'a%20b.yaml' }, region: { startLine: 9, startColumn: 3 } },
    { artifactLocation: { uri: 'c.yaml' }, region: { startLine: 5, startColumn: 3 } },
  ]);
  // biome-ignore lint/suspicious/noExplicitAny: read from JSON
  const prints = results.map((result: any) => result.partialFingerprints['podwright/v1']);
  expect(new Set(prints).size).toBe(3);
});

test('finds nothing wrong with what the repository deploys', async () => {
  write('facts.yaml', 'facts:\n  nodes:\n    - count: 1\n      allocatable: {}\n');
  const words = `dist --complete --facts ${join(folder, 'facts.yaml')}`;
  expect(await podwright(words, root)).toEqual({ status: 0, stdout: '', stderr: '' });
});

describe('of environments that a synthesis wrote', () => {
  const quota = { spec: { hard: { 'requests.cpu': '1' } } };
  const requests = { resources: { requests: { cpu: '2' } } };
  const ids = async (words: string) => {
    const { objects, findings } = JSON.parse((await podwright(`${words} --rules start --format json`)).stdout);
    return [objects, ...findings.map((one: { file: string; ruleId: string }) => `${one.file} ${one.ruleId}`)];
  };

  beforeEach(() => {
    write('dist/.podwright', 'environment dev\nenvironment prod\n');
    for (const name of ['dev', 'prod']) write(`dist/${name}/a.yaml`, good);
    write('dist/dev/quota.json', JSON.stringify(sample('v1', 'ResourceQuota', 'small', quota)));
    write('dist/prod/web.json', JSON.stringify(sampleDeployment('web', { replicas: 1 }, requests)));
  });

  test('each is judged by itself, and what is in none too', async () => {
    write('dist/a.yaml', good);
    expect(await ids('')).toEqual([5]);
    expect(await ids('dist/dev dist/prod')).toEqual([4]);
    expect(await ids('. --complete')).toEqual([5]);
    rmSync(join(folder, 'dist/.podwright'));
    expect(await ids('')).toEqual([
      5,
      'dist/dev/a.yaml start/one-identity',
      'dist/dev/quota.json start/quota',
      'dist/prod/a.yaml start/one-identity',
    ]);
  });

  test('what was put into one by hand is judged with it', async () => {
    write('dist/prod/more.json', JSON.stringify(sample('v1', 'ResourceQuota', 'small', quota)));
    expect(await ids('')).toEqual([5, 'dist/prod/more.json start/quota']);
  });

  test('--environment leaves the others out, with what cannot be read of them', async () => {
    write('dist/dev/b.yaml', 'a: [');
    expect(await ids('-e prod')).toEqual([2]);
    expect(await ids('--environment dev')).toEqual([2, 'dist/dev/b.yaml check/read']);
  });

  test.each([
    ['-e lab', 'there is no "lab"; expected dev, prod'],
    ['dist/prod -e dev', 'there is no "dev"; expected prod'],
    ['other -e dev', 'there is no "dev"; what is checked is in none'],
  ])('ends with 2 for the call %s', async (words, message) => {
    write('other/a.yaml', good);
    const { status, stderr } = await podwright(words);
    expect([status, stderr]).toEqual([2, `podwright check: option '--environment': ${message}\n`]);
  });
});

test.each([
  ['none.yaml', undefined, 'none.yaml is not there; expected a file of facts'],
  ['f.yaml', '[1]', 'f.yaml is no mapping; expected externals, facts, gitops'],
  ['f.yaml', 'a: [', 'f.yaml is no YAML: Flow sequence'],
  ['f.yaml', 'fact: {}', 'f.yaml has "fact"; expected externals, facts, gitops'],
  ['f.yaml', 'externals: [{name: a}]', 'f.yaml has externals that is no such thing, got [{"name":"a"}]'],
  ['f.yaml', 'externals: [{kind: Secert}]', 'externals[0].kind: there is no kind "Secert"; did you mean "Secret"?'],
  [
    'f.yaml',
    'facts: {nodes: [1]}',
    'f.yaml has facts that is no such thing, got {"nodes":[1]}; expected { count, labels,',
  ],
])('ends with 2 for facts in %s that say %s', async (file, text, message) => {
  write('a.yaml', good);
  if (text) write(file, text);
  expect(await podwright(`a.yaml --facts ${file}`)).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining(message),
  });
});

test('leaves missing references out unless all is said to be there, and takes those that are declared', async () => {
  const spec = 'spec:\n  containers: [{name: main, image: a:1}]\n  serviceAccountName: worker\n';
  write('a.yaml', `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n${spec}`);
  write('facts.yaml', 'externals: [{kind: ServiceAccount, name: worker}]\n');
  const ids = async (words: string) => {
    const { findings } = JSON.parse((await podwright(`a.yaml --rules start --format json ${words}`)).stdout);
    return findings.map((finding: { ruleId: string }) => finding.ruleId);
  };
  expect(await ids('')).toEqual([]);
  expect(await ids('--complete')).toEqual(['start/service-account-reference']);
  expect(await ids('--complete --facts facts.yaml')).toEqual([]);
});

test('holds pods to the level that is named', async () => {
  write(
    'a.yaml',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {hostPID: true, containers: [{name: main, image: a:1}]}\n',
  );
  expect(await podwright('a.yaml')).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(await podwright('a.yaml --pod-security baseline')).toEqual({
    status: 1,
    stdout:
      'error: a.yaml:4 Pod a: /spec/hostPID: hostPID=true: forbidden by the baseline level. leave hostPID out, or set it to false [pod-security/host-namespaces]\n',
    stderr: '',
  });
  expect((await podwright('a.yaml --pod-security high')).status).toBe(2);
});

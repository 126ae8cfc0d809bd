import { spawnSync } from 'node:child_process';
import {
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
import { call, installationAt, root, wordsOf } from './support';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwright-migrate-cli-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** @param packageRoot where the package is; one without a compiler beside it checks no types, which takes time */
function podwright(words: string, packageRoot = folder) {
  return call(['migrate', ...wordsOf(words)], { cwd: folder, installation: installationAt(packageRoot) });
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {a: '1'}\n`;

test.each([
  ['--out b', "nothing to migrate; expected a file, a folder or '-'"],
  ['a.yaml', "'--out' is missing; expected a folder to write to"],
  ['missing.yaml --out b', "missing.yaml is not there; expected a file, a folder or '-'"],
  ['a.yaml --ouz b', "unknown option '--ouz'; did you mean '--out'?"],
])('ends with 2 and writes nothing for the call %s', async (words, message) => {
  write('a.yaml', configMap('a'));
  const { status, stdout, stderr } = await podwright(words);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(readdirSync(folder)).toEqual(['a.yaml']);
});

test('writes a program, and says that it is equal', async () => {
  write('web/app.yaml', configMap('a'));
  expect(await podwright('web --out program')).toEqual({
    status: 0,
    stdout: `wrote program/charts/app.ts
wrote program/main.ts
1 chart, 1 object: equal
types: not checked, since no TypeScript is installed here
`,
    stderr: '',
  });
  expect(readFileSync(join(folder, 'program', 'charts', 'app.ts'), 'utf8')).toContain(
    "    new KubeConfigMap(this, 'a', { data: { a: '1' } });\n",
  );
});

test('checks the types where there is a compiler', async () => {
  write('app.yaml', configMap('a'));
  const { status, stdout } = await podwright('app.yaml --out program', join(root, 'podwright'));
  expect(status).toBe(0);
  expect(stdout).toMatch(/^types: checked by TypeScript 7\.\d+\.\d+$/m);
}, 60_000);

test('writes nothing over, and nothing at all where one file is there', async () => {
  write('app.yaml', configMap('a'));
  write('program/main.ts', '// mine\n');
  const { status, stdout, stderr } = await podwright('app.yaml --out program');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('program/main.ts: there already, and nothing is written over; give another --out');
  expect(readdirSync(join(folder, 'program'))).toEqual(['main.ts']);
});

test('goes on beside what cannot be read, says where that is, and ends with 1', async () => {
  write('a/broken.yaml', `${configMap('a')}---\nkind: [\n---\n${configMap('b')}`);
  write('a/template.yaml', 'kind: Pod\nmetadata:\n  name: {{ .Values.name }}\n');
  write('a/twice.json', '{"kind": "Pod", "kind": "Pod"}');
  const { status, stdout, stderr } = await podwright('a --out program');
  expect(status).toBe(1);
  expect(
    stderr,
  ).toBe(`error: a/broken.yaml:7:1: Flow sequence in block collection must be sufficiently indented and end with a ]
error: a/template.yaml:3:9: is a template, not YAML; expected what it renders: helm template
error: a/twice.json:1:17: Map keys must be unique
`);
  expect(stdout).toContain('1 chart, 2 objects: equal\n');
});

test('says that there is nothing to make, and ends with 0', async () => {
  write('a.yaml', '# nothing\n');
  write('secret.yaml', 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {token: abc}\n');
  expect((await podwright('a.yaml --out program')).status).toBe(0);
  const { status, stdout } = await podwright('secret.yaml --out program');
  expect(status).toBe(0);
  expect(stdout).toBe(`no object to make a program of
references: Secrets stay outside of the program, which has none of their values:
  Secret a (token)
`);
  expect(existsSync(join(folder, 'program'))).toBe(false);
});

test('converts a program of cdk8s, and compares what the two write', () => {
  write(
    'program/main.ts',
    "import { App } from 'cdk8s';\nimport { Web } from './charts/web';\n\nconst app = new App();\nnew Web(app, 'web');\napp.synth();\n",
  );
  write(
    'program/charts/web.ts',
    `import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

export class Web extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new k8s.KubeService(this, 'a', { metadata: { name: 'web' }, spec: { clusterIp: 'None', ports: [{ port: 80 }] } });
    new k8s.KubeService(this, 'b', { spec: { clusterIp: 'None', ports: [{ port: 80 }] } });
  }
}
`,
  );
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const bin = join(root, 'podwright', 'bin', 'podwright.js');
  const args = [bin, 'migrate', '--from-chart', 'program', '--out', 'converted'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({
    status: 0,
    stdout: `converted converted/charts/web.ts
converted converted/main.ts
left converted/charts/web.ts:9: KubeService stays cdk8s's: its name is the path that cdk8s makes, podwright's is the id; say metadata.name first
2 files, 1 object of podwright's classes: it says the same 2 objects as before
`,
    stderr: '',
  });
  expect(readdirSync(join(folder, 'program'))).toEqual(['charts', 'main.ts']);
  expect(readFileSync(join(folder, 'converted', 'charts', 'web.ts'), 'utf8')).toContain(
    "new KubeService(this, 'a', { metadata: { name: 'web' }, spec: { clusterIP: 'None', ports: [{ port: 80 }] } });",
  );
}, 60_000);

test("the dist of this repository, migrated and synthesized, is what it was but for its documents' order", async () => {
  const dist = join(root, 'dist');
  const { status, stdout } = await podwright(`${dist} --out program`);
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^\d+ charts, \d+ objects: equal$/m) });
  const program = join(folder, 'program');
  symlinkSync(join(root, 'node_modules'), join(program, 'node_modules'));
  const bin = join(root, 'podwright', 'bin', 'podwright.js');
  expect(spawnSync(process.execPath, [bin, 'synth'], { cwd: program }).status).toBe(0);
  expect(documents(join(program, 'dist'))).toEqual(documents(dist));
}, 60_000);

/** The texts of the documents of each file of a dist, sorted. */
function documents(dist: string): Record<string, string[]> {
  const files = readdirSync(dist).filter((file) => file.endsWith('.yaml'));
  return Object.fromEntries(
    files.map((file) => [
      file,
      readFileSync(join(dist, file), 'utf8')
        .split(/^---\n/m)
        .sort(),
    ]),
  );
}

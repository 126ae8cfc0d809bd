import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { blocksOf, commands, fileOf } from '../../__tests__/pages';
import { call, root, wordsOf } from './support';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwright-import-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  // One that a failed test has left open would keep jest from ending.
  server?.close();
  server = undefined;
});

let server: Server | undefined;

/** A server on this machine that answers every request with a definition; its URL. */
async function serve(): Promise<string> {
  const opened = createServer((_, response) => response.end(crd('Queue')));
  server = opened;
  await new Promise<void>((done) => opened.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(opened.address() as AddressInfo).port}`;
}

/** Runs `podwright import` in the test's folder. */
function podwright(words: string, env: Record<string, string> = {}) {
  return call(['import', ...wordsOf(words)], { cwd: folder, env });
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function read(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

function crd(kind: string, group = 'example.com', schema = '{ type: object }'): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${kind.toLowerCase()}s.${group} }
spec:
  group: ${group}
  scope: Namespaced
  names: { kind: ${kind}, plural: ${kind.toLowerCase()}s }
  versions:
    - { name: v1, served: true, storage: true, schema: { openAPIV3Schema: ${schema} } }
`;
}

const OPENAPI = JSON.stringify({
  info: { version: 'v1.34.4' },
  definitions: {
    'io.k8s.api.core.v1.Pod': {
      properties: { kind: {}, metadata: {}, spec: { type: 'string' } },
      'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'Pod' }],
    },
    'com.example.v1.Queue': {
      properties: { kind: {}, metadata: {} },
      'x-kubernetes-group-version-kind': [{ group: 'example.com', version: 'v1', kind: 'Queue' }],
    },
  },
});

describe('a wrong call is answered with the right one, and writes nothing', () => {
  const wrong: [string, string][] = [
    ['', 'nothing is imported in imports yet; expected k8s, a file or a URL'],
    ['--check', 'nothing is imported in imports yet; expected k8s, a file or a URL'],
    ['--name a', "'--name' names what is imported; expected k8s, a file or a URL before it"],
    ['k8s crds.yaml', "unexpected word 'crds.yaml' after k8s; import it by a call of its own"],
    ['k8s@1.26', "unknown Kubernetes version '1.26'; expected 1.27 to 1.37, or k8s with --from or --cluster"],
    [
      'k8s@v1.34.2',
      "unknown Kubernetes version 'v1.34.2'; expected 1.27 to 1.37, or k8s with --from or --cluster; did you mean k8s@1.34?",
    ],
    ['k8s@', "unknown Kubernetes version ''; expected 1.27 to 1.37, or k8s with --from or --cluster"],
    ['k8s --from a.json --cluster', "'--from' and '--cluster' are two sources; expected one of them"],
    ['k8s@1.34 --cluster', "'--cluster' says which version it is; expected k8s without @1.34"],
    ['--from a.json', "'--from' belongs to k8s: podwright import k8s --from FILE"],
    ['a.yaml --cluster', "'--cluster' belongs to k8s: podwright import k8s --cluster"],
    ['a.yaml --name ../b', "the name '../b' is no file name; expected letters, digits, '.', '-' and '_'"],
    ['x/a.yaml y/a.yaml', 'x/a.yaml and y/a.yaml would both be a.ts; import each with a --name, or both with one'],
    ['k8s.yaml', 'k8s.yaml would be k8s.ts; give it a --name'],
    ['a.yaml --name k8s', "'--name k8s' is the Kubernetes API's own; expected another name"],
    ['.yaml', '.yaml would be a file without a name; give it a --name'],
    ['k8s --froom a.json', "unknown option '--froom'; did you mean '--from'?"],
  ];

  test.each(wrong)('podwright import %s', async (words, message) => {
    expect(await podwright(words)).toEqual({
      status: 2,
      stdout: '',
      stderr: `podwright import: ${message}\nThe right call: npx podwright import --help\n`,
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a source that cannot be imported fails, and nothing is written', () => {
  const sources: [string, string, string][] = [
    ['missing', '', 'none.yaml: there is no such file; expected k8s, a file or a URL'],
    [
      'broken',
      'a: 1\nb: [',
      'a.yaml:2: flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['empty', '', 'a.yaml: expected CustomResourceDefinitions of apiextensions.k8s.io/v1, found no object'],
    [
      'other',
      'kind: Pod',
      'a.yaml: expected CustomResourceDefinitions of apiextensions.k8s.io/v1, found a.yaml:1: Pod',
    ],
    [
      'openapi',
      OPENAPI,
      'a.yaml:1: got an OpenAPI document; expected CustomResourceDefinitions. Import it as k8s --from',
    ],
    ['faulty', crd('Queue').replace('served: true', 'served: true, name: 3'), 'a.yaml:9: map keys must be unique'],
  ];

  test.each(sources)('%s', async (name, text, message) => {
    write('a.yaml', text);
    const source = name === 'missing' ? 'none.yaml' : 'a.yaml';
    expect(await podwright(source)).toEqual({ status: 2, stdout: '', stderr: `podwright import: ${message}\n` });
    expect(readdirSync(folder)).toEqual(['a.yaml']);
  });

  test('one of several, and all of their faults are said', async () => {
    write('good.yaml', crd('Queue'));
    write('empty.yaml', '');
    expect(await podwright('good.yaml none.yaml empty.yaml')).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'podwright import: none.yaml: there is no such file; expected k8s, a file or a URL\n' +
        'empty.yaml: expected CustomResourceDefinitions of apiextensions.k8s.io/v1, found no object\n',
    });
    expect(existsSync(join(folder, 'imports'))).toBe(false);
  });

  test('an OpenAPI document that is none', async () => {
    write('a.json', '{"openapi": ');
    write('b.json', '{}');
    const { status, stderr } = await podwright('k8s --from a.json');
    expect([status, stderr.slice(0, 70)]).toEqual([
      2,
      'podwright import: a.json: expected an OpenAPI document in JSON: Unexpe',
    ]);
    expect((await podwright('k8s --from b.json')).stderr).toBe(
      'podwright import: b.json: expected an OpenAPI document with `definitions` (v2) or `components.schemas` (v3), got neither\n',
    );
  });

  test('a cluster that does not answer', async () => {
    expect(await podwright('k8s --cluster', { PATH: folder })).toMatchObject({ status: 2, stdout: '' });
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('never replaces a file that was written by hand', async () => {
  write('queue.yaml', crd('Queue'));
  write('imports/queue.ts', 'export const mine = 1;\n');
  expect(await podwright('queue.yaml')).toEqual({
    status: 2,
    stdout: '',
    stderr: 'podwright import: imports/queue.ts is not a generated file; move it, or give the import another --name\n',
  });
  expect(readdirSync(join(folder, 'imports'))).toEqual(['queue.ts']);
  write('imports/queue.ts', '// generated by cdk8s\n');
  expect(await podwright('queue.yaml')).toMatchObject({ status: 0 });
});

test('writes CRDs to one file a source, and says what it wrote and left out', async () => {
  write(
    'crds/queue.yaml',
    `kind: Namespace\nmetadata: { name: system }\n---\n${crd('Queue')}---\n${crd('Queue', 'other.org')}`,
  );
  write('job.json', JSON.stringify({ kind: 'List', items: [] }));
  write('job.yaml', crd('Job'));
  expect(await podwright('crds/queue.yaml job.yaml')).toEqual({
    status: 0,
    stdout:
      'wrote imports/queue.ts (2 classes)\nwrote imports/queue.crds.jsonl\n' +
      'wrote imports/job.ts (1 class)\nwrote imports/job.crds.jsonl\n',
    stderr: 'skipped what is no served CustomResourceDefinition: crds/queue.yaml:1: Namespace system\n',
  });
  expect(readdirSync(join(folder, 'imports')).sort()).toEqual([
    'job.crds.jsonl',
    'job.ts',
    'queue.crds.jsonl',
    'queue.ts',
  ]);
  expect(read('imports/queue.ts')).toContain('// Custom resources of example.com, other.org, from queue.yaml\n');
});

test('writes all sources to one file with --name, and where --out says', async () => {
  write('a.yaml', crd('Queue'));
  write('b.yaml', crd('Job'));
  expect(await podwright('a.yaml b.yaml --name project --out generated/types')).toMatchObject({
    status: 0,
    stdout: 'wrote generated/types/project.ts (2 classes)\nwrote generated/types/project.crds.jsonl\n',
  });
});

test('reads URLs', async () => {
  const url = `${await serve()}/releases/queue.yaml?raw=true`;
  expect(await podwright(url)).toMatchObject({ status: 0 });
  expect(read('imports/queue.ts')).toContain(`, from ${url}\n`);
});

test('leaves unchanged files untouched', async () => {
  write('queue.yaml', crd('Queue'));
  await podwright('queue.yaml');
  const files = ['imports/queue.ts', 'imports/queue.crds.jsonl'].map((file) => join(folder, file));
  for (const file of files) utimesSync(file, 1, 1);
  expect((await podwright('queue.yaml')).stdout).toBe(
    'unchanged imports/queue.ts (1 class)\nunchanged imports/queue.crds.jsonl\n',
  );
  expect(files.map((file) => statSync(file).mtimeMs)).toEqual([1000, 1000]);
  write('queue.yaml', crd('Queue', 'example.com', '{ description: More }'));
  expect((await podwright('queue.yaml')).stdout).toBe(
    'wrote imports/queue.ts (1 class)\nwrote imports/queue.crds.jsonl\n',
  );
});

test('imports the Kubernetes API: what is shipped, a version, a document, a cluster', async () => {
  write('openapi.json', OPENAPI);
  write('bin/kubectl', `#!/bin/sh\ncat ${join(folder, 'openapi.json')}\n`);
  spawnSync('chmod', ['+x', join(folder, 'bin/kubectl')]);
  const skipped =
    'left out Queue of example.com/v1: import their CustomResourceDefinitions, from a file (kubectl get crd -o yaml)\n';
  expect(await podwright('k8s')).toEqual({ status: 0, stdout: 'wrote imports/k8s.ts\n', stderr: '' });
  expect(await podwright('k8s@1.34 -n k8s-1.34')).toEqual({
    status: 0,
    stdout: 'wrote imports/k8s-1.34.ts (176 classes)\n',
    stderr: '',
  });
  expect(await podwright('k8s --from openapi.json --name file')).toEqual({
    status: 0,
    stdout: 'wrote imports/file.ts (1 class)\nwrote imports/file.openapi.json.br\n',
    stderr: skipped,
  });
  expect(await podwright('k8s --cluster --name cluster', { PATH: `${join(folder, 'bin')}:/usr/bin:/bin` })).toEqual({
    status: 0,
    stdout: 'wrote imports/cluster.ts (1 class)\nwrote imports/cluster.openapi.json.br\n',
    stderr: skipped,
  });
  expect(await podwright('--check')).toEqual({ status: 0, stdout: '6 files are current\n', stderr: '' });
});

test('an import that takes the place of another leaves nothing of it', async () => {
  write('openapi.json', OPENAPI);
  await podwright('k8s --from openapi.json');
  expect(await podwright('k8s@1.34 --check')).toEqual({
    status: 1,
    stdout: 'imports/k8s.ts is not current\nimports/k8s.openapi.json.br is not current\n',
    stderr: '',
  });
  expect((await podwright('k8s@1.34')).stdout).toBe(
    'wrote imports/k8s.ts (176 classes)\nremoved imports/k8s.openapi.json.br\n',
  );
  expect(await podwright('--check')).toMatchObject({ status: 0, stdout: '1 file is current\n' });
});

describe('--check', () => {
  test('says what is not current, and writes nothing', async () => {
    write('queue.yaml', crd('Queue'));
    expect(await podwright('queue.yaml --check')).toEqual({
      status: 1,
      stdout: 'imports/queue.ts is not current\nimports/queue.crds.jsonl is not current\n',
      stderr: '',
    });
    expect(existsSync(join(folder, 'imports'))).toBe(false);
    await podwright('queue.yaml');
    expect(await podwright('queue.yaml --check')).toEqual({ status: 0, stdout: '2 files are current\n', stderr: '' });
    write('queue.yaml', crd('Queue', 'example.com', '{ type: object, nullable: true }'));
    expect(await podwright('queue.yaml --check')).toEqual({
      status: 1,
      stdout: 'imports/queue.crds.jsonl is not current\n',
      stderr: '',
    });
  });

  test('needs no source', async () => {
    write('queue.yaml', crd('Queue'));
    await podwright('queue.yaml');
    rmSync(join(folder, 'queue.yaml'));
    expect(await podwright('--check')).toEqual({ status: 0, stdout: '2 files are current\n', stderr: '' });
    const types = read('imports/queue.ts');
    write('imports/queue.ts', types.replace('Queue', 'Cue'));
    expect(await podwright('--check')).toEqual({ status: 1, stdout: 'imports/queue.ts is not current\n', stderr: '' });
    expect(await podwright('')).toEqual({
      status: 0,
      stdout: 'wrote imports/queue.ts (1 class)\nunchanged imports/queue.crds.jsonl\n',
      stderr: '',
    });
    expect(read('imports/queue.ts')).toBe(types);
  });

  test('takes the line ends of Windows for what they are', async () => {
    write('queue.yaml', crd('Queue'));
    await podwright('queue.yaml');
    for (const file of ['imports/queue.ts', 'imports/queue.crds.jsonl'])
      write(file, read(file).replaceAll('\n', '\r\n'));
    expect(await podwright('--check')).toEqual({ status: 0, stdout: '2 files are current\n', stderr: '' });
  });

  test('fails where the source of a file is gone', async () => {
    write('queue.yaml', crd('Queue'));
    await podwright('queue.yaml');
    rmSync(join(folder, 'imports/queue.crds.jsonl'));
    expect(await podwright('--check')).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'podwright import: imports/queue.ts: queue.crds.jsonl, which it is made from, is gone; import its source again\n',
    });
  });
});

describe('the types', () => {
  const HOSTILE = `{
    description: "evil */ export const gone = 1; /*\\n@internal",
    properties: {
      spec: {
        type: object,
        required: [name, "*/"],
        properties: {
          name: { type: string, enum: [a, "it's", 'q"', "*/"], default: "*/" },
          "*/": { type: string },
          "__proto__": { type: object, properties: { a: { type: integer } } },
          constructor: { type: string }, new: { type: string }, "a-b": { type: string },
          "line\\nbreak": { description: "\\u2028*/" }, größe: { x-kubernetes-int-or-string: true },
          size: { x-kubernetes-int-or-string: true },
          free: { x-kubernetes-preserve-unknown-fields: true },
          open: { type: object, x-kubernetes-preserve-unknown-fields: true, properties: { known: { type: string } } },
          template: { type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true },
          labels: { type: object, additionalProperties: { type: string } },
          maybe: { type: string, nullable: true },
        },
      },
    },
  }`.replace(/\n\s*/g, ' ');

  const PROGRAM = `import { App, Chart, Lazy } from 'cdk8s';
import { KubePod, type PodSpec } from './imports/k8s';
import { QueueExample as Queue, type QueueExampleProps as QueueProps, QueueOther } from './imports/hostile';
import { KubePod as OldPod } from './imports/k8s-1.27';

const chart = new Chart(new App(), 'chart');
const spec: QueueProps['spec'] = {
  name: "it's",
  '*/': 'x',
  ['__proto__']: { a: 1 },
  constructor: 'x',
  new: 'x',
  'a-b': 'x',
  'line\\nbreak': [1],
  größe: '10%',
  size: 3,
  free: { anything: [1] },
  open: { known: 'x', other: 1 },
  template: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: {} },
  labels: { a: 'b' },
  maybe: null,
};
new Queue(chart, 'a', { metadata: { labels: { a: 'b' } }, spec });
new Queue(chart, 'b', Queue.manifest({ spec: Lazy.any({ produce: () => spec }) }));
new QueueOther(chart, 'c', { anything: true });
const pod: PodSpec = {
  containers: [{ name: 'a', resources: { limits: { cpu: 1, memory: '1Gi' } }, livenessProbe: { grpc: { port: 1 } } }],
  restartPolicy: 'Never',
};
new KubePod(chart, 'd', { spec: pod, apiVersion: 'v1', kind: 'Pod' });
new OldPod(chart, 'e', { spec: { containers: [] } });
// @ts-expect-error: the name is required
new Queue(chart, 'f', { spec: { '*/': 'x' } });
// @ts-expect-error: not in the enum
new Queue(chart, 'g', { spec: { '*/': 'x', name: 'b' } });
// @ts-expect-error: no such field
new Queue(chart, 'h', { spec: { '*/': 'x', name: 'a', nome: 'a' } });
// @ts-expect-error: not a text
new KubePod(chart, 'i', { spec: { containers: [{ name: 1 }] } });
// @ts-expect-error: not in the enum
new KubePod(chart, 'j', { spec: { containers: [], restartPolicy: 'Sometimes' } });
// @ts-expect-error: came after 1.27
new OldPod(chart, 'k', { spec: { containers: [], resources: {} } });
// @ts-expect-error: containers are required
new KubePod(chart, 'l', { spec: {} });
export { chart };
`;

  test('compile under TypeScript 5.9 and 7, and their declarations do, and say what is wrong', async () => {
    write('hostile.yaml', `${crd('Queue', 'example.com', HOSTILE)}---\n${crd('Queue', 'other.org', '{}')}`);
    await podwright('hostile.yaml');
    await podwright('k8s');
    await podwright('k8s@1.27 --name k8s-1.27');
    write('main.ts', PROGRAM);
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    write('package.json', '{}');
    const compilerOptions = {
      target: 'es2022',
      module: 'nodenext',
      customConditions: ['podwright-source'],
      strict: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      skipLibCheck: false,
      types: [],
    };
    write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['main.ts'] }));
    const compile = (typescript: string, ...args: string[]) => {
      const bin = join(dirname(require.resolve(`${typescript}/package.json`)), 'bin', 'tsc');
      return spawnSync(process.execPath, [bin, '-p', folder, ...args], { cwd: folder, encoding: 'utf8' }).stdout;
    };
    expect(compile('typescript', '--noEmit')).toBe('');
    expect(compile('typescript-5', '--noEmit')).toBe('');
    expect(compile('typescript', '--declaration', '--emitDeclarationOnly', '--outDir', 'types', '--rootDir', '/')).toBe(
      '',
    );
    const [declarations] = readdirSync(join(folder, 'types'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('hostile.d.ts'),
    );
    write('declared/hostile.d.ts', read(join('types', declarations as string)));
    write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['declared/hostile.d.ts'] }));
    expect(compile('typescript', '--noEmit')).toBe('');
  });
});

describe('the page', () => {
  const blocks = blocksOf('docs/import.md');
  const calls = blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(commands)
    .filter((call) => !call.startsWith('npx podwright check '));

  test('shows the types as they are written', async () => {
    for (const block of blocks) {
      const file = fileOf(block);
      if (file?.endsWith('.yaml') && !file.startsWith('dist/')) write(file, block.text);
    }
    expect(await podwright('queue.yaml')).toMatchObject({ status: 0 });
    expect(blocks.find((block) => fileOf(block) === 'imports/queue.ts')?.text).toBe(read('imports/queue.ts'));
  });

  test('names calls that succeed, in their order', async () => {
    write('queue.yaml', crd('Queue'));
    write('job.yaml', crd('Job'));
    write('openapi.json', OPENAPI);
    write('bin/kubectl', `#!/bin/sh\ncat ${join(folder, 'openapi.json')}\n`);
    spawnSync('chmod', ['+x', join(folder, 'bin/kubectl')]);
    const url = await serve();
    for (const call of calls) {
      const words = call.replace(/^npx podwright import ?/, '').replace('https://example.com', url);
      expect(call).toMatch(/^npx podwright import( |$)/);
      expect([call, await podwright(words, { PATH: `${join(folder, 'bin')}:/usr/bin:/bin` })]).toMatchObject([
        call,
        { status: 0 },
      ]);
    }
    expect(calls.length).toBeGreaterThan(10);
  });
});

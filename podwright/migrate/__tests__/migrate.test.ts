import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readManifests, readManifestText } from '../../api/manifests/read';
import { PODWRIGHT } from '../evaluate';
import { type Migration, migrate } from '../migrate';
import { reportText } from '../report';
import { checkTypes, findCompiler } from '../type-check';

const root = join(__dirname, '..', '..', '..');
const fixtures = join(__dirname, '..', '__fixtures__');
const folder = mkdtempSync(join(tmpdir(), 'podwright-migrated-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const of = (text: string) => migrate(readManifestText('app.yaml', text));
const ofFile = (file: string) => migrate(readManifests([file], fixtures));
/** Without what the rules find: there are more of them with time. */
const report = ({ programs, ...others }: Migration) =>
  reportText({ ...others, programs: programs.map((program) => ({ ...program, findings: [] })) }, () => []);
const chart = (migration: Migration, name = 'app') => migration.programs[0]?.files.get(`charts/${name}.ts`) ?? '';
/** The statements of a chart, without what stands around them. */
const body = (migration: Migration, name = 'app') =>
  chart(migration, name)
    .replace(/^[\s\S]*?super\(scope, id, [^;]*\);\n/, '')
    .replace(/\n {2}\}\n\}\n$/, '')
    .replace(/^ {4}/gm, '');

function expectEqual(migration: Migration): void {
  expect(migration.faults).toEqual([]);
  for (const { proof, objects, failure } of migration.programs) {
    expect({ failure, differences: proof.differences, equal: proof.equal }).toEqual({
      differences: [],
      equal: objects,
    });
  }
}

const names = readdirSync(fixtures).filter((name) => name.endsWith('.yaml'));
const worker = (name: string, image: string, replicas: number, level: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}-worker}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}-worker}}
  template:
    metadata: {labels: {app: ${name}-worker}}
    spec:
      containers:
        - name: main
          image: ${image}
          imagePullPolicy: Always
          env: [{name: LOG_LEVEL, value: ${level}}, {name: QUEUE, value: jobs}]
          envFrom: [{configMapRef: {name: ${name}-settings}}]
          resources: {limits: {memory: 64Mi}}
`;
const workers = [
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a-settings}\n',
  worker('a', 'registry.example.com/a:1', 1, 'debug'),
  worker('b', 'registry.example.com/b:1', 2, 'info'),
  worker('c', 'registry.example.com/b:1', 1, 'info'),
  worker('d', 'registry.example.com/d:1', 1, 'info').replace('Always', 'Never'),
].join('---\n');

const inputs: [string, () => Migration][] = [
  ...names.map((name): [string, () => Migration] => [name, () => ofFile(name)]),
  ['this repository’s dist', () => migrate(readManifests(['dist'], root))],
  ['objects of one shape', () => of(workers)],
  ['the seeds of the agreement', () => migrate(readManifests(['scripts/agreement/seeds'], root))],
];

test.each(inputs)('what comes of %s says the same', (_, input) => expectEqual(input()));

test.each(names)('%s becomes classes', (name) => {
  const migration = ofFile(name);
  const [program] = migration.programs;
  const charts = [...(program?.files ?? [])].filter(([file]) => file !== 'main.ts');
  expect(charts.map(([file, text]) => `// ${file}\n${text}`).join('\n')).toMatchSnapshot();
  expect(report(migration)).toMatchSnapshot();
});

test('every file passes the type checker and the linter as it is', async () => {
  const all = new Map<string, string>();
  for (const [index, [, input]] of inputs.entries()) {
    for (const { name, files } of input().programs)
      for (const [file, text] of files) all.set(`${index}${name}/${file}`, text);
  }
  const packageRoot = join(root, 'podwright');
  const compiler = findCompiler([packageRoot]);
  expect(compiler && (await checkTypes(all, { packageRoot }, compiler)).errors).toEqual([]);
  for (const [file, text] of all) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const biome = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  const config = { ...biome, $schema: undefined, vcs: undefined, files: {} };
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(config));
  const bin = join(dirname(require.resolve('@biomejs/biome/package.json')), 'bin', 'biome');
  const args = [
    bin,
    'ci',
    '--error-on-warnings',
    '--colors=off',
    ...new Set([...all.keys()].map((file) => file.split('/')[0] as string)),
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  expect(stdout + stderr).toMatch(/Checked \d\d+ files in \S+ No fixes applied\.\n$/);
}, 60_000);

test('this repository’s dist becomes its own constructs, and the same bytes again', () => {
  const { programs } = migrate(readManifests(['dist'], root));
  const [program] = programs;
  expect(program?.items.map(({ className, id }) => `${className} ${id}`)).toEqual([
    'Team ml',
    'Pod counter',
    'ModelServer linear',
    'HashedConfigMap linear-code',
    'Job scoring',
    'ScheduledJob model-check',
    'Pod shared-volume',
    // Its own name is in its variables, so that no construct makes both.
    expect.stringMatching(/^Job linear-training-[0-9a-f]{8}$/),
    'KubeService linear-training',
    'Claim linear-training-checkpoints',
    'KubeNetworkPolicy linear-training-workers',
    'HashedConfigMap linear-training-code',
  ]);
  expect(program?.proof.byDefaults).toBe(0);
});

test('a Secret is a way in: none of its values is in any file or message', () => {
  const values = { password: 'hunter2-hunter2', 'tls.key': '-----BEGIN KEY' };
  const encoded = Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(values) };
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', annotations }, stringData: values };
  const live = { ...secret, metadata: { name: 'live' }, stringData: undefined, data: Object.fromEntries(encoded) };
  const pod = `apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers: [{name: main, image: busybox, envFrom: [{secretRef: {name: db}}]}]
  volumes: [{name: keys, secret: {secretName: db}}]
`;
  const migration = of([JSON.stringify(secret), JSON.stringify(live), pod].join('\n---\n'));
  expectEqual(migration);
  const everything = [...(migration.programs[0]?.files.values() ?? []), report(migration)].join('\n');
  for (const value of [...Object.values(values), ...encoded.map(([, value]) => value as string)])
    expect(everything).not.toContain(value);
  expect(chart(migration)).toContain(`  /**
   * A Secret with password, tls.key: it is made outside of this program.
   * @default 'db'
   */
  readonly dbSecret?: string;`);
  expect(body(migration)).toBe(`new Pod(this, 'a', {
  containers: [{ name: 'main', image: 'busybox', envFrom: [{ secretRef: { name: dbSecret } }] }],
  volumes: [{ name: 'keys', secret: { secretName: dbSecret } }],
  defaults: 'none',
});`);
  expect(migration.secrets.map(({ shown, keys }) => [shown, keys])).toEqual([
    ['Secret db', ['password', 'tls.key']],
    ['Secret live', ['password', 'tls.key']],
  ]);
});

test('objects that differ in a few values are instances of a class', () => {
  const migration = of(workers);
  const [program] = migration.programs;
  expect(program?.files.get('constructs/worker-deployment.ts')).toBe(`import type { Construct } from 'constructs';
import { KubeDeployment } from 'podwright/k8s';

/** Options of a {@link WorkerDeployment}. */
export interface WorkerDeploymentProps {
  readonly replicas: number;
  readonly image: string;
  readonly logLevel: string;
  readonly configMap: string;
}

/** A Deployment, as 3 objects have it. */
export class WorkerDeployment extends KubeDeployment {
  constructor(scope: Construct, id: string, props: WorkerDeploymentProps) {
    const { replicas, image, logLevel, configMap } = props;
    const labels = { app: id };
    super(scope, id, {
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'main',
                image,
                imagePullPolicy: 'Always',
                env: [
                  { name: 'LOG_LEVEL', value: logLevel },
                  { name: 'QUEUE', value: 'jobs' },
                ],
                envFrom: [{ configMapRef: { name: configMap } }],
                resources: { limits: { memory: '64Mi' } },
              },
            ],
          },
        },
      },
    });
  }
}
`);
  expect(
    body(migration)
      .replace(/^const labels.*\n/, '')
      .split('\n\n')
      .slice(0, -1)
      .join('\n'),
  ).toBe(`const aSettings = new KubeConfigMap(this, 'a-settings');
new WorkerDeployment(this, 'a-worker', {
  replicas: 1,
  image: 'registry.example.com/a:1',
  logLevel: 'debug',
  configMap: aSettings.name,
});
new WorkerDeployment(this, 'b-worker', { replicas: 2, image, logLevel: 'info', configMap: 'b-settings' });
new WorkerDeployment(this, 'c-worker', { replicas: 1, image, logLevel: 'info', configMap: 'c-settings' });`);
});

test('a Secret without values is an object as others are', () => {
  const migration = of('apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ntype: Opaque\n');
  expectEqual(migration);
  expect(body(migration)).toBe("new KubeSecret(this, 'a', { type: 'Opaque' });");
});

const configMap = (name: string, value: string, namespace = 'a') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: ${namespace}}\ndata: {a: '${value}'}\n`;

test('objects of one identity go to programs of their own, by folder where that tells them apart', () => {
  for (const [file, text] of [
    ['base/one.yaml', configMap('one', '1')],
    ['prod/two.yaml', configMap('two', 'prod')],
    ['staging/two.yaml', configMap('two', 'staging')],
    ['staging/three.yaml', configMap('three', '3')],
  ] as const) {
    mkdirSync(dirname(join(folder, 'envs', file)), { recursive: true });
    writeFileSync(join(folder, 'envs', file), text);
  }
  const migration = migrate(readManifests(['envs'], folder));
  expectEqual(migration);
  expect(migration.programs.map(({ name, files }) => [name, [...files.keys()]])).toEqual([
    ['prod', ['charts/one.ts', 'charts/two.ts', 'main.ts']],
    ['staging', ['charts/three.ts', 'charts/two.ts', 'main.ts']],
  ]);
  expect(report(migration)).toContain('2 programs, since some objects are there more than once');
});

test('objects of one identity in one file are divided too', () => {
  const migration = of([configMap('one', '1'), configMap('one', '2'), configMap('two', '2')].join('---\n'));
  expectEqual(migration);
  expect(migration.programs.map(({ objects }) => objects)).toEqual([2, 1]);
});

test('a namespace that a chart makes is asked for its name by the others', () => {
  mkdirSync(join(folder, 'spaces'), { recursive: true });
  writeFileSync(join(folder, 'spaces', 'a.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n');
  writeFileSync(join(folder, 'spaces', 'b.yaml'), configMap('one', '1'));
  writeFileSync(join(folder, 'spaces', 'c.yaml'), configMap('two', '2'));
  const migration = migrate(readManifests(['spaces'], folder));
  expectEqual(migration);
  expect(migration.programs[0]?.files.get('main.ts')).toBe(`import { App } from 'podwright';
import { AChart } from './charts/a';
import { BChart } from './charts/b';
import { CChart } from './charts/c';

const app = new App();

const { namespace } = new AChart(app, 'a');
new BChart(app, 'b', { namespace: namespace.name });
new CChart(app, 'c', { namespace: namespace.name });

app.synth();
`);
});

const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: queues.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Queue, plural: queues}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: {spec: {type: object, required: [size], properties: {size: {type: integer}, at: {x-kubernetes-int-or-string: true}}}}
`;

test('a definition that is met is imported, and its resources have a class', () => {
  const queue = 'apiVersion: example.com/v1\nkind: Queue\nmetadata: {name: a}\nspec: {size: 1, at: 50%}\n';
  const migration = of([crd, queue, queue.replace('name: a', 'name: b').replace('size: 1', 'size: one')].join('---\n'));
  expectEqual(migration);
  expect([...(migration.programs[0]?.files.keys() ?? [])].sort()).toEqual([
    'charts/app.ts',
    'imports/example.crds.jsonl',
    'imports/example.ts',
    'main.ts',
  ]);
  expect(chart(migration)).toContain("import { Queue } from '../imports/example';");
  expect(body(migration)).toBe(`new Queue(this, 'a', { spec: { size: 1, at: '50%' } });

new ApiObject(this, 'b', {
  apiVersion: 'example.com/v1',
  kind: 'Queue',
  metadata: { name: 'b' },
  spec: { size: 'one', at: '50%' },
});`);
  expect(migration.untyped).toEqual([{ name: 'Queue b', pointer: '/spec/size' }]);
});

test.each([
  ['apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n', '3:1: /metadata/name: got nothing; expected a name'],
  ['apiVersion: v1\nkind: ConfigMap\nmetadata: {name: 5}\n', '3:12: /metadata/name: got 5; expected a name'],
  [
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels:\n    v: 1.1\n',
    '6:5: /metadata/labels/v: got 1.1; expected a text',
  ],
  ['apiVersion: v1\nkind: ConfigMap\n', '1:1: /metadata: got nothing; expected the object, with its name'],
  [crd.replace('scope: Namespaced', 'scope: Both'), '6:3: /spec/scope: got "Both"; expected'],
])('what no API server takes is an error with its place, and the rest goes on: %#', (text, message) => {
  const migration = of(`${text}---\n${configMap('rest', '1')}`);
  expect(migration.faults.map(({ line, column, message }) => `${line}:${column}: ${message}`).join()).toContain(
    message,
  );
  expect(migration.programs[0]?.proof.equal).toBe(1);
});

test('what kustomize reads is skipped, and names that would break a line of the report do not', () => {
  const migration = of(`apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [a.yaml]
---
apiVersion: example.com/v1
kind: "A\\n\\e[31m"
metadata: {name: a}
`);
  expectEqual(migration);
  expect(report(migration)).toBe(`1 chart, 1 object: equal
skipped:
  app.yaml: Kustomization: kustomize reads it; migrate what it renders: kubectl kustomize
without a class, as ApiObject:
  A  [31m a
`);
});

test('objects that the API server would refuse are migrated, and their App reports them', () => {
  const migration = of('apiVersion: v1\nkind: Service\nmetadata: {name: UPPER}\nspec: {ports: [{port: 0}]}\n');
  expectEqual(migration);
  expect(migration.programs[0]?.files.get('main.ts')).toContain("const app = new App({ rules: 'report' });");
  expect(migration.programs[0]?.findings.length).toBeGreaterThan(0);
});

test('what migrated programs import is what the package exports', () => {
  const index = readFileSync(join(root, 'podwright', 'index.ts'), 'utf8');
  expect(Object.keys(PODWRIGHT).filter((name) => !new RegExp(`\\b${name}\\b`).test(index))).toEqual([]);
});

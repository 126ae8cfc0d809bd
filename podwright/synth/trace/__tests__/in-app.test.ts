// Where no command runs the program: in a test, and under cdk8s-cli.
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../../report/finding';
import { FindingsError } from '../../../report/findings-error';

const root = join(__dirname, '..', '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'podwright-in-app-'));
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;

/** `pointer @ the text of the line` of each finding of a program that this test runs. */
function places(lines: readonly string[], props = '{ trace: true }'): string[] {
  const file = join(folder, `program-${++count}.ts`);
  const text = [
    "import { ApiObject, Chart } from 'cdk8s';",
    "import { App, Pod } from 'podwright';",
    `const app = new App(${props});`,
    ...lines,
    'app.synth();',
  ];
  writeFileSync(file, text.join('\n'));
  let findings: readonly Finding[] = [];
  try {
    require(file);
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    ({ findings } = error);
  }
  const line = (finding: Finding) => readFileSync(file, 'utf8').split('\n')[(finding.source?.line ?? 0) - 1]?.trim();
  return findings
    .filter(({ severity }) => severity === 'error')
    .map((finding) => `${finding.pointer} @ ${finding.source?.file.endsWith(file) ? line(finding) : 'nowhere'}`);
}

test('an App that is asked to traces in a test', () => {
  const lines = [
    "const chart = new Chart(app, 'chart');",
    "const policy = 'Sometimes';",
    'class Web extends Pod {',
    '  constructor(scope: Chart, id: string) {',
    '    super(scope, id, {',
    "      restartPolicy: 'Perhaps' as any,",
    '      containers: [{',
    "        name: 'web',",
    '        imagePullPolicy: policy as any,',
    "        image: 'a',",
    '      }],',
    '    });',
    '  }',
    '}',
    "new Web(chart, 'web');",
    "new Pod(chart, 'other', {",
    "  containers: [{ name: 'other' } as any],",
    '});',
    "new ApiObject(chart, 'config', {",
    "  apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' },",
    "  datas: { a: 'b' },",
    '});',
  ];
  expect(places(lines).sort()).toEqual([
    "/datas @ datas: { a: 'b' },",
    "/spec/containers/0/image @ containers: [{ name: 'other' } as any],",
    "/spec/containers/0/imagePullPolicy @ const policy = 'Sometimes';",
    "/spec/restartPolicy @ restartPolicy: 'Perhaps' as any,",
  ]);
});

test("a construct's own fault, and what no literal says, are at the property and at the call", () => {
  const lines = [
    "const chart = new Chart(app, 'chart');",
    "new Pod(chart, 'user', {",
    "  home: 'relative',",
    "  containers: [{ name: 'a', image: 'a' }],",
    '});',
    "const name = ['Up', 'per'].join('');",
    'new Pod(chart, name, {',
    "  containers: [{ name: 'a', image: 'a' }],",
    '});',
  ];
  const found = places(lines);
  expect(found).toContain(" @ home: 'relative',");
  expect(found).toContain('/metadata/name @ new Pod(chart, name, {');
});

test('an App that is not asked to traces nothing', () => {
  const lines = ["new Pod(new Chart(app, 'chart'), 'a', {", '  containers: [],', '});'];
  expect(places(lines, '')).toEqual(['/spec/containers @ nowhere']);
});

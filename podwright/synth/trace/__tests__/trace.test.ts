// The whole way: `podwright synth` on a program in a folder of its own.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..', '..', '..', '..');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwright-trace-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function synth(files: Readonly<Record<string, string>>) {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const bin = join(root, 'podwright', 'bin', 'podwright.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'synth'], { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** `path pointer @ file: the text of the line` of each finding that is printed. */
function places(stderr: string): string[] {
  return [...stderr.matchAll(/^(?:error|warning): (.*?):(\d+) (.*?): (\/.*?): .*\[api\/.*\]$/gm)].map(
    ([, file = '', line, path, pointer]) => {
      const text = readFileSync(join(folder, file), 'utf8').split('\n')[Number(line) - 1]?.trim();
      return `${path} ${pointer} @ ${file}: ${text}`;
    },
  );
}

test('a finding is at the line of the literal that caused it, wherever that is', () => {
  const { status, stderr } = synth({
    'settings.json': '{\n  "labels": {\n    "team": "not a label"\n  }\n}\n',
    'read.json': '{\n  "containers": [{ "name": "a", "image": "a" }],\n  "dnsPolicy": "None of these"\n}\n',
    'lib/images.ts': "export const images = {\n  counter: 'busybox:1.37',\n  policy: 'Sometimes',\n};\n",
    'lib/parts.ts': [
      "import { images } from './images';",
      'export function container(name: string, port: number) {',
      '  return {',
      '    name,',
      '    image: images.counter,',
      '    imagePullPolicy: images.policy,',
      '    ports: [{ containerPort: port }],',
      '  } as any;',
      '}',
    ].join('\n'),
    'main.ts': [
      "import { readFileSync } from 'node:fs';",
      "import { Chart } from 'cdk8s';",
      "import { Deployment, Probe } from 'cdk8s-plus-27';",
      "import { App, ModelServer, Pod } from 'podwright';",
      "import { container } from './lib/parts';",
      "import settings from './settings.json';",
      '',
      'class Web extends Pod {',
      '  constructor(scope: Chart, id: string, props: object) {',
      '    super(scope, id, {',
      "      restartPolicy: 'Perhaps' as any,",
      '      ...props,',
      '    });',
      '    this.addContainer({',
      "      name: 'second',",
      "      image: '',",
      '    });',
      '  }',
      '}',
      '',
      'const app = new App();',
      "const chart = new Chart(app, 'chart');",
      'new Web(chart, "web", {',
      '  metadata: { labels: settings.labels },',
      '  containers: [',
      "    container('first',",
      '      70000),',
      '  ],',
      '});',
      "new Pod(chart, 'read', JSON.parse(readFileSync('read.json', 'utf8')));",
      "new Pod(chart, 'unknown', { containers: [{",
      "  name: 'a', imag: 'a',",
      '} as any] });',
      'for (const name of [',
      "  'good',",
      "  'b_ad',",
      ']) {',
      "  new Pod(chart, 'pod-' + name, { containers: [{ name, image: 'a' }] });",
      '}',
      "new ModelServer(chart, 'model', {",
      '  loadSeconds: 60,',
      '  port: 8080,',
      '  replicas: -1,',
      "  containers: [{ name: 'server', image: 'a', env: {",
      "    'A=B': 'c',",
      '  } }],',
      '});',
      "new Deployment(chart, 'plus', {",
      '  containers: [{',
      "    image: 'a',",
      '    portNumber: 99999,',
      '    liveness: Probe.fromCommand(["true"], {',
      '      failureThreshold: -1,',
      '    }),',
      '  }],',
      '});',
      'app.synth();',
    ].join('\n'),
  });
  expect(status).toBe(1);
  const expected = [
    'chart/web /metadata/labels @ settings.json: "team": "not a label"',
    "chart/web /spec/containers/0/imagePullPolicy @ lib/images.ts: policy: 'Sometimes',",
    'chart/web /spec/containers/0/ports/0/containerPort @ main.ts: 70000),',
    "chart/web /spec/containers/1/image @ main.ts: image: '',",
    "chart/web /spec/restartPolicy @ main.ts: restartPolicy: 'Perhaps' as any,",
    'chart/read /spec/dnsPolicy @ read.json: "dnsPolicy": "None of these"',
    "chart/unknown /spec/containers/0/imag @ main.ts: name: 'a', imag: 'a',",
    "chart/pod-b_ad /metadata/name @ main.ts: 'b_ad',",
    "chart/pod-b_ad /spec/containers/0/name @ main.ts: 'b_ad',",
    'chart/model /spec/replicas @ main.ts: replicas: -1,',
    "chart/model /spec/template/spec/containers/0/env/0/name @ main.ts: 'A=B': 'c',",
    'chart/plus /spec/template/spec/containers/0/livenessProbe/failureThreshold @ main.ts: failureThreshold: -1,',
    'chart/plus /spec/template/spec/containers/0/ports/0/containerPort @ main.ts: portNumber: 99999,',
    'chart/plus /spec/template/spec/containers/0/startupProbe/tcpSocket/port @ main.ts: portNumber: 99999,',
  ];
  expect(places(stderr).sort()).toEqual(expected.sort());
});

test('a program that does otherwise the second time loses no finding, and its output is muted', () => {
  const { status, stdout, stderr } = synth({
    'main.ts': [
      "import { existsSync, writeFileSync } from 'node:fs';",
      "import { Chart } from 'cdk8s';",
      "import { App, Pod } from 'podwright';",
      "console.log('printed');",
      "if (existsSync('ran')) process.exit();",
      "writeFileSync('ran', '');",
      'const app = new App();',
      "new Pod(new Chart(app, 'chart'), 'a', { containers: [] });",
      'app.synth();',
    ].join('\n'),
  });
  expect([status, stdout, stderr]).toEqual([
    1,
    'printed\n',
    'error: chart/a: /spec/containers: Required value [api/pod-spec]\n',
  ]);
});

test('a program without findings runs once', () => {
  const { status } = synth({
    'main.ts': [
      "import { appendFileSync } from 'node:fs';",
      "import { Chart } from 'cdk8s';",
      "import { App, Pod } from 'podwright';",
      "appendFileSync('runs', 'x');",
      'const app = new App();',
      "new Pod(new Chart(app, 'chart'), 'a', { containers: [{ name: 'a', image: 'a:1' }] });",
      'app.synth();',
    ].join('\n'),
  });
  expect([status, readFileSync(join(folder, 'runs'), 'utf8')]).toEqual([0, 'x']);
});

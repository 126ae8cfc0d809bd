// A stranger's project: the package as it is packed, installed beside cdk8s and what cdk8s's own users have.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** What is installed beside the package; `cdk8s init` brings ts-node and TypeScript 5. */
export const VERSIONS = {
  cdk8s: dependencies.cdk8s,
  constructs: dependencies.constructs,
  'cdk8s-plus-27': dependencies['cdk8s-plus-27'],
  'cdk8s-cli': devDependencies['cdk8s-cli'],
  'ts-node': '10.9.2',
  typescript: '5.9.3',
  '@types/node': devDependencies['@types/node'],
};

/** Packs the package, and installs it in a folder. Needs the package registry. */
export function prepare(place) {
  mkdirSync(place, { recursive: true });
  run(root, 'npm', 'pack', '-w', 'podwright', '--silent', '--pack-destination', place);
  const tarball = readdirSync(place).find((name) => /^podwright-.*\.tgz$/.test(name));
  const project = join(place, 'project');
  write(project, {
    'package.json': {
      name: 'bench',
      private: true,
      dependencies: { podwright: `file:${join(place, tarball)}`, ...VERSIONS },
    },
  });
  run(project, 'npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund');
  cpSync(join(root, 'bench', 'programs'), join(project, 'programs'), { recursive: true });
  write(project, START);
  for (const name of ['main.ts', 'charts', 'constructs', 'imports'])
    cpSync(join(root, name), join(project, 'own', name), { recursive: true });
  return project;
}

/** The program of one Pod: README's, for podwright; what it yields, for cdk8s, as `cdk8s init` sets a project up. */
const ONE_POD = (app) => `import { ApiObject, ${app === 'cdk8s' ? 'App, ' : ''}Chart } from 'cdk8s';
${app === 'cdk8s' ? '' : "import { App } from 'podwright';\n"}
const app = new App();
const chart = new Chart(app, 'hello');
new ApiObject(chart, 'hello', {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'hello' },
  spec: { containers: [{ name: 'main', image: 'busybox:1.37', args: ['sleep', '60'] }] },
});
app.synth();
`;

const README = /^```ts main\.ts\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, 'README.md'), 'utf8'))[1];

/** A Pod of programs/thin.js. */
const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    annotations: { 'example.com/owner': 'team-a' },
    labels: { app: 'bench', 'app.kubernetes.io/name': 'NAME', tier: 'worker' },
    name: 'NAME',
  },
  spec: {
    automountServiceAccountToken: false,
    containers: [
      {
        args: ['i=0; while true; do echo "$i: $(date)"; i=$((i+1)); sleep 1; done'],
        command: ['sh', '-c'],
        env: [
          { name: 'INDEX', value: '0' },
          { name: 'MODE', value: 'on' },
        ],
        image: 'registry.example.com/team/app:1.2.3',
        name: 'main',
        ports: [{ containerPort: 8080, name: 'http' }],
        resources: { limits: { memory: '256Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
        },
        volumeMounts: [{ mountPath: '/data', name: 'data' }],
      },
    ],
    restartPolicy: 'Always',
    securityContext: { fsGroup: 2000, runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    volumes: [{ emptyDir: { sizeLimit: '1Gi' }, name: 'data' }],
  },
};

/** The same Pods as a chart of helm's. */
function helmPods() {
  const pod = stringify(POD).replaceAll('NAME', 'pod-{{ $n }}').replace('value: "0"', 'value: {{ $n | quote }}');
  return `{{- range $n := until (int .Values.count) }}\n---\n${pod}{{- end }}\n`;
}

const START = {
  'start/main.ts': ONE_POD('podwright'),
  'start-pod/main.ts': README,
  'edited/main.ts': ONE_POD('podwright'),
  'cdk8s-ts/main.ts': ONE_POD('cdk8s'),
  'cdk8s-ts/cdk8s.yaml': 'language: typescript\napp: npx ts-node main.ts\n',
  // As `cdk8s init typescript-app` writes it.
  'cdk8s-ts/tsconfig.json': {
    compilerOptions: {
      alwaysStrict: true,
      declaration: true,
      experimentalDecorators: true,
      inlineSourceMap: true,
      inlineSources: true,
      lib: ['es2022'],
      module: 'CommonJS',
      noEmitOnError: true,
      noFallthroughCasesInSwitch: true,
      noImplicitAny: true,
      noImplicitReturns: true,
      noImplicitThis: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      resolveJsonModule: true,
      strict: true,
      strictNullChecks: true,
      strictPropertyInitialization: true,
      stripInternal: true,
      target: 'ES2022',
      skipLibCheck: true,
    },
    include: ['**/*.ts'],
    exclude: ['node_modules'],
  },
  'cdk8s-js/main.js': ONE_POD('cdk8s').replace(/import (\{.*?\}) from ('.*?');/g, 'const $1 = require($2);'),
  'cdk8s-js/cdk8s.yaml': 'language: typescript\napp: node main.js\n',
  'helm/Chart.yaml': 'apiVersion: v2\nname: pods\nversion: 1.0.0\n',
  'helm/values.yaml': 'count: 10000\n',
  'helm/templates/pods.yaml': helmPods(),
  'jsonnet/pods.jsonnet': `[${JSON.stringify(POD)} + { metadata+: { name: 'pod-' + n, labels+: { 'app.kubernetes.io/name': 'pod-' + n } } } for n in std.range(0, 9999)]\n`,
};

function write(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
  }
}

function run(cwd, command, ...args) {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
}

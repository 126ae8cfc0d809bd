// The files of a new project. A test runs them: what is written here passes its own tests, types and lint.

/** What differs between two new projects. */
export interface ProjectOptions {
  readonly name: string;
  /** How package.json names the toolkit: a version, or where a file of it is. */
  readonly toolkit: string;
  /** The versions of the packages that the toolkit was tested with. */
  readonly versions: { readonly [name: string]: string };
}

/** Text by path, with '/' between its parts. */
export function projectFiles(options: ProjectOptions): ReadonlyMap<string, string> {
  return new Map(
    Object.entries({
      'package.json': packageJson(options),
      'tsconfig.json': TSCONFIG,
      'jest.config.js': JEST,
      'cdk8s.yaml': 'language: typescript\napp: podwright synth\n',
      '.gitignore': 'node_modules/\n',
      '.gitattributes': '* text=auto eol=lf\n',
      '.githooks/pre-commit': HOOK,
      '.github/workflows/synth.yml': WORKFLOW,
      'README.md': readme(options),
      'main.ts': MAIN,
      'charts/counter.ts': CHART,
      'constructs/counter-pod.ts': POD,
      '__tests__/charts/counter.test.ts': TEST,
      '__tests__/charts/__snapshots__/counter.test.ts.snap': SNAPSHOT,
    }),
  );
}

function packageJson({ name, toolkit, versions }: ProjectOptions): string {
  const pick = (...names: string[]) => Object.fromEntries(names.map((each) => [each, versions[each] ?? '*']));
  const manifest = {
    name: name.toLowerCase(),
    private: true,
    engines: { node: '>=20' },
    scripts: {
      synth: 'podwright synth',
      test: 'jest',
      types: 'tsc --noEmit',
      check: 'podwright synth --check',
      // Only in a repository: a copy without git has no hooks.
      prepare: 'git config core.hooksPath .githooks || exit 0',
    },
    dependencies: { ...pick('cdk8s', 'constructs'), podwright: toolkit },
    devDependencies: pick('@types/jest', '@types/node', 'jest', 'typescript'),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

const TSCONFIG = `{
  "compilerOptions": {
    "target": "es2022",
    "lib": ["es2023"],
    "module": "nodenext",
    "moduleResolution": "nodenext",
    "types": ["node", "jest"],
    "strict": true,
    "noUncheckedIndexedAccess": true,
    "esModuleInterop": true,
    "resolveJsonModule": true,
    "isolatedModules": true,
    "skipLibCheck": true,
    "noEmit": true
  },
  "include": ["main.ts", "charts", "constructs", "imports", "__tests__"]
}
`;

const JEST = `/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['**/__tests__/**/*.test.ts'],
  testEnvironment: 'node',
  transform: { '\\\\.ts$': 'podwright/jest' },
};
`;

const HOOK = `#!/bin/sh
# What is committed is what the program says.
exec npx --no-install podwright synth --check --staged
`;

const WORKFLOW = `# The committed YAML is what the program says, and the program's tests pass.
name: synth
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
jobs:
  synth:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - run: npm ci
      - run: npm run types
      - run: npm test
      - run: npm run check
`;

function readme({ name }: ProjectOptions): string {
  return `# ${name}

Kubernetes workloads as TypeScript classes, synthesized into dist by [podwright](https://www.npmjs.com/package/podwright).

\`\`\`sh
npm install        # once
npm run synth      # writes dist
npm test           # the snapshots, and what tests ask of the manifests
npm run check      # whether dist is what the program says
kubectl apply -f dist
\`\`\`

| | |
|---|---|
| \`main.ts\` | the program: which charts; wiring only |
| \`charts/\` | what is deployed together, one chart a file |
| \`constructs/\` | classes of your own, one a file |
| \`imports/\` | types of custom resources: \`npx podwright import FILE\` |
| \`dist/\` | the synthesized YAML, committed: what kubectl or a GitOps controller applies |
| \`__tests__/\` | tests; \`npx jest -u\` accepts a change of the YAML |
`;
}

const MAIN = `import { App } from 'podwright';
import { CounterChart } from './charts/counter';

const app = new App();

new CounterChart(app, 'counter');

app.synth();
`;

const CHART = `import { Chart, type ChartProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { CounterPod } from '../constructs/counter-pod';

/** The counter: one Pod that counts. */
export class CounterChart extends Chart {
  constructor(scope: Construct, id: string, props: ChartProps = {}) {
    super(scope, id, props);
    new CounterPod(this, 'counter');
  }
}
`;

const POD = `import type { Construct } from 'constructs';
import { Pod, type PodProps } from 'podwright';

/** Options of a {@link CounterPod}: a Pod's, and what it counts with. */
export interface CounterPodProps extends Omit<PodProps, 'containers'> {
  /** The seconds between two numbers. @default 1 */
  readonly intervalSeconds?: number;
}

/** A Pod that counts, a line with a number and the date at a time, for as long as it lives. */
export class CounterPod extends Pod {
  constructor(scope: Construct, id: string, props: CounterPodProps = {}) {
    const { intervalSeconds = 1, ...pod } = props;
    const loop = \`i=0; while true; do echo "$i: $(date)"; i=$((i+1)); sleep \${intervalSeconds}; done\`;
    super(scope, id, {
      ...pod,
      containers: [{ name: 'count', image: 'busybox:1.37', args: ['/bin/sh', '-c', loop] }],
    });
  }
}
`;

const TEST = `import { Manifests, Testing } from 'podwright/testing';
import { CounterChart } from '../../charts/counter';
import { CounterPod } from '../../constructs/counter-pod';

test('the counter chart', () => {
  expect(Manifests.of(new CounterChart(Testing.app(), 'counter'))).toMatchSnapshot();
});

test('a counter counts at the pace that it is told, as nobody', () => {
  const chart = Testing.chart();
  new CounterPod(chart, 'slow', { intervalSeconds: 5 });
  expect(chart).toHave('Pod', { spec: { containers: [{ name: 'count', image: 'busybox:1.37' }] } });
  expect(JSON.stringify(Manifests.of(chart).find('Pod').spec)).toContain('sleep 5');
  expect(chart).toRunAs('slow', 65534);
  expect(chart).toHaveNoFindings();
});
`;

const SNAPSHOT = `// Jest Snapshot v1, https://jestjs.io/docs/snapshot-testing

exports[\`the counter chart 1\`] = \`
# Pod counter
apiVersion: v1
kind: Pod
metadata:
  name: counter
spec:
  containers:
    - args:
        - /bin/sh
        - -c
        - 'i=0; while true; do echo "$i: $(date)"; i=$((i+1)); sleep 1; done'
      image: busybox:1.37
      name: count
      securityContext:
        allowPrivilegeEscalation: false
        capabilities:
          drop:
            - ALL
  securityContext:
    runAsGroup: 65534
    runAsNonRoot: true
    runAsUser: 65534
    seccompProfile:
      type: RuntimeDefault
\`;
`;

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Rules } from '../validation';

const root = join(__dirname, '..', '..', '..');
const cdk8s = join(dirname(require.resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwright-validation-'));
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['cdk8s', 'constructs', 'podwright'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'junction');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs cdk8s-cli on a program, with a validation that is told these properties. */
function synth(file: string, program: string, properties: object) {
  writeFileSync(join(folder, file), program);
  const validation = {
    package: `.${process.platform === 'win32' ? '\\' : '/'}node_modules/podwright/bin/validation.js`,
    version: '0.1.0',
    class: 'Rules',
    properties,
  };
  const app = file === 'main.js' ? 'node main.js' : 'node node_modules/podwright/bin/podwright.js synth';
  const config = { language: 'typescript', app, validations: [validation] };
  writeFileSync(join(folder, 'cdk8s.yaml'), JSON.stringify(config));
  const env = { ...process.env, NO_COLOR: '1', CDK8S_CHECK_UPGRADE: 'false' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [cdk8s, 'synth'], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr, dist: readdirSync(join(folder, 'dist')).sort() };
}

const pods = (chart: string) => `
for (const namespace of ['a', 'b']) {
  new ApiObject(${chart}, 'pod-' + namespace, {
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace },
    spec: { hostPID: true, containers: [{ name: 'main', image: 'busybox:1.37' }] },
  });
}`;

test('fails cdk8s synth with what is found, at the construct, and leaves only manifests in dist', () => {
  const program = `
import { ApiObject, Chart } from 'cdk8s';
import { App, except } from 'podwright';
const app = new App({ podSecurity: 'baseline' });
const chart = new Chart(app, 'shop');
${pods('chart')}
except(chart.node.findChild('pod-a'), { rule: 'pod-security/host-namespaces', reason: 'r', owner: 'o', expires: '2999-12-31' });
app.synth();
`;
  const { status, output, dist } = synth('main.ts', program, {
    podSecurity: 'baseline',
    rules: ['api', 'pod-security'],
  });
  expect(output).toContain('pod-security/host-namespaces');
  expect(output).toContain('Construct Path: shop/pod-b');
  expect(output).toContain('Resource Name: Pod b/web');
  expect(output).toContain('error: /spec/hostPID: hostPID=true: forbidden by the baseline level (line 21, column 3)');
  expect(output).toContain('How to fix: leave hostPID out, or set it to false');
  expect(output).not.toContain('Pod a/web');
  expect(status).toBe(2);
  expect(dist).toEqual(['.podwright', 'shop.k8s.yaml']);
}, 60_000);

test('takes a program of stock cdk8s, and its own exceptions in cdk8s.yaml', () => {
  const program = `
const { ApiObject, App, Chart } = require('cdk8s');
const app = new App();
${pods("new Chart(app, 'shop')")
  .replace('new ApiObject(new Chart', 'new ApiObject(shop ??= new Chart')
  .replace('\nfor', '\nlet shop;\nfor')}
app.synth();
`;
  const { status, output } = synth('main.js', program, {
    podSecurity: 'baseline',
    severities: { 'pod-security/host-namespaces': 'warning' },
  });
  expect(output).toContain('warning: /spec/hostPID');
  expect(status).toBe(0);
}, 60_000);

test.each([
  [{ target: ['1.34'] }, 'property target in cdk8s.yaml, got ["1.34"]; expected targets, rules, podSecurity'],
  [{ targets: '1.34' }, 'property targets in cdk8s.yaml, got "1.34"; expected a list of 1.27'],
  [{ rules: ['all'] }, 'expected a list of api, versions, pod-security, start, mlops, secrets'],
  [{ podSecurity: 'high' }, 'expected privileged, baseline, restricted'],
  [{ complete: 'yes' }, 'expected true or false'],
  [{ severities: { 'api/evn': 'off' } }, 'there is no rule "api/evn"; did you mean "api/env"?'],
  [{ severities: { 'api/env': 'fatal' } }, 'expected error, warning, info or off for api/env, not "fatal"'],
  [{ externals: [{ name: 'a' }] }, 'expected { kind, name, namespace, keys } at externals[0], got {"name":"a"}'],
  [{ externals: [{ kind: 'Secert' }] }, 'externals[0].kind: there is no kind "Secert"; did you mean "Secret"?'],
])('fails for the properties %j', (properties, message) => {
  expect(() => new Rules(properties)).toThrow(message);
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwright-report-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  writeFileSync(
    join(folder, 'main.ts'),
    `import { Chart } from 'cdk8s';
import { App, except, Pod } from 'podwright';

const app = new App({ podSecurity: 'baseline' });
const chart = new Chart(app, 'agents');
const agent = new Pod(chart, 'agent', {
  hostPID: true,
  containers: [{ name: 'main', image: 'busybox:1.37', args: ['sleep', '1d'] }],
});
except(agent, { rule: 'pod-security/host-namespaces', reason: 'it looks', owner: 'team-a', expires: '2999-12-31' });
except(chart, { rule: 'pod-security/privileged', reason: 'none', owner: 'team-a', expires: '2999-12-31' });
app.synth();
`,
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function synth(...words: string[]) {
  const bin = join(root, 'podwright', 'bin', 'podwright.js');
  const { status, stderr } = spawnSync(process.execPath, [bin, 'synth', ...words], { cwd: folder, encoding: 'utf8' });
  return { status, stderr };
}

test('ends with 2 for a file of another kind', () => {
  expect(synth('--report', 'findings.txt')).toEqual({
    status: 2,
    stderr: expect.stringContaining(`option '--report': got "findings.txt"; expected a file .sarif, .json or .xml`),
  });
});

test('holds what an exception is for as suppressed, which a terminal is not told', () => {
  const { status, stderr } = synth('--report', 'findings.sarif');
  expect(status).toBe(0);
  expect(stderr).toContain('[synth/exception-unused]');
  expect(stderr).not.toContain('[pod-security/host-namespaces]');
  const { runs } = JSON.parse(readFileSync(join(folder, 'findings.sarif'), 'utf8'));
  const results: { ruleId: string; suppressions?: unknown }[] = runs[0].results;
  expect(results.map(({ ruleId, suppressions }) => [ruleId, suppressions])).toEqual([
    [
      'pod-security/host-namespaces',
      [{ kind: 'inSource', status: 'accepted', justification: 'it looks (team-a, until 2999-12-31)' }],
    ],
    ['synth/exception-unused', undefined],
  ]);
});

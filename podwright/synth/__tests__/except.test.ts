import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { KubeNamespace, KubePod } from '../../api/k8s';
import { FindingsError } from '../../report/findings-error';
import { App } from '../app';
import { type Exception, except } from '../except';
import { type SynthRun, setCurrentRun } from '../run';

let outdir: string;
beforeEach(() => {
  outdir = fs.mkdtempSync(join(os.tmpdir(), 'podwright-except-'));
});
afterEach(() => {
  setCurrentRun(undefined);
  fs.rmSync(outdir, { recursive: true, force: true });
});

/** A program of one Pod that the Pod Security of its namespace forbids in two ways. */
function program(): { app: App; chart: Chart; pod: KubePod } {
  const app = new App({ outdir, strict: true });
  const chart = new Chart(app, 'agents');
  const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
  new KubeNamespace(chart, 'agents', { metadata: { labels } });
  const pod = new KubePod(chart, 'agent', {
    metadata: { namespace: 'agents' },
    spec: { hostPID: true, hostIPC: true, containers: [{ name: 'main', image: 'busybox:1.37' }] },
  });
  return { app, chart, pod };
}

const exception: Exception = {
  rule: 'pod-security/host-namespaces',
  reason: 'it looks at processes',
  owner: 'team-a',
  expires: '2999-12-31',
};

/** What a synthesis says: severity, rule, path and message; `-` before what an exception holds for. */
function said(app: App): string[] {
  const run: SynthRun = { made: 0, plans: [] };
  setCurrentRun(run);
  let findings = run.plans.flatMap((plan) => plan.findings);
  try {
    app.synth();
    findings = run.plans.flatMap((plan) => plan.findings);
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    findings = [...error.findings];
  }
  return findings.map(
    ({ severity, ruleId, constructPath, pointer, message, suppressed }) =>
      `${suppressed ? '-' : ''}${severity} ${ruleId} ${constructPath}${pointer} ${message.replace(/: forbidden.*/, '')}`,
  );
}

test.each<[Partial<Exception>, string]>([
  [{ rule: 'host-ports' }, 'rule is "host-ports"; expected a rule\'s id, as in pod-security/host-ports'],
  [{ reason: ' ' }, 'reason is " "; expected why the rule does not hold here'],
  [{ owner: '' }, 'owner is ""; expected who answers for it'],
  [{ expires: '2027-02-30' }, 'expires is "2027-02-30"; expected the last day of the exception, as in 2027-06-30'],
  [{ expires: 'never' }, 'expires is "never"; expected the last day of the exception, as in 2027-06-30'],
])('fails for an exception with %j', (fields, message) => {
  const { pod } = program();
  expect(() => except(pod, { ...exception, ...fields })).toThrow(`agents/agent: exception: ${message}`);
});

test('a finding without an exception stops the synthesis', () => {
  expect(said(program().app)).toEqual([
    'error pod-security/host-namespaces agents/agent/spec/hostPID hostPID=true',
    'error pod-security/host-namespaces agents/agent/spec/hostIPC hostIPC=true',
  ]);
});

test.each(['pod', 'chart', 'app'] as const)('an exception of the %s holds for what is in it', (scope) => {
  const parts = program();
  except(parts[scope], exception);
  expect(said(parts.app)).toEqual([
    '-error pod-security/host-namespaces agents/agent/spec/hostPID hostPID=true',
    '-error pod-security/host-namespaces agents/agent/spec/hostIPC hostIPC=true',
  ]);
});

test('an exception of another construct, or from another rule, holds for nothing, and is found not to', () => {
  const { app, chart, pod } = program();
  except(new Chart(app, 'other'), exception);
  except(pod, { ...exception, rule: 'pod-security/privileged' });
  except(pod, { ...exception, rule: 'pod-security/privilegd' });
  expect(said(app)).toEqual([
    'error pod-security/host-namespaces agents/agent/spec/hostPID hostPID=true',
    'error pod-security/host-namespaces agents/agent/spec/hostIPC hostIPC=true',
    'warning synth/exception-unused agents/agent the exception from pod-security/privileged is not needed: the rule finds nothing here',
    'warning synth/exception-unused agents/agent there is no rule "pod-security/privilegd"; did you mean "pod-security/privileged"?',
    'warning synth/exception-unused other the exception from pod-security/host-namespaces is not needed: the rule finds nothing here',
  ]);
  expect(chart.node.children).toHaveLength(2);
});

test('an exception holds to the end of its last day, and is then a finding', () => {
  const { app, pod } = program();
  except(pod, { ...exception, expires: '2027-03-01' });
  jest.useFakeTimers({ now: new Date('2027-03-01T23:59:59Z') });
  expect(said(app)[0]).toMatch(/^-error/);
  jest.setSystemTime(new Date('2027-03-02T00:00:00Z'));
  expect(said(app)).toEqual([
    'error pod-security/host-namespaces agents/agent/spec/hostPID hostPID=true',
    'error pod-security/host-namespaces agents/agent/spec/hostIPC hostIPC=true',
    'warning synth/exception-expired agents/agent the exception from pod-security/host-namespaces was until 2027-03-01; team-a answers for it',
  ]);
  jest.useRealTimers();
});

test('a severity is of a rule that there is', () => {
  const app = new App({ outdir, severities: { 'start/named-prt': 'off' } });
  expect(() => app.synth()).toThrow('severities: there is no rule "start/named-prt"; did you mean "start/named-port"?');
});

test('an external is of a kind that there is', () => {
  const app = new App({ outdir, externals: [{ kind: 'Secret' }, { kind: 'Secert', name: 's3' }] });
  expect(() => app.synth()).toThrow('externals[1].kind: there is no kind "Secert"; did you mean "Secret"?');
});

test('what an exception holds for is not in the text of the error of another finding', () => {
  const { app, chart, pod } = program();
  except(pod, exception);
  new KubePod(chart, 'other', { spec: { containers: [] } });
  try {
    app.synth();
    throw new Error('nothing was wrong');
  } catch (error) {
    expect((error as Error).message).toBe('agents/other: /spec/containers: Required value');
  }
});

import { type CheckAllOptions, checkAll } from '../../families';

const safe = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    {
      name: 'main',
      image: 'busybox:1.37',
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    },
  ],
};

function pod(spec: object, namespace?: string): object {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace }, spec: { ...safe, ...spec } };
}

function namespace(name: string, labels: Record<string, string>): object {
  const own = Object.entries(labels).map(([key, value]) => [`pod-security.kubernetes.io/${key}`, value]);
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: Object.fromEntries(own) } };
}

function found(objects: object[], options: CheckAllOptions = {}): string[] {
  return checkAll(objects, { families: ['pod-security'], ...options }).map(
    ({ severity, ruleId, pointer, message }) => `${severity}: ${ruleId} ${pointer} ${message}`,
  );
}

test('forbids nothing where neither namespace nor program asks for it', () => {
  expect(found([pod({ hostNetwork: true }), pod({ hostNetwork: true }, 'a'), namespace('a', {})])).toEqual([]);
});

test('takes the level of the program for namespaces that are not there or have no label', () => {
  const objects = [pod({ hostPID: true }), pod({ hostPID: true }, 'a'), namespace('a', {})];
  const message = 'error: pod-security/host-namespaces /spec/hostPID hostPID=true: forbidden by the baseline level';
  expect(found(objects, { podSecurity: 'baseline' })).toEqual([message, message]);
});

test("takes a namespace's own level, laxer or stricter than the program's", () => {
  const objects = [
    pod({ hostPID: true }, 'lax'),
    namespace('lax', { enforce: 'privileged' }),
    pod(
      { securityContext: { runAsUser: 0, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } },
      'strict',
    ),
    namespace('strict', { enforce: 'restricted' }),
  ];
  expect(found(objects, { podSecurity: 'baseline' })).toEqual([
    'error: pod-security/run-as-user /spec/securityContext/runAsUser pod must not set runAsUser=0: forbidden by the restricted level, which namespace strict enforces',
  ]);
});

test('says at the field in a template of any kind of workload what would pass', () => {
  const template = { metadata: { labels: { a: 'b' } }, spec: { ...safe, hostIPC: true } };
  const selector = { matchLabels: { a: 'b' } };
  const once = { ...template, spec: { ...template.spec, restartPolicy: 'Never' } };
  const workload = (kind: string, apiVersion: string, spec: object) => ({
    apiVersion,
    kind,
    metadata: { name: 'w' },
    spec,
  });
  const objects = [
    workload('Deployment', 'apps/v1', { selector, template }),
    workload('StatefulSet', 'apps/v1', { selector, template, serviceName: 'w' }),
    workload('DaemonSet', 'apps/v1', { selector, template }),
    workload('ReplicaSet', 'apps/v1', { selector, template }),
    workload('ReplicationController', 'v1', { selector: selector.matchLabels, template }),
    workload('Job', 'batch/v1', { template: once }),
    workload('CronJob', 'batch/v1', { schedule: '@daily', jobTemplate: { spec: { template: once } } }),
    { apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'w' }, template },
  ];
  const findings = checkAll(objects, { podSecurity: 'baseline' });
  expect(findings.map(({ object, pointer, fix }) => `${object?.kind} ${pointer}: ${fix}`)).toEqual([
    'Deployment /spec/template/spec/hostIPC: leave hostIPC out, or set it to false',
    'StatefulSet /spec/template/spec/hostIPC: leave hostIPC out, or set it to false',
    'DaemonSet /spec/template/spec/hostIPC: leave hostIPC out, or set it to false',
    'ReplicaSet /spec/template/spec/hostIPC: leave hostIPC out, or set it to false',
    'ReplicationController /spec/template/spec/hostIPC: leave hostIPC out, or set it to false',
    'Job /spec/template/spec/hostIPC: leave hostIPC out, or set it to false',
    'CronJob /spec/jobTemplate/spec/template/spec/hostIPC: leave hostIPC out, or set it to false',
    'PodTemplate /template/spec/hostIPC: leave hostIPC out, or set it to false',
  ]);
});

test('warns of what a namespace warns of, tells what it audits, and says what is enforced once', () => {
  const objects = [
    pod({ hostPID: true, securityContext: { ...safe.securityContext, runAsUser: 0 } }, 'a'),
    namespace('a', { enforce: 'baseline', warn: 'restricted', audit: 'restricted' }),
    pod({ hostPID: true }, 'b'),
    namespace('b', { audit: 'baseline' }),
  ];
  expect(found(objects)).toEqual([
    'error: pod-security/host-namespaces /spec/hostPID hostPID=true: forbidden by the baseline level, which namespace a enforces',
    'warning: pod-security/run-as-user /spec/securityContext/runAsUser pod must not set runAsUser=0: forbidden by the restricted level, which namespace a warns of',
    'info: pod-security/host-namespaces /spec/hostPID hostPID=true: forbidden by the baseline level, which namespace b audits',
  ]);
});

test('says the versions whose latest policy forbids it', () => {
  const [main] = safe.containers;
  const probed = pod({ containers: [{ ...main, livenessProbe: { tcpSocket: { host: 'a.example', port: 1 } } }] });
  const findings = checkAll([probed], { podSecurity: 'baseline', targets: ['1.32', '1.33', '1.34', '1.37'] });
  expect(findings.map(({ ruleId, versions }) => [ruleId, versions])).toEqual([
    ['pod-security/host-probes', ['1.34', '1.37']],
  ]);
});

test('holds a namespace to the version that it names, whatever the targets', () => {
  const sysctls = [{ name: 'net.ipv4.tcp_slow_start_after_idle', value: '0' }];
  const objects = (version: string) => [
    pod({ securityContext: { ...safe.securityContext, sysctls } }, 'a'),
    namespace('a', { enforce: 'baseline', 'enforce-version': version }),
  ];
  const said = (version: string) =>
    checkAll(objects(version), { families: ['pod-security'], targets: ['1.37'] }).map(({ ruleId, fix }) => [
      ruleId,
      fix,
    ]);
  expect(said('v1.36')).toEqual([['pod-security/sysctls', 'leave it out: it is allowed since 1.37']]);
  expect(said('v1.37')).toEqual([]);
  expect(said('latest')).toEqual([]);
});

describe('labels', () => {
  test('that name no level or version are errors, and hold no pod to anything', () => {
    const labels = { enforce: 'Restricted', warn: 'baseline', 'warn-version': '1.34', 'audit-version': 'newest' };
    expect(found([pod({ hostPID: true }, 'a'), namespace('a', labels)])).toEqual([
      'warning: pod-security/host-namespaces /spec/hostPID hostPID=true: forbidden by the baseline level, which namespace a warns of',
      'error: pod-security/labels /metadata/labels/pod-security.kubernetes.io~1enforce is no level, got "Restricted"; expected privileged, baseline, restricted',
      'error: pod-security/labels /metadata/labels/pod-security.kubernetes.io~1warn-version is no version, got "1.34"; expected latest, or that of a minor as in v1.34',
      'error: pod-security/labels /metadata/labels/pod-security.kubernetes.io~1audit-version is no version, got "newest"; expected latest, or that of a minor as in v1.34',
    ]);
  });
});

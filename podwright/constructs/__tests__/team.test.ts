import { Cpu } from 'cdk8s-plus-27';
import { Team, type TeamDefault, type TeamProps } from '../team';
import { errorsOf, faultsOf, objectsOf } from './support';

const objects = (props: TeamProps = {}) => objectsOf((chart) => new Team(chart, 'vision', props));
const byName = (props: TeamProps = {}) =>
  Object.fromEntries(objects(props).map((object) => [`${object.kind}/${object.metadata.name}`, object]));
const quota = (hard: TeamProps['quota']) => byName({ quota: hard })['ResourceQuota/quota'].spec.hard;
const limits = (props: TeamProps) => byName(props)['LimitRange/limits']?.spec.limits;

test('is a namespace that enforces the restricted standard, stays, and denies all traffic but DNS', () => {
  expect(objects()).toEqual([
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: 'vision',
        labels: {
          'pod-security.kubernetes.io/enforce': 'restricted',
          'pod-security.kubernetes.io/warn': 'restricted',
        },
        annotations: {
          'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
          'kustomize.toolkit.fluxcd.io/prune': 'disabled',
        },
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'deny-traffic', namespace: 'vision' },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'allow-dns', namespace: 'vision' },
      spec: {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [
          {
            ports: [
              { port: 53, protocol: 'UDP' },
              { port: 53, protocol: 'TCP' },
            ],
          },
        ],
      },
    },
  ]);
});

test.each([
  ['no allowDns, which would deny all else that pods reach', { denyTraffic: false }, ['Namespace/vision']],
  ['the others', { allowDns: false }, ['Namespace/vision', 'NetworkPolicy/deny-traffic']],
] as const)('leaving out one policy leaves %s', (_, defaults, left) => {
  expect(Object.keys(byName({ defaults }))).toEqual(left);
});

test('pods that may reach peers alone ask for names too, where nothing else is denied', () => {
  const policies = Object.keys(byName({ defaults: { denyTraffic: false }, allowTo: [{ namespace: 'store' }] }));
  expect(policies).toEqual(['Namespace/vision', 'NetworkPolicy/allow-dns', 'NetworkPolicy/allow-egress']);
});

describe('a quota', () => {
  test('counts devices by their requests: by the bare name the API server counts nothing', () => {
    expect(
      quota({
        'nvidia.com/gpu': 2,
        'requests.amd.com/gpu': 1,
        'limits.example.com/fpga': 3,
        'requests.cpu': Cpu.units(4),
        pods: 10,
        'count/jobs.batch': 5,
        'gold.storageclass.storage.k8s.io/requests.storage': '1Ti',
        'gpu.example.com.deviceclass.resource.k8s.io/devices': 3,
      }),
    ).toEqual({
      'requests.nvidia.com/gpu': 2,
      'requests.amd.com/gpu': 1,
      'requests.example.com/fpga': 3,
      'requests.cpu': '4',
      pods: 10,
      'count/jobs.batch': 5,
      'gold.storageclass.storage.k8s.io/requests.storage': '1Ti',
      'gpu.example.com.deviceclass.resource.k8s.io/devices': 3,
    });
  });

  test('fails where two names count the same', () => {
    const hard = { 'nvidia.com/gpu': 2, 'requests.nvidia.com/gpu': 4, cpu: 1 };
    expect(faultsOf((chart) => new Team(chart, 'a', { quota: hard }))).toEqual([
      "test/a: quota['requests.nvidia.com/gpu']: counts what another name counts, got 4; expected 'requests.nvidia.com/gpu' alone",
    ]);
  });

  test.each([
    ['of pods needs no limits', { pods: 10 }, undefined],
    ['of requests, requests', { 'requests.cpu': 4 }, [{ type: 'Container', defaultRequest: { cpu: '100m' } }]],
    ['of CPU, requests', { cpu: 4 }, [{ type: 'Container', defaultRequest: { cpu: '100m' } }]],
    [
      'of limits, both',
      { 'limits.memory': '8Gi' },
      [{ type: 'Container', defaultRequest: { memory: '128Mi' }, default: { memory: '1Gi' } }],
    ],
    [
      'of ephemeral storage, requests',
      { 'requests.ephemeral-storage': '8Gi' },
      [{ type: 'Container', defaultRequest: { 'ephemeral-storage': '128Mi' } }],
    ],
  ])('%s for containers that say none', (_, hard, expected) => {
    expect(limits({ quota: hard })).toEqual(expected);
  });

  test('leaves each resource that is given in any way to that, and fills in the others', () => {
    const hard = { 'requests.cpu': 4, 'requests.memory': '32Gi', 'limits.memory': '64Gi' };
    expect(limits({ quota: hard, limits: { default: { memory: '64Mi' } } })).toEqual([
      { type: 'Container', defaultRequest: { cpu: '100m' }, default: { memory: '64Mi' } },
    ]);
    expect(
      limits({ quota: hard, limits: { max: { memory: '64Mi' }, defaultRequest: { 'nvidia.com/gpu': 0 } } }),
    ).toEqual([{ type: 'Container', defaultRequest: { cpu: '100m', 'nvidia.com/gpu': 0 }, max: { memory: '64Mi' } }]);
  });

  test('takes the limits that are given', () => {
    const given = { defaultRequest: { cpu: '1' }, max: { cpu: 8 } };
    expect(limits({ quota: { 'requests.cpu': 4 }, limits: given })).toEqual([{ type: 'Container', ...given }]);
    expect(limits({ limits: given })).toEqual([{ type: 'Container', ...given }]);
  });
});

test('members have a binding for each role', () => {
  const alice = { kind: 'User', name: 'alice@example.com' };
  const group = { kind: 'Group', name: 'vision' };
  const bot = { kind: 'ServiceAccount', name: 'ci', namespace: 'ci' };
  const members = [alice, { ...bot, role: 'view' }, group];
  const bindings = objects({ members }).filter(({ kind }) => kind === 'RoleBinding');
  expect(bindings).toEqual([
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'edit', namespace: 'vision' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' },
      subjects: [alice, group],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'view', namespace: 'vision' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [bot],
    },
  ]);
});

test('what all of the team may reach is one policy', () => {
  const allowTo = [{ podSelector: {} }, { ipBlock: { cidr: '10.0.0.0/8' }, ports: [443] }];
  expect(byName({ allowTo })['NetworkPolicy/allow-egress'].spec).toEqual({
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [{ to: [{ podSelector: {} }] }, { to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 443 }] }],
  });
});

describe('leaving defaults out', () => {
  const props = { quota: { 'requests.cpu': 1 } };
  const alone: Record<TeamDefault, (objects: ReturnType<typeof byName>) => unknown> = {
    podSecurity: (objects) => objects['Namespace/vision'].metadata.labels,
    keep: (objects) => objects['Namespace/vision'].metadata.annotations,
    limitRange: (objects) => objects['LimitRange/limits'],
    denyTraffic: (objects) => objects['NetworkPolicy/deny-traffic'],
    allowDns: (objects) => objects['NetworkPolicy/allow-dns'],
  };

  test.each(Object.entries(alone))('%s alone', (name, field) => {
    expect(field(byName(props))).toBeDefined();
    expect(field(byName({ ...props, defaults: { [name]: false } }))).toBeUndefined();
  });

  test('all at once leaves a namespace', () => {
    expect(objects({ defaults: 'none' })).toEqual([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'vision' } },
    ]);
  });
});

test('what is set wins', () => {
  const metadata = { name: 'ml', labels: { 'pod-security.kubernetes.io/warn': 'privileged', a: 'b' } };
  const [namespace] = objects({ podSecurity: 'baseline', metadata });
  expect(namespace.metadata.labels).toEqual({
    'pod-security.kubernetes.io/enforce': 'baseline',
    'pod-security.kubernetes.io/warn': 'privileged',
    a: 'b',
  });
  expect(objects({ metadata })[1].metadata.namespace).toBe('ml');
});

test('objects are read-only fields', () => {
  objectsOf((chart) => {
    const team = new Team(chart, 'vision', { quota: { cpu: 1 }, members: [{ kind: 'User', name: 'a' }] });
    expect(team.name).toBe('vision');
    expect([team.namespace, team.quota, team.limitRange, ...team.roleBindings].map((object) => object?.name)).toEqual([
      'vision',
      'quota',
      'limits',
      'edit',
    ]);
    expect([team.denyTraffic?.name, team.allowDns?.name, team.allowEgress]).toEqual([
      'deny-traffic',
      'allow-dns',
      undefined,
    ]);
  });
});

test('fails on a level that is none', () => {
  const podSecurity = 'strict' as 'restricted';
  expect(faultsOf((chart) => new Team(chart, 'a', { podSecurity }))).toEqual([
    `test/a: podSecurity: is not a level, got "strict"; expected 'privileged', 'baseline', 'restricted'`,
  ]);
});

test.each([
  ['a name with a capital', 'Vision', {}, '/metadata/name'],
  ['a quota that is negative', 'vision', { quota: { pods: -1 } }, '/spec/hard/pods'],
  ['a member of no kind', 'vision', { members: [{ kind: '', name: 'a' }] }, '/subjects/0/kind'],
] as [string, string, TeamProps, string][])('fails at the field for %s', (_, id, props, pointer) => {
  const errors = errorsOf((chart) => new Team(chart, id, props));
  expect(errors.map(([, pointer]) => pointer)).toContain(pointer);
});

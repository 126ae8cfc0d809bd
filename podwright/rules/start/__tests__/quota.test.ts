import { findings } from '../../__tests__/support';
import { checkAll } from '../../families';
import { podSpec, sample, sampleDeployment, samplePod } from '../../samples';
import { limitRange } from '../limit-range';
import { quotaRule } from '../quota';
import { quotaGpu } from '../quota-gpu';
import { quotaRequests } from '../quota-requests';
import { quotaSurge } from '../quota-surge';

const quota = (hard: object, more: object = {}) => sample('v1', 'ResourceQuota', 'q', { spec: { hard, ...more } });
const range = (item: object) => sample('v1', 'LimitRange', 'l', { spec: { limits: [item] } });
const priority = (operator: string, ...values: string[]) => ({
  scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator, values }] },
});
const cpu = (amount: string) => ({ resources: { requests: { cpu: amount } } });
const job = (name: string, spec: object, container: object) =>
  sample('batch/v1', 'Job', name, {
    spec: { template: { spec: podSpec(container, { restartPolicy: 'Never' }) }, ...spec },
  });

describe('quota', () => {
  test('counts all that goes on at once, and names the largest first', () => {
    const objects = [
      quota({ 'requests.cpu': 1, pods: 9 }),
      sampleDeployment('a', { replicas: 3 }, cpu('100m')),
      sampleDeployment('b', { replicas: 2 }, cpu('400m')),
    ];
    expect(findings(quotaRule, objects)).toEqual([
      'ResourceQuota q /spec/hard/requests.cpu: is less than what is in the namespace, got 1; expected 1100m or more: Deployment b 800m, Deployment a 300m',
    ]);
  });

  test('counts one Job at a time beside it, with its parallelism', () => {
    const objects = [
      quota({ cpu: '2' }),
      sampleDeployment('a', {}, cpu('1')),
      job('small', { parallelism: 1 }, cpu('1')),
      job('large', { parallelism: 3, completions: 2 }, cpu('1')),
    ];
    expect(findings(quotaRule, objects)).toEqual([
      'ResourceQuota q /spec/hard/cpu: is less than what is in the namespace, got 2; expected 3 or more: Job large 2, Deployment a 1',
    ]);
  });

  test('counts GPUs by their limits, pods and storage', () => {
    const claim = (name: string) =>
      sample('v1', 'PersistentVolumeClaim', name, {
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '6Gi' } } },
      });
    const objects = [
      quota({ 'requests.nvidia.com/gpu': 1, pods: 1, 'requests.storage': '10Gi', persistentvolumeclaims: 1 }),
      sampleDeployment('a', { replicas: 2 }, { resources: { limits: { 'nvidia.com/gpu': 1 } } }),
      claim('x'),
      claim('y'),
    ];
    expect(
      findings(quotaRule, objects).map((text) => text.replace(/.*hard\/(\S+):.*expected (\S+).*/, '$1 $2')),
    ).toEqual(['requests.nvidia.com~1gpu 2', 'pods 2', 'requests.storage 12Gi', 'persistentvolumeclaims 2']);
  });

  test('counts each autoscaled workload at its most, beside the others at their fewest', () => {
    const hpa = (name: string) =>
      sample('autoscaling/v2', 'HorizontalPodAutoscaler', name, {
        spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name }, minReplicas: 2, maxReplicas: 5 },
      });
    const objects = (pods: number) => [
      quota({ pods }),
      ...['a', 'b'].flatMap((name) => [sampleDeployment(name, {}), hpa(name)]),
    ];
    expect(findings(quotaRule, objects(6))).toEqual([
      'ResourceQuota q /spec/hard/pods: is less than what is in the namespace, got 6; expected 7 or more: Deployment a 5 at its most, Deployment b 2',
    ]);
    expect(findings(quotaRule, objects(7))).toEqual([]);
  });

  test('counts the runs of a CronJob that may overlap, as far as they are bounded', () => {
    const cronJob = (fields: object, deadline?: number) =>
      sample('batch/v1', 'CronJob', 'c', {
        spec: {
          schedule: '*/10 * * * *',
          jobTemplate: { spec: { parallelism: 2, activeDeadlineSeconds: deadline, template: { spec: podSpec() } } },
          ...fields,
        },
      });
    const needed = (fields: object, deadline?: number) =>
      findings(quotaRule, [quota({ pods: 1 }), cronJob(fields, deadline)]).map(
        (text) => /expected (\d+)/.exec(text)?.[1],
      );
    expect(needed({}, 1500)).toEqual(['6']);
    expect(needed({}, 60)).toEqual(['2']);
    expect(needed({})).toEqual(['2']);
    expect(needed({ concurrencyPolicy: 'Replace' }, 1500)).toEqual(['2']);
    expect(needed({ suspend: true }, 1500)).toEqual([]);
  });

  test("counts a pod's own resources, its runtime's overhead, and the claims of its volumes and its StatefulSet", () => {
    const claim = { spec: { storageClassName: 'fast', resources: { requests: { storage: '1Gi' } } } };
    const runtime = sample('node.k8s.io/v1', 'RuntimeClass', 'vm', {
      overhead: { podFixed: { cpu: '250m', memory: '1Gi' } },
    });
    const pod = podSpec(cpu('100m'), {
      resources: { requests: { cpu: '1' }, limits: { cpu: '2', memory: '2Gi' } },
      runtimeClassName: 'vm',
      volumes: [{ name: 'scratch', ephemeral: { volumeClaimTemplate: claim } }],
    });
    const set = sample('apps/v1', 'StatefulSet', 's', {
      spec: { replicas: 2, template: { spec: pod }, volumeClaimTemplates: [{ metadata: { name: 'data' }, ...claim }] },
    });
    const hard = {
      cpu: 0,
      'requests.memory': 0,
      'limits.cpu': 0,
      persistentvolumeclaims: 0,
      'fast.storageclass.storage.k8s.io/requests.storage': 0,
    };
    expect(
      findings(quotaRule, [quota(hard), runtime, set]).map((text) =>
        /hard\/(\S+):.*expected (\S+)/.exec(text)?.slice(1),
      ),
    ).toEqual([
      ['cpu', '2500m'],
      ['requests.memory', '6Gi'],
      ['limits.cpu', '4500m'],
      ['persistentvolumeclaims', '4'],
      ['fast.storageclass.storage.k8s.io~1requests.storage', '4Gi'],
    ]);
  });

  test('counts a suspended Job as nothing, and another namespace not at all', () => {
    const objects = [
      quota({ pods: 9 }),
      sampleDeployment('a', {}),
      sample('autoscaling/v2', 'HorizontalPodAutoscaler', 'a', {
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' },
          minReplicas: 2,
          maxReplicas: 9,
        },
      }),
      job('s', { parallelism: 5, suspend: true }, {}),
      samplePod('other', {}, {}, { namespace: 'other' }),
    ];
    expect(findings(quotaRule, objects)).toEqual([]);
  });

  test.each([
    [{ scopes: ['Terminating'] }, ['ends']],
    [{ scopes: ['NotTerminating', 'BestEffort'] }, ['plain', 'urgent']],
    [{ scopes: ['NotBestEffort'] }, ['sized']],
    [priority('In', 'high'), ['urgent']],
    [priority('NotIn', 'high'), ['ends', 'plain', 'sized']],
    [priority('Exists'), ['urgent']],
    [priority('DoesNotExist'), ['ends', 'plain', 'sized']],
    [{ scopes: ['CrossNamespacePodAffinity'] }, []],
  ])('counts the pods that %j name, and no claims', (scopes, names) => {
    const objects = [
      samplePod('plain'),
      samplePod('ends', {}, { activeDeadlineSeconds: 60 }),
      samplePod('urgent', {}, { priorityClassName: 'high' }),
      samplePod('sized', cpu('1')),
      sample('v1', 'PersistentVolumeClaim', 'claim', { spec: { resources: { requests: { storage: '1Gi' } } } }),
    ];
    const hard = { pods: 0, persistentvolumeclaims: 0 };
    const said = findings(quotaRule, [quota(hard, scopes), ...objects]).join();
    expect(said).toEqual(
      names.length === 0
        ? ''
        : expect.stringMatching(
            /^ResourceQuota q \/spec\/hard\/pods: is less than what it counts of the namespace, got 0; expected \d or more: [^/]*$/,
          ),
    );
    expect(names.filter((name) => !said.includes(`Pod ${name} 1`))).toEqual([]);
    expect(said.match(/Pod /g)?.length ?? 0).toBe(names.length);
  });
});

describe('quota-surge', () => {
  const strategy = (maxSurge: unknown) => ({ strategy: { rollingUpdate: { maxSurge } } });

  test.each([
    ['a quarter, rounded up, by default', {}, '3'],
    ['a share', strategy('100%'), '4'],
    ['a number', strategy(2), '4'],
  ])('counts %s', (_, fields, needed) => {
    const objects = [quota({ pods: 2 }), sampleDeployment('a', { replicas: 2, ...fields })];
    expect(findings(quotaSurge, objects)).toEqual([
      `Deployment a /spec: a rollout waits for ever: it has pods ${needed} in the namespace, and ResourceQuota q allows 2`,
    ]);
  });

  test('is an error where all new pods are refused and none may be away, and else a warning', () => {
    const severities = (pods: number, fields: object) =>
      checkAll([quota({ pods }), sampleDeployment('a', fields)], { families: ['start'] })
        .filter(({ ruleId }) => ruleId === 'start/quota-surge')
        .map(({ severity }) => severity);
    expect(severities(2, { replicas: 2 })).toEqual(['error']);
    expect(severities(4, { replicas: 4 })).toEqual(['warning']);
    expect(severities(2, { replicas: 2, ...strategy(2) })).toEqual(['error']);
    expect(severities(3, { replicas: 2, ...strategy(2) })).toEqual(['warning']);
    expect(severities(2, { replicas: 2, strategy: { rollingUpdate: { maxUnavailable: 1 } } })).toEqual(['warning']);
  });

  test('has nothing to say of Recreate, nor where the quota is too small as it is', () => {
    const recreate = sampleDeployment('a', { replicas: 2, strategy: { type: 'Recreate' } });
    expect(findings(quotaSurge, [quota({ pods: 2 }), recreate])).toEqual([]);
    expect(findings(quotaSurge, [quota({ pods: 1 }), sampleDeployment('a', { replicas: 2 })])).toEqual([]);
  });
});

test('a quota counts what each container says, init containers too, unless a LimitRange says it', () => {
  const pod = samplePod('a', cpu('1'), { initContainers: [{ name: 'init', image: 'a' }] });
  const hard = quota({ cpu: 1, 'limits.memory': '1Gi' });
  expect(findings(quotaRequests, [hard, pod])).toEqual([
    'Pod a /spec/initContainers/0/resources: must say requests.cpu, which ResourceQuota q counts',
    'Pod a /spec/initContainers/0/resources: must say limits.memory, which ResourceQuota q counts',
    'Pod a /spec/containers/0/resources: must say limits.memory, which ResourceQuota q counts',
  ]);
  const filled = range({ type: 'Container', default: { memory: '1Gi' }, defaultRequest: { cpu: '1m' } });
  expect(findings(quotaRequests, [hard, pod, filled])).toEqual([]);
});

test('extended resources are counted by requests alone', () => {
  const hard = {
    'amd.com/gpu': 1,
    'requests.amd.com/gpu': 1,
    'count/jobs.batch': 1,
    'gold.storageclass.storage.k8s.io/requests.storage': 1,
    cpu: 1,
  };
  expect(findings(quotaGpu, [quota(hard)])).toEqual([
    'ResourceQuota q /spec/hard/amd.com~1gpu: is never counted, got amd.com/gpu; expected requests.amd.com/gpu',
  ]);
});

describe('limit-range', () => {
  const limited = (requests: object, limits: object) => samplePod('a', { resources: { requests, limits } });

  test.each([
    [
      'max',
      { max: { cpu: '1' } },
      { cpu: '1' },
      { cpu: '2' },
      'limits/cpu: maximum cpu usage per Container is 1, got limit 2',
    ],
    [
      'min',
      { min: { memory: '1Gi' } },
      { memory: '512Mi' },
      { memory: '2Gi' },
      'requests/memory: minimum memory usage per Container is 1Gi, got request 512Mi',
    ],
    [
      'ratio',
      { maxLimitRequestRatio: { cpu: '2' } },
      { cpu: '100m' },
      { cpu: '300m' },
      'limits/cpu: cpu max limit to request ratio per Container is 2, got limit 300m and request 100m',
    ],
  ])('%s is held', (_, item, requests, limits, said) => {
    expect(findings(limitRange, [range({ type: 'Container', ...item }), limited(requests, limits)])).toEqual([
      `Pod a /spec/containers/0/resources/${said}, by LimitRange l`,
    ]);
  });

  test('what it fills in itself is within its bounds', () => {
    const item = { type: 'Container', max: { cpu: '1' }, min: { cpu: '100m' } };
    expect(findings(limitRange, [range(item), samplePod('a')])).toEqual([]);
  });

  test.each([
    ['default', { default: { memory: '1Gi' } }],
    ['max', { max: { memory: '1Gi' } }],
  ])('a container without a limit is given the %s, and may not request more', (_, item) => {
    const requests = { memory: '4Gi' };
    const objects = (limits?: object) => [
      range({ type: 'Container', ...item }),
      samplePod('a', { resources: { requests, ...(limits && { limits }) } }),
    ];
    expect(findings(limitRange, objects())).toEqual([
      'Pod a /spec/containers/0/resources/requests/memory: must be less than or equal to memory limit of 1Gi, which LimitRange l gives it, got 4Gi; expected a limit of 4Gi or more beside it',
    ]);
    expect(findings(limitRange, objects({ memory: '4Gi' })).filter((text) => text.includes('gives it'))).toEqual([]);
  });

  test('of several LimitRanges the first gives the limit', () => {
    const pod = samplePod('a', { resources: { requests: { memory: '2Gi' } } });
    const ranges = ['4Gi', '1Gi'].map((memory) => range({ type: 'Container', default: { memory } }));
    expect(findings(limitRange, [...ranges, pod])).toEqual([]);
  });

  test('a pod is held as a whole', () => {
    const pod = samplePod('a', { resources: { limits: { cpu: '600m' } } });
    pod.spec.containers.push({ name: 'b', image: 'b', resources: { limits: { cpu: '600m' } } } as never);
    expect(findings(limitRange, [range({ type: 'Pod', max: { cpu: '1' } }), pod])).toEqual([
      'Pod a /spec: maximum cpu usage per Pod is 1, got limit 1200m, by LimitRange l',
    ]);
  });
});

test('each namespace has its own quota, LimitRange and autoscalers', () => {
  const inside = (namespace: string) => ({ namespace });
  const deployment = (namespace: string) => {
    const { metadata, ...rest } = sampleDeployment('a', { replicas: 2 });
    return { ...rest, metadata: { ...metadata, namespace } };
  };
  const objects = [
    sample('v1', 'ResourceQuota', 'q', { spec: { hard: { pods: 2 } } }, inside('x')),
    sample('v1', 'ResourceQuota', 'q', { spec: { hard: { pods: 3 } } }, inside('y')),
    deployment('x'),
    deployment('y'),
  ];
  expect(findings(quotaSurge, objects)).toEqual([
    'Deployment a /spec: a rollout waits for ever: it has pods 3 in the namespace, and ResourceQuota q allows 2',
  ]);
});

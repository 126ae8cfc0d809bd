import { findings } from '../../__tests__/support';
import type { NodeShape } from '../../facts';
import { podSpec, sample, sampleDeployment, samplePod } from '../../samples';
import { World } from '../../world';
import { hardSpread } from '../hard-spread';
import { loadTime } from '../load-time';
import { noNode } from '../no-node';
import { rootImage } from '../root-image';
import { sharedClaim } from '../shared-claim';

const on = (...nodes: NodeShape[]) => ({ facts: { nodes } });
const WHY = 'Pod a /spec: no declared node can take the pod: ';

describe('no-node', () => {
  test('is silent until nodes are declared', () => {
    expect(findings(noNode, [samplePod('a', {}, { nodeSelector: { x: 'y' } })])).toEqual([]);
  });

  test('says each obstacle once', () => {
    const pod = samplePod('a', { resources: { requests: { cpu: '4' } } }, { nodeSelector: { pool: 'big' } });
    const small: NodeShape = { labels: { pool: 'big' }, allocatable: { cpu: '2' } };
    expect(findings(noNode, [pod], on({ labels: {} }, { labels: { pool: 'small' } }, small))).toEqual([
      `${WHY}nodeSelector asks for the label pool: big; it requests more cpu than a node has`,
    ]);
  });

  test('a taint wants a toleration, and a GPU a node that has it', () => {
    const gpus: NodeShape = {
      taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }],
      allocatable: { 'nvidia.com/gpu': 8 },
    };
    const plain: NodeShape = { allocatable: { cpu: 64 } };
    const resources = { limits: { 'nvidia.com/gpu': 1 } };
    const tolerations = [{ key: 'gpu', operator: 'Exists' }];
    expect(findings(noNode, [samplePod('a', { resources }, { tolerations })], on(gpus, plain))).toEqual([]);
    expect(findings(noNode, [samplePod('a', { resources })], on(gpus, plain))).toEqual([
      `${WHY}the taint gpu=yes:NoSchedule is not tolerated; it requests more nvidia.com/gpu than a node has`,
    ]);
  });

  test.each(['Exists', 'In', 'NotIn', 'DoesNotExist', 'Gt', 'Lt'])('reads node affinity: %s', (operator) => {
    const demand = { key: 'n', operator, ...(/In$|t$/.test(operator) && { values: ['5'] }) };
    const affinity = {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [demand] }] },
      },
    };
    const fits = (n?: string) =>
      findings(noNode, [samplePod('a', {}, { affinity })], on({ labels: n === undefined ? {} : { n } })).length === 0;
    const expected: Record<string, boolean[]> = {
      Exists: [false, true, true],
      In: [false, true, false],
      NotIn: [true, false, true],
      DoesNotExist: [true, false, false],
      Gt: [false, false, true],
      Lt: [false, false, false],
    };
    expect([fits(), fits('5'), fits('6')]).toEqual(expected[operator]);
  });

  test('labels that every node has need not be declared, and without labels none is missing', () => {
    const linux = samplePod('a', {}, { nodeSelector: { 'kubernetes.io/os': 'linux' } });
    expect(findings(noNode, [linux], on({ labels: {} }))).toEqual([]);
    expect(findings(noNode, [samplePod('a', {}, { nodeSelector: { pool: 'x' } })], on({}))).toEqual([]);
  });
});

describe('hard-spread', () => {
  const spread = (constraint: object, replicas: number) =>
    sampleDeployment(
      'web',
      { replicas },
      {},
      {
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            whenUnsatisfiable: 'DoNotSchedule',
            labelSelector: { matchLabels: { app: 'web' } },
            ...constraint,
          },
        ],
      },
    );
  const zone = 'topology.kubernetes.io/zone';

  test('too few domains for minDomains leave room for maxSkew each', () => {
    const constraint = { topologyKey: 'kubernetes.io/hostname', minDomains: 3 };
    expect(findings(hardSpread, [spread(constraint, 3)], on({ count: 2 }))).toEqual([
      'Deployment web /spec/template/spec/topologySpreadConstraints/0: leaves room for 2 pods on the declared nodes, got 3',
    ]);
    expect(findings(hardSpread, [spread(constraint, 3)], on({ count: 3 }))).toEqual([]);
  });

  test('a label that no node has keeps all pods waiting', () => {
    expect(findings(hardSpread, [spread({ topologyKey: zone }, 1)], on({ labels: {} }))).toEqual([
      `Deployment web /spec/template/spec/topologySpreadConstraints/0: no declared node has the label ${zone}`,
    ]);
    expect(findings(hardSpread, [spread({ topologyKey: zone }, 1)], on({}))).toEqual([]);
  });

  test('what gives way is not looked at', () => {
    const soft = spread({ topologyKey: zone, whenUnsatisfiable: 'ScheduleAnyway' }, 9);
    expect(findings(hardSpread, [soft], on({ count: 1, labels: {} }))).toEqual([]);
  });

  test('anti-affinity to other pods leaves room', () => {
    const affinity = {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'other' } } },
        ],
      },
    };
    expect(
      findings(hardSpread, [sampleDeployment('web', { replicas: 5 }, {}, { affinity })], on({ count: 1 })),
    ).toEqual([]);
  });
});

describe('shared-claim', () => {
  const claim = (...accessModes: string[]) =>
    sample('v1', 'PersistentVolumeClaim', 'data', {
      spec: { accessModes, resources: { requests: { storage: '1Gi' } } },
    });
  const spec = (readOnly?: boolean) => ({
    volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data', ...(readOnly && { readOnly }) } }],
  });
  const AT = 'Deployment web /spec/template/spec/volumes/0/persistentVolumeClaim/claimName';

  test('one node is one node, and one pod one pod even there', () => {
    const web = sampleDeployment('web', { replicas: 2 }, {}, spec());
    expect(findings(sharedClaim, [web, claim('ReadWriteOnce')], on({ count: 1 }))).toEqual([]);
    expect(findings(sharedClaim, [web, claim('ReadWriteOncePod')], on({ count: 1 }))).toEqual([
      `${AT}: is shared by 2 pods, got a claim for one pod (ReadWriteOncePod); expected ReadWriteMany`,
    ]);
  });

  test('one pod, a claim that is not known, and one that is only read share nothing', () => {
    expect(findings(sharedClaim, [sampleDeployment('web', {}, {}, spec()), claim('ReadWriteOnce')])).toEqual([]);
    expect(findings(sharedClaim, [sampleDeployment('web', { replicas: 2 }, {}, spec())])).toEqual([]);
    const reader = sampleDeployment('web', { replicas: 2 }, {}, spec(true));
    expect(findings(sharedClaim, [reader, claim('ReadOnlyMany', 'ReadWriteOnce')])).toEqual([]);
  });

  test('a DaemonSet is on all nodes, and a Job is as many pods as run at once', () => {
    const template = { metadata: { labels: { app: 'd' } }, spec: podSpec({}, spec()) };
    const daemons = sample('apps/v1', 'DaemonSet', 'd', {
      spec: { selector: { matchLabels: { app: 'd' } }, template },
    });
    const job = sample('batch/v1', 'Job', 'j', {
      spec: { parallelism: 4, completions: 3, template: { spec: podSpec({}, { restartPolicy: 'Never', ...spec() }) } },
    });
    expect(findings(sharedClaim, [daemons, job, claim('ReadWriteOnce')]).map((text) => text.split(': ')[1])).toEqual([
      'is shared by the pods of all nodes, got a claim for one node (ReadWriteOnce); expected ReadWriteMany',
      'is shared by 3 pods, got a claim for one node (ReadWriteOnce); expected ReadWriteMany',
    ]);
  });
});

describe('facts of images', () => {
  const images = (user: number | string) => ({ facts: { images: { busybox: { user, loadSeconds: 60 } } } });
  const strict = samplePod('a', {}, { securityContext: { runAsNonRoot: true } });
  const AT = "Pod a /spec/containers/0/image: the image's user";

  test.each([
    [0, 'is root'],
    ['root', 'is root'],
    ['0:0', 'is root'],
    ['', 'is root'],
    ['app', 'has no number: app'],
  ])('user %j does not start', (user, said) => {
    expect(findings(rootImage, [strict], images(user))).toEqual([
      `${AT} ${said}, which the kubelet does not start under runAsNonRoot, got busybox:1.37`,
    ]);
  });

  test('a number starts, and so does any user where nothing forbids it or another is set', () => {
    expect(findings(rootImage, [strict], images('1000:1000'))).toEqual([]);
    expect(findings(rootImage, [samplePod('a')], images(0))).toEqual([]);
    expect(findings(rootImage, [strict])).toEqual([]);
  });

  test('a container may have the time that its image takes, of a startup probe before a liveness probe', () => {
    const http = { httpGet: { port: 80 } };
    const slow = samplePod('a', { livenessProbe: { ...http, periodSeconds: 5 } });
    const given = samplePod('a', { livenessProbe: http, startupProbe: { ...http, initialDelaySeconds: 30 } });
    expect(findings(loadTime, [slow], images(0))).toEqual([
      'Pod a /spec/containers/0/livenessProbe: gives the container 15 s, and its image takes 60 s to load',
    ]);
    expect(findings(loadTime, [given], images(0))).toEqual([]);
  });

  test('are those of the name, of its tag and of its digest, of which each goes before the last', () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    const facts = { images: { a: { user: 0 }, 'a:1': { user: 7 }, [`a:2@${digest}`]: { user: 8 } } };
    const users = ['a:3', 'a:1', `a:1@${digest}`, `a:2@${digest}`, 'b', 'No image'].map(
      (image) => new World([], { facts }).image(image)?.user,
    );
    expect(users).toEqual([0, 7, 7, 8, undefined, undefined]);
  });
});

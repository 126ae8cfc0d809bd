import { Duration, Lazy } from 'cdk8s';
import { ModelServer, type ModelServerDefault, type ModelServerProps } from '../model-server';
import { errorsOf, faultsOf, kindsOf, type Manifest, objectsOf, restrictedFaults } from './support';

const container = { name: 'main', image: 'server:1.4' };
const labels = { 'app.kubernetes.io/name': 'sentiment', 'app.kubernetes.io/component': 'model-server' };
const kinds = (props: ModelServerProps = {}) =>
  kindsOf((chart) => new ModelServer(chart, 'sentiment', { containers: [container], ...props }));
const spec = (props: ModelServerProps = {}) => kinds(props).Deployment.spec;
const pod = (props: ModelServerProps = {}) => spec(props).template.spec;
const main = (props: ModelServerProps = {}) => pod(props).containers[0];
const gpu = { containers: [{ ...container, resources: { limits: { 'nvidia.com/gpu': 1 } } }] };

test('is a Deployment and a Service, and nothing that two replicas are needed for', () => {
  const { Deployment, Service, ...others } = kinds();
  const { template, ...rest } = Deployment.spec;
  expect(others).toEqual({});
  expect(Deployment.metadata).toEqual({ name: 'sentiment', labels });
  expect(rest).toEqual({
    selector: { matchLabels: labels },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
  });
  expect(template.metadata).toEqual({ labels });
  expect(Service).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'sentiment', labels },
    spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
  });
  expect(restrictedFaults(template.spec)).toEqual([]);
});

describe('probes', () => {
  const tcp = { tcpSocket: { port: 8080 } };

  test('give the model five minutes to load, and take a busy server for alive', () => {
    expect(main()).toMatchObject({
      startupProbe: { ...tcp, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 61 },
      readinessProbe: { ...tcp, periodSeconds: 5, timeoutSeconds: 5 },
      livenessProbe: { ...tcp, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
    });
  });

  test('ask a path where there is one', () => {
    const { startupProbe, readinessProbe, livenessProbe } = main({ healthPath: '/health', port: 9000 });
    const http = { path: '/health', port: 9000 };
    expect([startupProbe, readinessProbe, livenessProbe].map(({ httpGet }) => httpGet)).toEqual([http, http, http]);
  });

  test.each([
    // The first try comes at once.
    [1, 2, undefined],
    [11, 4, undefined],
    [300, 61, undefined],
    // The API calls a rollout stuck after ten minutes.
    [1800, 361, 2100],
    [Duration.minutes(30), 361, 2100],
  ])('a model that loads for %p seconds has %i tries, and a rollout %p seconds', (loadSeconds, tries, deadline) => {
    expect(main({ loadSeconds }).startupProbe.failureThreshold).toBe(tries);
    expect(spec({ loadSeconds }).progressDeadlineSeconds).toBe(deadline);
  });

  test('ask another path whether the server is alive, where there is one', () => {
    const paths = ({ startupProbe, readinessProbe, livenessProbe }: Manifest) =>
      [startupProbe, readinessProbe, livenessProbe].map(({ httpGet, tcpSocket }) => httpGet?.path ?? tcpSocket);
    expect(paths(main({ healthPath: '/ready', livePath: '/live' }))).toEqual(['/ready', '/ready', '/live']);
    expect(paths(main({ livePath: '/live' }))).toEqual([{ port: 8080 }, { port: 8080 }, '/live']);
  });

  test.each([
    ['half an hour to fetch it, unless it is said', {}, 2400],
    ['as long as is said', { seconds: Duration.hours(1) }, 4200],
    ["the API's ten minutes, where that is enough", { seconds: 0 }, undefined],
  ])('a rollout with a model that is fetched has %s', (_, download, deadline) => {
    const model = { download: { image: 'fetch:1', ...download } };
    expect(spec({ model }).progressDeadlineSeconds).toBe(deadline);
  });

  test('that a container has stay, and other containers get none', () => {
    const readinessProbe = { exec: { command: ['ready'] } };
    const containers = [
      { ...container, readinessProbe },
      { name: 'proxy', image: 'proxy:1' },
    ];
    const [server, proxy] = pod({ containers }).containers;
    expect(server.readinessProbe).toEqual(readinessProbe);
    expect([proxy.startupProbe, proxy.readinessProbe, proxy.livenessProbe]).toEqual([undefined, undefined, undefined]);
  });
});

describe('ports', () => {
  const listens = (ports: readonly object[], props: ModelServerProps = {}) =>
    kinds({ containers: [{ ...container, ports } as typeof container], allowFrom: [{}], ...props });
  const [http, grpc, metrics] = [
    { name: 'http', containerPort: 8000 },
    { name: 'grpc', containerPort: 8001 },
    { name: 'metrics', containerPort: 8002, protocol: 'TCP' },
  ];

  test.each([
    ['8080, where the container says none', [], 8080],
    ['its only one', [{ containerPort: 9000 }], 9000],
    ['the one that it calls http', [grpc, http], 8000],
    ['8080, where it has several, and none is called http', [grpc, metrics], 8080],
    ['8080, where its only one is of UDP', [{ containerPort: 53, protocol: 'UDP' }], 8080],
  ])('requests come to %s', (_, ports, port) => {
    const { Deployment, Service } = listens(ports);
    expect(Service.spec.ports[0]).toEqual({ name: 'http', port: 80, targetPort: port });
    expect(Deployment.spec.template.spec.containers[0].readinessProbe.tcpSocket).toEqual({ port });
  });

  test('requests come to the one that is said', () => {
    const { Service } = listens([http, grpc], { port: 9000 });
    expect(Service.spec.ports).toEqual([
      { name: 'http', port: 80, targetPort: 9000 },
      { name: 'grpc', port: 8001, targetPort: 8001 },
    ]);
  });

  test("fail where the Service's is also that of another", () => {
    const containers = [
      { ...container, ports: [http, { name: 'admin', containerPort: 80 }] as { containerPort: number }[] },
    ];
    expect(faultsOf((chart) => new ModelServer(chart, 'a', { containers }))).toEqual([
      'test/a: servicePort: is also that of the port admin, got 80; expected another number',
    ]);
  });

  test('those that are known late are not asked for', () => {
    const ports = Lazy.any({ produce: () => [http] }) as { containerPort: number }[];
    const { Deployment, Service } = listens(ports);
    expect(Deployment.spec.template.spec.containers[0].ports).toEqual([http]);
    expect(Service.spec.ports).toEqual([{ name: 'http', port: 80, targetPort: 8080 }]);
  });

  test('those of a container that is added later count', () => {
    const { Service } = kindsOf((chart) => {
      new ModelServer(chart, 'a', {}).addContainer({ ...container, ports: [http as { containerPort: number }] });
    });
    expect(Service.spec.ports).toEqual([{ name: 'http', port: 80, targetPort: 8000 }]);
  });

  test('the others that have names are served too, and clients reach them', () => {
    const { Service, NetworkPolicy } = listens([http, grpc, metrics, { containerPort: 1 }]);
    expect(Service.spec.ports).toEqual([
      { name: 'http', port: 80, targetPort: 8000 },
      { name: 'grpc', port: 8001, targetPort: 8001 },
      { name: 'metrics', port: 8002, targetPort: 8002, protocol: 'TCP' },
    ]);
    expect(NetworkPolicy.spec.ingress).toEqual([
      { from: [{}], ports: [{ port: 8000 }, { port: 8001 }, { port: 8002, protocol: 'TCP' }] },
    ]);
  });
});

describe('drain', () => {
  const drain = (props: ModelServerProps) => {
    const { containers, terminationGracePeriodSeconds } = pod(props);
    return [terminationGracePeriodSeconds, ...containers.map(({ lifecycle }: Manifest) => lifecycle?.preStop)];
  };

  test('every container of a pod that goes answers on for 15 seconds, and has 30 more to end', () => {
    const containers = [container, { name: 'proxy', image: 'proxy:1' }];
    expect(drain({ containers })).toEqual([45, { sleep: { seconds: 15 } }, { sleep: { seconds: 15 } }]);
  });

  test.each([
    ['as long as is said', { drainSeconds: 60 }, [90, { sleep: { seconds: 60 } }]],
    ['as long as a duration', { drainSeconds: Duration.minutes(1) }, [90, { sleep: { seconds: 60 } }]],
    ['not at all', { drainSeconds: 0 }, [undefined, undefined]],
    ['not where it leaves no time to end requests', { terminationGracePeriodSeconds: 15 }, [15, undefined]],
    ['not longer than the grace period that is said', { terminationGracePeriodSeconds: 10 }, [10, undefined]],
    ['within a longer grace period', { terminationGracePeriodSeconds: 300 }, [300, { sleep: { seconds: 15 } }]],
    [
      "a container's own way",
      { containers: [{ ...container, lifecycle: { preStop: { exec: { command: ['drain'] } } } }] },
      [45, { exec: { command: ['drain'] } }],
    ],
  ])('%s', (_, props, expected) => {
    expect(drain(props)).toEqual(expected);
  });

  test('fails at the field for a drain that is longer than the grace period', () => {
    const props = { containers: [container], drainSeconds: 60, terminationGracePeriodSeconds: 10 };
    const errors = errorsOf((chart) => new ModelServer(chart, 'a', props));
    const pointer = '/spec/template/spec/containers/0/lifecycle/preStop/sleep';
    expect(errors.map(([path, pointer]) => [path, pointer])).toEqual([['test/a', pointer]]);
  });
});

describe('a rollout', () => {
  const rolling = (props: ModelServerProps) => spec(props).strategy.rollingUpdate;
  const surge = { maxSurge: 1, maxUnavailable: 0 };
  const replace = { maxSurge: 0, maxUnavailable: 1 };

  test.each([
    ['has a new pod before an old one goes', {}, surge],
    ['with GPUs has an old one go before, since none may be spare', gpu, replace],
    [
      'with GPUs of a sidecar too',
      { initContainers: [{ ...gpu.containers[0], name: 'sidecar', restartPolicy: 'Always' }] },
      replace,
    ],
    [
      'with devices that it claims too',
      { resourceClaims: [{ name: 'gpu', resourceClaimTemplateName: 'gpu' }] },
      replace,
    ],
    ['with GPUs surges if it is asked to', { ...gpu, rollout: 'surge' }, surge],
    ['replaces if it is asked to', { rollout: 'replace' }, replace],
    ['replaces if it is asked to beside defaults that are left out', { rollout: 'replace', defaults: 'none' }, replace],
  ] as [string, ModelServerProps, object][])('%s', (_, props, expected) => {
    expect(rolling(props)).toEqual(expected);
  });

  test('is what the strategy says', () => {
    expect(spec({ strategy: { type: 'Recreate' } }).strategy).toEqual({ type: 'Recreate' });
  });

  test('fails on two that say it, and on a choice that is none', () => {
    const faults = (props: ModelServerProps) => faultsOf((chart) => new ModelServer(chart, 'a', props));
    expect(faults({ rollout: 'surge', strategy: { type: 'Recreate' } })).toEqual([
      'test/a: rollout: says what strategy says too, got "surge"; expected one of the two',
    ]);
    expect(faults({ rollout: 'canary' as 'surge' })).toEqual([
      `test/a: rollout: is not a choice, got "canary"; expected 'surge' or 'replace'`,
    ]);
  });
});

describe('replicas', () => {
  const spread = (topologyKey: string) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: labels },
    matchLabelKeys: ['pod-template-hash'],
  });

  test('two spread as far as they can, and one at a time is drained away', () => {
    const { Deployment, PodDisruptionBudget } = kinds({ replicas: 2 });
    expect(Deployment.spec.replicas).toBe(2);
    expect(Deployment.spec.template.spec.topologySpreadConstraints).toEqual([
      spread('kubernetes.io/hostname'),
      spread('topology.kubernetes.io/zone'),
    ]);
    expect(PodDisruptionBudget).toEqual({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'sentiment', labels },
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: labels } },
    });
  });

  test.each([
    ['one', { replicas: 1 }],
    ['none said', {}],
    ['one to start with', { autoscale: { maxReplicas: 4 } }],
  ] as [string, ModelServerProps][])('%s has no budget: it would stop the drain of a node', (_, props) => {
    expect(kinds(props).PodDisruptionBudget).toBeUndefined();
  });

  test('one does not spread', () => {
    expect(pod({ replicas: 1 }).topologySpreadConstraints).toBeUndefined();
  });

  test('spread as the constraints say that are given', () => {
    const topologySpreadConstraints = [
      { maxSkew: 2, topologyKey: 'rack', whenUnsatisfiable: 'DoNotSchedule' },
    ] as const;
    expect(pod({ replicas: 2, topologySpreadConstraints }).topologySpreadConstraints).toEqual(
      topologySpreadConstraints,
    );
  });
});

describe('autoscale', () => {
  test('by CPU, and no replicas: each synthesis would reset them', () => {
    const { Deployment, HorizontalPodAutoscaler, PodDisruptionBudget } = kinds({
      autoscale: { minReplicas: 2, maxReplicas: 8 },
    });
    expect(Deployment.spec.replicas).toBeUndefined();
    expect(HorizontalPodAutoscaler).toEqual({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'sentiment', labels },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'sentiment' },
        minReplicas: 2,
        maxReplicas: 8,
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
        ],
      },
    });
    expect(PodDisruptionBudget).toBeDefined();
  });

  test('by other metrics, and as fast as is said', () => {
    const pods = {
      type: 'Pods',
      pods: { metric: { name: 'queue' }, target: { type: 'AverageValue', averageValue: 4 } },
    };
    const behavior = { scaleDown: { stabilizationWindowSeconds: 30 } };
    const autoscale = { maxReplicas: 8, metrics: [pods], behavior };
    expect(kinds({ autoscale }).HorizontalPodAutoscaler.spec).toMatchObject({
      minReplicas: 1,
      metrics: [pods],
      behavior,
    });
    expect(
      kinds({ autoscale: { ...autoscale, cpuUtilization: 50 } }).HorizontalPodAutoscaler.spec.metrics,
    ).toHaveLength(2);
  });

  test('fails beside replicas', () => {
    const props = { replicas: 2, autoscale: { maxReplicas: 4 } };
    expect(faultsOf((chart) => new ModelServer(chart, 'a', props))).toEqual([
      'test/a: replicas: would be reset by each synthesis beside autoscale, got 2; expected autoscale.minReplicas',
    ]);
  });
});

describe('a model', () => {
  const parts = (model: ModelServerProps['model']) => {
    const { volumes, initContainers, containers } = pod({ model, defaults: 'none' });
    return { volumes, initContainers, mounts: containers[0].volumeMounts };
  };
  const mounts = [{ name: 'model', mountPath: '/models', readOnly: true }];

  test('from a claim is only read', () => {
    expect(parts({ claimName: 'models', subPath: 'sentiment', mountPath: '/model' })).toEqual({
      volumes: [{ name: 'model', persistentVolumeClaim: { claimName: 'models', readOnly: true } }],
      mounts: [{ name: 'model', mountPath: '/model', subPath: 'sentiment', readOnly: true }],
    });
  });

  test('from an image is a volume of it', () => {
    expect(parts({ image: 'models/sentiment:1', imagePullPolicy: 'IfNotPresent' })).toEqual({
      volumes: [{ name: 'model', image: { reference: 'models/sentiment:1', pullPolicy: 'IfNotPresent' } }],
      mounts,
    });
  });

  test('from a download is fetched first, by the one container that has the credentials', () => {
    const download = {
      image: 'fetch:1',
      args: ['models/sentiment', '/models'],
      env: { A: '1' },
      credentials: { name: 'store' },
      cache: { persistentVolumeClaim: { claimName: 'cache' } },
    };
    expect(parts({ download })).toEqual({
      volumes: [{ name: 'model', persistentVolumeClaim: { claimName: 'cache' } }],
      initContainers: [
        {
          name: 'download',
          image: 'fetch:1',
          args: ['models/sentiment', '/models'],
          env: [{ name: 'A', value: '1' }],
          envFrom: [{ secretRef: { name: 'store' } }],
          volumeMounts: [{ name: 'model', mountPath: '/models' }],
        },
      ],
      mounts,
    });
  });

  test('from a download without a cache is fetched by each pod', () => {
    expect(parts({ download: { image: 'fetch:1' } }).volumes).toEqual([{ name: 'model', emptyDir: {} }]);
  });

  test.each(['60', 1.5, -2000, Number.NaN])('fails for %p seconds to fetch it', (seconds) => {
    const model = { download: { image: 'fetch:1', seconds: seconds as number } };
    const [fault] = faultsOf((chart) => new ModelServer(chart, 'a', { model }));
    expect(fault).toMatch(/^test\/a: model\.download\.seconds: must be a whole number, got .*; expected 0 or more$/);
  });

  test('fails from nowhere, and from two places', () => {
    const faults = (model: ModelServerProps['model']) => faultsOf((chart) => new ModelServer(chart, 'a', { model }));
    expect(faults({})).toEqual([
      'test/a: model: comes from nowhere, got {}; expected one of claimName, image, download',
    ]);
    expect(faults({ claimName: 'a', image: 'b' })).toEqual([
      'test/a: model: comes from claimName and image, got {"claimName":"a","image":"b"}; ' +
        'expected one of claimName, image, download',
    ]);
  });
});

describe('leaving defaults out', () => {
  const props = { replicas: 2, loadSeconds: 1800 };
  const alone: Record<Exclude<ModelServerDefault, 'allowFromTeam'>, (kinds: Record<string, Manifest>) => unknown> = {
    startupProbe: ({ Deployment }) => Deployment.spec.template.spec.containers[0].startupProbe,
    readinessProbe: ({ Deployment }) => Deployment.spec.template.spec.containers[0].readinessProbe,
    livenessProbe: ({ Deployment }) => Deployment.spec.template.spec.containers[0].livenessProbe,
    drain: ({ Deployment }) => Deployment.spec.template.spec.containers[0].lifecycle,
    progressDeadlineSeconds: ({ Deployment }) => Deployment.spec.progressDeadlineSeconds,
    strategy: ({ Deployment }) => Deployment.spec.strategy,
    enableServiceLinks: ({ Deployment }) => Deployment.spec.template.spec.enableServiceLinks,
    spread: ({ Deployment }) => Deployment.spec.template.spec.topologySpreadConstraints,
    disruptionBudget: ({ PodDisruptionBudget }) => PodDisruptionBudget,
  };

  test.each(Object.entries(alone))('%s alone', (name, field) => {
    expect(field(kinds(props))).toBeDefined();
    expect(field(kinds({ ...props, defaults: { [name]: false } }))).toBeUndefined();
  });

  test('all at once leaves what makes it a server', () => {
    expect(
      objectsOf((chart) => new ModelServer(chart, 'sentiment', { defaults: 'none', containers: [container] })),
    ).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'sentiment' },
        spec: {
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [container] } },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'sentiment' },
        spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
      },
    ]);
  });
});

test('the fields of the DeploymentSpec pass', () => {
  const fields = {
    minReadySeconds: 5,
    paused: true,
    progressDeadlineSeconds: 60,
    replicas: 3,
    revisionHistoryLimit: 2,
  };
  expect(spec({ ...fields, loadSeconds: 1800 })).toMatchObject(fields);
});

test('labels of the pods that are set are selected by', () => {
  const podMetadata = { labels: { 'app.kubernetes.io/name': 'other' } };
  const { Deployment, Service } = kinds({ podMetadata });
  const selector = { ...labels, 'app.kubernetes.io/name': 'other' };
  expect(Deployment.spec.selector).toEqual({ matchLabels: selector });
  expect(Deployment.spec.template.metadata.labels).toEqual(selector);
  expect(Service.spec.selector).toEqual(selector);
});

test('its own Service makes no variables in its pods: VLLM_PORT of a Service vllm is one that vLLM reads', () => {
  expect(pod().enableServiceLinks).toBe(false);
  expect(pod({ enableServiceLinks: true }).enableServiceLinks).toBe(true);
});

test.each([
  [
    'allowFrom',
    { namespace: 'monitoring' },
    'allowFrom: must be a list, got {"namespace":"monitoring"}; expected a list',
  ],
  ['allowTo', ['monitoring'], 'allowTo[0]: must be an object, got "monitoring"; expected an object'],
  ['containers', [null], 'containers[0]: must be an object, got null; expected an object'],
])('fails with its place for %s %j', (prop, value, message) => {
  const construct = () => kindsOf((chart) => new ModelServer(chart, 'a', { [prop]: value }));
  expect(construct).toThrow(`test/a: ${message}`);
});

test.each([
  ['port', 0, '0', '1 to 65535'],
  ['loadSeconds', -1, '-1', '1 or more'],
  ['loadSeconds', Number.NaN, 'NaN', '1 or more'],
  ['drainSeconds', 1.5, '1.5', '0 or more'],
])('fails for %s %p', (prop, value, got, expected) => {
  expect(faultsOf((chart) => new ModelServer(chart, 'a', { [prop]: value }))).toEqual([
    `test/a: ${prop}: must be a whole number, got ${got}; expected ${expected}`,
  ]);
});

test.each([
  ['replicas that are no number', { replicas: Number.NaN }, '/spec/replicas'],
  ['fewer replicas than none', { replicas: -1 }, '/spec/replicas'],
  [
    'more replicas at the least than at the most',
    { autoscale: { minReplicas: 4, maxReplicas: 2 } },
    '/spec/maxReplicas',
  ],
] as [string, ModelServerProps, string][])('fails at the field for %s', (_, props, pointer) => {
  const errors = errorsOf((chart) => new ModelServer(chart, 'a', { containers: [container], ...props }));
  expect(errors.map(([, pointer]) => pointer)).toContain(pointer);
});

import { ApiObject, Chart, Duration, JsonPatch, Lazy, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { Env } from '../env';
import { Pod, type PodProps } from '../pod';
import { errorsOf, faultsOf, objectOf, objectsOf } from './support';

const container = { name: 'main', image: 'busybox:1.37' };
/** The Pod that props make, without defaults: what is left is what was said. */
const plainPod = (props: PodProps, add: (pod: Pod) => void = () => {}) =>
  objectOf((chart) => add(new Pod(chart, 'a', { defaults: 'none', containers: [container], ...props })));

test('an image by digest is what it says, to the letter', () => {
  const image = `registry.example.com:5000/team/app:1.4@sha256:${'0123456789abcdef'.repeat(4)}`;
  const { spec } = objectOf((chart) => new Pod(chart, 'a', { containers: [{ name: 'main', image }] }));
  expect(spec.containers[0].image).toBe(image);
});

describe('name and metadata', () => {
  const metadata = (props: PodProps, id = 'Hello.World') => objectOf((chart) => new Pod(chart, id, props)).metadata;

  test('the name is the id, exactly', () => {
    expect(metadata({})).toEqual({ name: 'Hello.World' });
  });

  test('unless metadata has a name', () => {
    expect(metadata({ metadata: { name: 'other', labels: { a: 'b' } } })).toEqual({
      name: 'other',
      labels: { a: 'b' },
    });
  });

  test('or a generateName', () => {
    expect(metadata({ metadata: { generateName: 'run-' } })).toEqual({ generateName: 'run-' });
  });

  test("the namespace and labels are the chart's", () => {
    const chart = new Chart(Testing.app(), 'test', { namespace: 'ml', labels: { team: 'a' } });
    const pod = new Pod(chart, 'a', { containers: [container] });
    expect(Testing.synth(chart)[0].metadata).toEqual({ name: 'a', namespace: 'ml', labels: { team: 'a' } });
    expect(pod.name).toBe('a');
  });

  test('labels and annotations can be added', () => {
    const { metadata } = plainPod({}, (pod) => {
      pod.metadata.addLabel('a', 'b');
      pod.metadata.addAnnotation('c', 'd');
    });
    expect(metadata).toEqual({ name: 'a', labels: { a: 'b' }, annotations: { c: 'd' } });
  });

  test.each(['', undefined])('fails with the path of the parent for the id %j', (id) => {
    expect(() => objectsOf((chart) => new Pod(chart, id as string))).toThrow(
      `test: id: must name the construct, got ${id === '' ? '""' : id}; expected a name such as 'hello'`,
    );
  });
});

describe('every API field passes', () => {
  test('as it was given', () => {
    const spec = {
      activeDeadlineSeconds: 60,
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } },
      dnsPolicy: 'None',
      dnsConfig: { nameservers: ['10.0.0.10'] },
      hostname: 'worker',
      hostPID: true,
      nodeSelector: { 'nvidia.com/gpu.product': 'A100' },
      priorityClassName: 'batch',
      resourceClaims: [{ name: 'gpu', resourceClaimTemplateName: 'gpu' }],
      resources: { limits: { cpu: 2 } },
      runtimeClassName: 'gvisor',
      schedulingGates: [{ name: 'example.com/wait' }],
      setHostnameAsFQDN: true,
      shareProcessNamespace: true,
      terminationGracePeriodSeconds: 0,
      tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: {} },
      ],
      initContainers: [{ name: 'sidecar', image: 'busybox:1.37', restartPolicy: 'Always' }],
      containers: [
        {
          ...container,
          ports: [{ name: 'http', containerPort: 8080 }],
          envFrom: [{ configMapRef: { name: 'settings' }, prefix: 'A_' }],
          resources: { limits: { 'nvidia.com/gpu': 1, 'hugepages-2Mi': '64Mi' }, claims: [{ name: 'gpu' }] },
          startupProbe: { tcpSocket: { port: 'http' }, failureThreshold: 60 },
          readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
          livenessProbe: { grpc: { port: 9000 }, terminationGracePeriodSeconds: 5 },
          lifecycle: { preStop: { sleep: { seconds: 5 } }, postStart: { exec: { command: ['true'] } } },
          resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }],
        },
      ],
      volumes: [
        { name: 'model', image: { reference: 'model:1', pullPolicy: 'IfNotPresent' } },
        { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } },
      ],
    } as const satisfies PodProps;
    expect(plainPod(spec).spec).toEqual(spec);
  });

  test('those too that no type knows yet', () => {
    const future = { futureField: { a: [1] } } as PodProps;
    expect(plainPod(future).spec).toEqual({ containers: [container], futureField: { a: [1] } });
  });

  test('a lazy value is resolved at synthesis', () => {
    let node = 'a';
    const lazy = { nodeName: Lazy.any({ produce: () => node }) };
    expect(plainPod(lazy, () => (node = 'b')).spec.nodeName).toBe('b');
  });

  test('a patch reaches any field, filled in ones too', () => {
    const { spec } = objectOf((chart) => {
      const pod = new Pod(chart, 'a', { containers: [container] });
      pod.pod.addJsonPatch(JsonPatch.remove('/spec/securityContext/runAsGroup'));
      ApiObject.of(pod).addJsonPatch(
        JsonPatch.add('/spec/containers/0/lifecycle', { preStop: { sleep: { seconds: 1 } } }),
      );
    });
    expect(spec.securityContext.runAsGroup).toBeUndefined();
    expect(spec.containers[0].lifecycle).toEqual({ preStop: { sleep: { seconds: 1 } } });
  });
});

describe('collections grow by additions alone', () => {
  test('containers, init containers, sidecars and volumes, in the order they are added', () => {
    const { spec } = plainPod({ volumes: [{ name: 'a', emptyDir: {} }] }, (pod) => {
      pod.addContainer({ name: 'second', image: 'python:3.11' });
      pod.addInitContainer({ name: 'init', image: 'busybox:1.37' });
      pod.addSidecar({ name: 'proxy', image: 'busybox:1.37' });
      pod.addVolume({ name: 'b', emptyDir: {} });
    });
    expect(spec).toEqual({
      containers: [container, { name: 'second', image: 'python:3.11' }],
      initContainers: [
        { name: 'init', image: 'busybox:1.37' },
        { name: 'proxy', image: 'busybox:1.37', restartPolicy: 'Always' },
      ],
      volumes: [
        { name: 'a', emptyDir: {} },
        { name: 'b', emptyDir: {} },
      ],
    });
  });

  test('the lists of the PodSpec', () => {
    const { spec } = plainPod({ tolerations: [{ key: 'a' }] }, (pod) => {
      pod.addTolerations({ key: 'b' }, { key: 'c' });
      pod.addTopologySpreadConstraints({ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' });
      pod.addSchedulingGates({ name: 'example.com/wait' });
      pod.addImagePullSecrets({ name: 'registry' });
      pod.addResourceClaims({ name: 'gpu', resourceClaimName: 'gpu' });
      pod.addHostAliases({ ip: '10.0.0.1', hostnames: ['db'] });
    });
    expect(spec).toEqual({
      containers: [container],
      tolerations: [{ key: 'a' }, { key: 'b' }, { key: 'c' }],
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }],
      schedulingGates: [{ name: 'example.com/wait' }],
      imagePullSecrets: [{ name: 'registry' }],
      resourceClaims: [{ name: 'gpu', resourceClaimName: 'gpu' }],
      hostAliases: [{ ip: '10.0.0.1', hostnames: ['db'] }],
    });
  });

  test('a mount reaches every container, those added later too, or the named ones', () => {
    const { spec } = plainPod({ volumes: [{ name: 'data', emptyDir: {} }] }, (pod) => {
      pod.addMount({ name: 'data', mountPath: '/data' });
      pod.addMount({ name: 'data', mountPath: '/out', subPath: 'out' }, { containers: ['later'] });
      pod.addContainer({ name: 'later', image: 'busybox:1.37' });
      pod.addInitContainer({ name: 'init', image: 'busybox:1.37' });
    });
    const data = { name: 'data', mountPath: '/data' };
    expect([...spec.initContainers, ...spec.containers].map(({ name, volumeMounts }) => [name, volumeMounts])).toEqual([
      ['init', [data]],
      ['main', [data]],
      ['later', [data, { name: 'data', mountPath: '/out', subPath: 'out' }]],
    ]);
  });

  test('a variable reaches every container but those that set it themselves, and the first addition stays', () => {
    const own = { ...container, name: 'own', env: { A: 'own' } };
    const { spec } = plainPod({ containers: [container, own] }, (pod) => {
      pod.addEnv({ A: '1' });
      pod.addEnv({ A: '2', B: '$(A)' });
      pod.addEnv([{ name: 'C', value: '3' }], { containers: ['own'] });
    });
    const b = { name: 'B', value: '$(A)' };
    expect(spec.containers.map(({ env }: { env: unknown }) => env)).toEqual([
      [{ name: 'A', value: '1' }, b],
      [{ name: 'A', value: 'own' }, b, { name: 'C', value: '3' }],
    ]);
  });

  test('fails when an addition names a container that is not there', () => {
    const faults = faultsOf((chart) => {
      const pod = new Pod(chart, 'a', { containers: [container] });
      pod.addMount({ name: 'data', mountPath: '/data' }, { containers: ['main', 'mian'] });
      pod.addEnv({ A: '1' }, { containers: ['b'] });
    });
    expect(faults).toEqual([
      'test/a: containers: names no container of this pod, got "mian"; expected one of main',
      'test/a: containers: names no container of this pod, got "b"; expected one of main',
    ]);
  });

  test('what a caller passed or got back changes nothing', () => {
    const props = { containers: [{ ...container, args: ['a'] }], nodeSelector: { a: 'b' } };
    const { spec } = plainPod(props, (pod) => {
      props.containers[0]?.args.push('b');
      props.nodeSelector.a = 'c';
      (pod.podSpec.containers as object[]).pop();
    });
    expect(spec).toEqual({ containers: [{ ...container, args: ['a'] }], nodeSelector: { a: 'b' } });
  });

  test('two containers that share a list of props keep lists of their own', () => {
    const env = [{ name: 'A', value: '1' }];
    const { spec } = plainPod({ containers: [] }, (pod) => {
      pod.addContainer({ ...container, name: 'a', env });
      pod.addContainer({ ...container, name: 'b', env });
      pod.addEnv({ B: '2' }, { containers: ['a'] });
    });
    expect(spec.containers[1].env).toEqual(env);
  });

  test('podSpec shows what would be emitted', () => {
    const pod = new Pod(new Chart(Testing.app(), 'test'), 'a', { containers: [container] });
    expect(pod.podSpec.securityContext?.runAsUser).toBe(65534);
  });
});

describe('env', () => {
  const env = (given: NonNullable<PodProps['containers']>[number]['env']) =>
    plainPod({ containers: [{ ...container, env: given }] }).spec.containers[0].env;

  test('is a record, or the API list', () => {
    const list = [
      { name: 'A', value: 'text' },
      { name: 'B', value: '8080' },
    ];
    expect(env({ A: 'text', B: 8080 })).toEqual(list);
    expect(env(list)).toEqual(list);
  });

  test('comes from ConfigMaps, Secrets and the Pod itself', () => {
    expect(
      env({
        A: Env.fromConfigMap('settings', 'a'),
        B: Env.fromSecret({ name: 'token' }, 'b', { optional: true }),
        C: Env.fromField("metadata.labels['app']"),
        D: Env.fromResource('limits.memory', { containerName: 'main', divisor: '1Mi' }),
      }),
    ).toEqual([
      { name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'a' } } },
      { name: 'B', valueFrom: { secretKeyRef: { name: 'token', key: 'b', optional: true } } },
      { name: 'C', valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } },
      {
        name: 'D',
        valueFrom: { resourceFieldRef: { resource: 'limits.memory', containerName: 'main', divisor: '1Mi' } },
      },
    ]);
  });

  test('an empty record is an empty list', () => {
    expect(env({})).toEqual([]);
  });

  test('that are known at synthesis are values as any others', () => {
    const late = Lazy.any({ produce: () => 'late' }) as string;
    expect(env({ A: late })).toEqual([{ name: 'A', value: 'late' }]);
  });

  test.each([
    ['a list', ['a']],
    ['a source without valueFrom', { configMapKeyRef: { name: 'a', key: 'b' } }],
    ['a duration', Duration.seconds(5)],
  ])('that are %s are refused, and not left out', (_, value) => {
    const props = { containers: [{ ...container, env: { A: value as unknown as string } }] };
    const errors = errorsOf((chart) => new Pod(chart, 'a', { defaults: 'none', ...props }));
    expect(errors.map(([, pointer]) => pointer)).toEqual(['/spec/containers/0/env/0/value']);
  });
});

test('a subclass adds to itself in its constructor, and children beside', () => {
  class Worker extends Pod {
    constructor(scope: Construct, id: string) {
      super(scope, id, { defaults: 'none' });
      this.addContainer(container);
      new Pod(this, 'helper', { defaults: 'none', containers: [container] });
    }
  }
  expect(objectsOf((chart) => new Worker(chart, 'a')).map(({ metadata, spec }) => [metadata.name, spec])).toEqual([
    ['a', { containers: [container] }],
    ['helper', { containers: [container] }],
  ]);
});

test('a pod can be made below any construct of a chart', () => {
  expect(
    objectOf((chart) => new Pod(new Construct(chart, 'group'), 'a', { containers: [container] })).metadata,
  ).toEqual({
    name: 'a',
  });
});

test('the compiler refuses fields that the API does not have, and the lack of those it requires', () => {
  const props: PodProps[] = [
    // @ts-expect-error the API says hostPID
    { hostPid: true },
    // @ts-expect-error a container has a name
    { containers: [{ image: 'busybox:1.37' }] },
    // @ts-expect-error not a default
    { defaults: { seccomp: false } },
    // @ts-expect-error a number is no duration
    { containers: [{ ...container, readinessProbe: { periodSeconds: '5' } }] },
    // @ts-expect-error not a restart policy
    { restartPolicy: 'Sometimes' },
  ];
  expect(props).toHaveLength(5);
});

import { Duration, Size } from 'cdk8s';
import * as plus27 from 'cdk8s-plus-27';
import * as plus34 from 'cdk8s-plus-34';
import { Pod } from '../pod';
import { nameOf, plain } from '../values';
import { objectOf } from './support';

const container = { name: 'main', image: 'busybox:1.37' };

describe.each([
  ['cdk8s-plus-27', plus27],
  // The types of the two are told apart by the compiler alone; the test at the end holds the newer one's.
  ['cdk8s-plus-34', plus34 as unknown as typeof plus27],
])('values of %s', (_, plus) => {
  test('stand for quantities and for values of variables', () => {
    const { spec } = objectOf((chart) => {
      const settings = plus.ConfigMap.fromConfigMapName(chart, 'settings', 'settings');
      const secret = plus.Secret.fromSecretName(chart, 'token', 'token');
      new Pod(chart, 'a', {
        defaults: 'none',
        containers: [
          {
            ...container,
            resources: {
              requests: { cpu: plus.Cpu.millis(100), memory: Size.mebibytes(64), 'nvidia.com/gpu': 1 },
              limits: { cpu: plus.Cpu.units(2), 'ephemeral-storage': Size.gibibytes(1) },
            },
            env: {
              A: plus.EnvValue.fromValue('a'),
              B: plus.EnvValue.fromConfigMap(settings, 'b'),
              C: plus.EnvValue.fromSecretValue({ secret, key: 'c' }),
              D: plus.EnvValue.fromFieldRef(plus.EnvFieldPaths.POD_IP),
              E: plus.EnvValue.fromResource(plus.ResourceFieldPaths.CPU_LIMIT, { divisor: '1m' }),
            },
          },
        ],
      });
    });
    const [main] = spec.containers;
    expect(main.resources).toEqual({
      requests: { cpu: '100m', memory: '64Mi', 'nvidia.com/gpu': 1 },
      limits: { cpu: '2', 'ephemeral-storage': '1Gi' },
    });
    expect(main.env).toEqual([
      { name: 'A', value: 'a' },
      { name: 'B', valueFrom: { configMapKeyRef: { name: 'settings', key: 'b' } } },
      { name: 'C', valueFrom: { secretKeyRef: { name: 'token', key: 'c' } } },
      { name: 'D', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      { name: 'E', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
    ]);
  });
});

test('durations stand for seconds, and sizes for limits of volumes', () => {
  const { spec } = objectOf((chart) => {
    new Pod(chart, 'a', {
      defaults: 'none',
      terminationGracePeriodSeconds: Duration.minutes(2),
      containers: [
        {
          ...container,
          readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: Duration.seconds(5) },
          lifecycle: { preStop: { sleep: { seconds: Duration.seconds(3) } } },
        },
      ],
      volumes: [{ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: Size.gibibytes(1) } }],
    });
  });
  expect(spec).toEqual({
    terminationGracePeriodSeconds: 120,
    containers: [
      {
        ...container,
        readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: 5 },
        lifecycle: { preStop: { sleep: { seconds: 3 } } },
      },
    ],
    volumes: [{ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } }],
  });
});

test('integers and quantities of generated imports become plain', () => {
  const { IntOrString, Quantity } = plus27.k8s;
  expect(plain({ a: Quantity.fromString('1Gi'), b: [IntOrString.fromNumber(8080)] })).toEqual({ a: '1Gi', b: [8080] });
});

test('what is neither plain nor known stays, for synthesis to refuse', () => {
  const date = new Date(0);
  expect(plain({ date })).toEqual({ date });
});

test('an object of an own `value` field is not taken for a quantity', () => {
  expect(plain({ name: 'A', value: '1' })).toEqual({ name: 'A', value: '1' });
});

test('a name stands for itself, and a construct for its name', () => {
  expect([nameOf('a'), nameOf({ name: 'b' })]).toEqual(['a', 'b']);
});

test('the types of the newer cdk8s-plus fit as well', () => {
  const { spec } = objectOf((chart) => {
    new Pod(chart, 'a', {
      defaults: 'none',
      containers: [
        {
          ...container,
          env: { A: plus34.EnvValue.fromValue('a') },
          resources: { limits: { cpu: plus34.Cpu.units(1) } },
        },
      ],
    });
  });
  expect(spec.containers).toEqual([
    { ...container, env: [{ name: 'A', value: 'a' }], resources: { limits: { cpu: '1' } } },
  ]);
});

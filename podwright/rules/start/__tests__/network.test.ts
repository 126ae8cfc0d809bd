import { findings } from '../../__tests__/support';
import { sample, sampleDeployment, samplePod } from '../../samples';
import { lowPort } from '../low-port';
import { namedPort } from '../named-port';
import { probePort } from '../probe-port';
import { selectsNothing } from '../selects-nothing';
import { undeclaredPort } from '../undeclared-port';

const service = (spec: object, metadata: object = {}) =>
  sample('v1', 'Service', 's', { spec: { ports: [{ port: 80 }], ...spec } }, metadata);
const policy = (podSelector: object) => sample('networking.k8s.io/v1', 'NetworkPolicy', 'p', { spec: { podSelector } });

test('a selector is looked for among the pods of its namespace', () => {
  const web = samplePod('a', {}, {}, { namespace: 'ml', labels: { app: 'web' } });
  const selector = { app: 'web' };
  expect(findings(selectsNothing, [service({ selector }, { namespace: 'ml' }), web])).toEqual([]);
  expect(findings(selectsNothing, [service({ selector }, { namespace: 'web' }), web])).toEqual([
    'Service s /spec/selector: selects no pod of the program, got {"app":"web"}; expected labels that pods of namespace web have',
  ]);
});

test('labels that must all be there, and demands, are those of one pod', () => {
  const pods = [samplePod('a', {}, {}, { labels: { a: '1' } }), samplePod('b', {}, {}, { labels: { b: '1' } })];
  const demand = { matchExpressions: [{ key: 'a', operator: 'In', values: ['2'] }] };
  expect(findings(selectsNothing, [...pods, policy({ matchLabels: { a: '1', b: '1' } }), policy(demand)])).toEqual([
    'NetworkPolicy p /spec/podSelector: selects no pod of the program, got {"a":"1","b":"1"}; expected labels that pods have',
    'NetworkPolicy p /spec/podSelector: selects no pod of the program, got {"matchExpressions":[{"key":"a","operator":"In","values":["2"]}]}; expected labels that pods have',
  ]);
});

test.each([
  ['an empty podSelector', [policy({})]],
  ['a Service without a selector', [service({})]],
  [
    'a label that a controller adds',
    [policy({ matchLabels: { 'batch.kubernetes.io/job-name': 'x' } }), samplePod('a')],
  ],
  [
    'pods of a custom resource',
    [service({ selector: { a: '1' } }), sample('ray.io/v1', 'RayCluster', 'r', { spec: {} })],
  ],
])('%s is not looked at', (_, objects) => {
  expect(findings(selectsNothing, objects)).toEqual([]);
});

test("a named port may be a sidecar's, and a number needs no name", () => {
  const named = (targetPort: unknown) => service({ selector: { app: 'web' }, ports: [{ port: 80, targetPort }] });
  const sidecar = { name: 'proxy', image: 'a', restartPolicy: 'Always', ports: [{ name: 'proxy', containerPort: 1 }] };
  const init = { name: 'init', image: 'a', ports: [{ name: 'init', containerPort: 2 }] };
  const web = sampleDeployment('web', {}, {}, { initContainers: [sidecar, init] });
  expect(findings(namedPort, [named('proxy'), named(8080), named('8080'), web])).toEqual([]);
  expect(findings(namedPort, [named('init'), web])).toEqual([
    'Service s /spec/ports/0/targetPort: is no container port of the pods that are selected, got "init"; expected one of proxy, or a number',
  ]);
});

test('a probe of another host by a name looks for it in its own container, as the kubelet does', () => {
  const pod = samplePod('a', { livenessProbe: { httpGet: { host: 'other', port: 'web' } } });
  expect(findings(probePort, [pod])).toEqual([
    'Pod a /spec/containers/0/livenessProbe/httpGet/port: is no port of container main, got "web"; expected a number',
  ]);
});

test('a Service that selects nothing is not told twice', () => {
  const named = service({ selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'x' }] });
  expect(findings(namedPort, [named])).toEqual([]);
});

test('probes and hooks look for a named port in their own container', () => {
  const port = { name: 'http', containerPort: 80 };
  const pod = samplePod('a', {
    livenessProbe: { tcpSocket: { port: 'http' } },
    lifecycle: { preStop: { httpGet: { port: 'web' } } },
  });
  pod.spec.containers.push({ name: 'other', image: 'a', ports: [port] } as never);
  expect(findings(probePort, [pod])).toEqual([
    'Pod a /spec/containers/0/livenessProbe/tcpSocket/port: is no port of container main, got "http"; expected a number',
    'Pod a /spec/containers/0/lifecycle/preStop/httpGet/port: is no port of container main, got "web"; expected a number',
  ]);
});

test.each([
  ['runAsUser of the pod', { runAsUser: 1 }, {}],
  ['runAsUser of the container', { runAsUser: 0 }, { runAsUser: 1 }],
  ['runAsNonRoot', { runAsNonRoot: true }, {}],
])('a port below 1024 is told where nobody is root by %s', (_, pod, container) => {
  const ports = [{ containerPort: 1024 }, { containerPort: 443 }];
  expect(findings(lowPort, [samplePod('a', { ports, securityContext: container }, { securityContext: pod })])).toEqual([
    'Pod a /spec/containers/0/ports/1/containerPort: is below 1024, where only root may listen, got 443',
  ]);
});

test('root, an unknown user and an opened port may listen anywhere', () => {
  const ports = [{ containerPort: 443 }];
  const sysctls = [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }];
  for (const securityContext of [{ runAsUser: 0 }, {}, { runAsUser: 1, sysctls }]) {
    expect(findings(lowPort, [samplePod('a', { ports }, { securityContext })])).toEqual([]);
  }
});

describe('undeclared-port', () => {
  const listed = (container: object = {}, spec: object = {}) =>
    sampleDeployment('web', {}, { ports: [{ containerPort: 8000 }], ...container }, spec);
  const port = (one: object, fields: object = {}) => service({ selector: { app: 'web' }, ports: [one], ...fields });
  const AT = 'Service s /spec/ports/0';
  const of = (...objects: object[]) => findings(undeclaredPort, objects);

  test('ports that cannot be read are not compared', () => {
    const none = [null, {}, { port: null }, { port: 80, targetPort: {} }];
    expect(of(...none.map((one) => port(one as object)), listed({ ports: [null, {}] }))).toEqual([]);
  });

  test("a Service's number is looked for among what all containers list", () => {
    const rest = 'is no port that the containers of the pods that are selected list, got';
    expect(of(port({ port: 80, targetPort: 8080 }), listed())).toEqual([
      `${AT}/targetPort: ${rest} 8080; expected one of theirs: 8000`,
    ]);
    expect(of(port({ port: 80 }), listed())).toEqual([`${AT}/port: ${rest} 80; expected one of theirs: 8000`]);
    expect(of(port({ port: 80, targetPort: 8000, protocol: 'UDP' }), listed())).toHaveLength(1);
    expect(of(port({ port: 80, targetPort: 8000 }), listed())).toEqual([]);
  });

  test('a probe or hook of another host is not looked at', () => {
    const get = (host?: string) => ({ httpGet: { host, port: 9100 }, tcpSocket: { host, port: 9100 } });
    const asking = (host?: string) => listed({ livenessProbe: get(host), lifecycle: { postStart: get(host) } });
    expect([of(asking('169.254.169.254')), of(asking('')).length, of(asking()).length]).toEqual([[], 1, 1]);
  });

  test.each(['metrics', 'http-metrics', 'metrics-tls', 'admin', 'debug', 'profiling', 'health'])(
    'a container that lists %s alone has its own port beside it',
    (name) => {
      const beside = listed({ ports: [{ name, containerPort: 9090 }], readinessProbe: { httpGet: { port: 8080 } } });
      expect(of(port({ port: 80, targetPort: 8080 }), beside)).toEqual([]);
      const both = listed({
        ports: [
          { name, containerPort: 9090 },
          { name: 'http', containerPort: 8000 },
        ],
      });
      expect(of(port({ port: 80, targetPort: 8080 }), both)).toHaveLength(1);
    },
  );

  test.each([
    ['labels', { 'sidecar.istio.io/inject': 'true' }],
    ['labels', { 'istio-injection': 'enabled' }],
    ['labels', { 'istio.io/rev': 'stable' }],
    ['labels', { 'istio.io/dataplane-mode': 'ambient' }],
    ['annotations', { 'linkerd.io/inject': 'enabled' }],
  ])('pods with %s %j, or in a namespace with them, may have any', (field, map) => {
    const shop = { namespace: 'shop' };
    const asked = service(
      {
        selector: { app: 'web' },
        ports: [
          { port: 80, targetPort: 15020 },
          { port: 81, targetPort: 'proxy' },
        ],
      },
      shop,
    );
    const pod = (more: Record<string, object> = {}) =>
      samplePod(
        'web',
        { ports: [{ name: 'http', containerPort: 8000 }] },
        {},
        { ...shop, ...more, labels: { app: 'web', ...more.labels } },
      );
    const marked = sample('v1', 'Namespace', 'shop', {}, { [field]: map });
    for (const objects of [[pod({ [field]: map })], [pod(), marked]]) {
      expect([...of(asked, ...objects), ...findings(namedPort, [asked, ...objects])]).toEqual([]);
    }
    const off = pod({ [field]: Object.fromEntries(Object.keys(map).map((key) => [`x-${key}`, 'true'])) });
    expect([...of(asked, off), ...findings(namedPort, [asked, off])]).toHaveLength(2);
  });

  test('a probe is told once a number, and may ask another container', () => {
    const ask = (number: number) => ({
      startupProbe: { httpGet: { port: number } },
      livenessProbe: { grpc: { port: number } },
      lifecycle: { preStop: { tcpSocket: { port: number } } },
    });
    expect(of(listed(ask(8080)))).toEqual([
      'Deployment web /spec/template/spec/containers/0/startupProbe/httpGet/port: is no port that the containers of the pod list, got 8080; expected one of theirs: 8000',
    ]);
    const initContainers = [{ name: 'p', image: 'a', restartPolicy: 'Always', ports: [{ containerPort: 8080 }] }];
    expect(of(listed(ask(8080), { initContainers }))).toEqual([]);
  });

  test.each([
    ['a container that lists no port', [port({ port: 80 }), listed({ ports: [] })]],
    [
      'a sidecar that lists no port',
      [port({ port: 80 }), listed({}, { initContainers: [{ name: 'p', image: 'a', restartPolicy: 'Always' }] })],
    ],
    ['a headless Service', [port({ port: 80 }, { clusterIP: 'None' }), listed()]],
    ['a name', [port({ port: 80, targetPort: 'http' }), listed()]],
    ['a Service of nobody', [port({ port: 80 })]],
  ])('%s is not looked at', (_, objects) => {
    expect(of(...objects)).toEqual([]);
  });
});

import { findings } from '../../__tests__/support';
import { sample, sampleDeployment, samplePod } from '../../samples';
import { closedService } from '../closed-service';
import { policyPort } from '../policy-port';
import { unreachable } from '../unreachable';

const shop = { namespace: 'shop' };
const store = { namespace: 'store' };
const namespaces = ['shop', 'store'].map((name) => sample('v1', 'Namespace', name));
const policy = (name: string, spec: object, metadata: object = shop) =>
  sample('networking.k8s.io/v1', 'NetworkPolicy', name, { spec: { podSelector: {}, ...spec } }, metadata);
const closed = policy('closed', { policyTypes: ['Ingress', 'Egress'] });
const service = (ports: object[], fields: object = {}, metadata: object = shop) =>
  sample('v1', 'Service', 'web', { spec: { selector: { app: 'web' }, ports, ...fields } }, metadata);
const web = service([{ port: 80, targetPort: 8080 }]);
const server = (metadata: object = shop, spec: object = {}) =>
  samplePod('web', { ports: [{ name: 'http', containerPort: 8080 }] }, spec, { ...metadata, labels: { app: 'web' } });
const client = (container: object, spec: object = {}) =>
  samplePod('client', container, spec, { ...shop, labels: { app: 'client' } });
const told = (...args: string[]) => client({ args });
const inNamespace = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});

describe('unreachable', () => {
  const OUT = 'names Service web, which the pod is not let out to, got';
  const of = (...objects: object[]) => findings(unreachable, [...namespaces, ...objects]);

  test('what cannot be read names nobody', () => {
    const texts = ['://', 'http://', 'http://:80', 'http://.shop', 'http://web:99999999', 7, null, '://'.repeat(1000)];
    const hostile = client({ command: texts, env: [null, {}, { value: 'http://web' }] });
    const broken = [
      policy('null', { ingress: [null], egress: null }),
      policy('peers', { egress: [{ to: [null] }] }),
      sample('networking.k8s.io/v1', 'NetworkPolicy', 'none', {}, shop),
    ];
    expect(of(hostile, server(), service([null as never]), ...broken)).toEqual([]);
  });

  test('an argument, a command or a variable names a Service that the pod is not let out to', () => {
    const pod = client({
      command: ['sh', '-c', 'curl http://web/x'],
      env: [{ name: 'API', value: 'http://web.shop' }],
    });
    const rest = 'expected an egress rule to TCP 8080 of its pods, beside those of closed';
    expect(of(closed, web, server(), pod, told('a', '--api=http://u:secret@web.shop.svc.cluster.local:80/x'))).toEqual([
      `Pod client /spec/containers/0/command/2: ${OUT} "http://web"; ${rest}`,
      `Pod client /spec/containers/0/env/0/value: ${OUT} "http://web.shop"; ${rest}`,
      `Pod client /spec/containers/0/args/1: ${OUT} "http://web.shop.svc.cluster.local:80"; ${rest}`,
    ]);
  });

  test('whoever is let out must be let in, by the port of the pods', () => {
    const egress = policy('out', { policyTypes: ['Egress'], egress: [{ to: [inNamespace('store')] }] });
    const ingress = (port: number | string) =>
      policy('web', { ingress: [{ from: [inNamespace('shop')], ports: [{ port }] }] }, store);
    const objects = [closed, egress, service([{ port: 80, targetPort: 'http' }], {}, store), server(store)];
    expect(of(...objects, ingress(80), told('http://web.store'))).toEqual([
      'Pod client /spec/containers/0/args/0: names Service web, whose pods do not let this one in, got "http://web.store"; expected an ingress rule for TCP 8080 of its pods, beside those of web',
    ]);
    expect(of(...objects, ingress(8080), told('http://web.store'))).toEqual([]);
    expect(of(...objects, ingress('http'), told('http://web.store'))).toEqual([]);
  });

  test('a headless Service is reached at the ports of its pods', () => {
    const open = policy('out', { policyTypes: ['Egress'], egress: [{ ports: [{ port: 9000 }] }] });
    const objects = [closed, open, policy('in', { ingress: [{}] }), service([], { clusterIP: 'None' }), server()];
    expect(of(...objects, told('http://web:9000'))).toEqual([]);
    expect(of(...objects, told('http://web:8080'))).toHaveLength(1);
  });

  test.each([
    ['a host outside, or a Service of nobody', [closed, web, server(), told('https://web.example.com', 'http://db')]],
    ['a host that a variable is part of', [closed, web, server(), told('http://web$(N)', 'http://web:$(PORT)')]],
    ['a port that the Service has not', [closed, web, server(), told('http://web:81', 'redis://web:1')]],
    [
      'a pod that no policy selects',
      [policy('x', { podSelector: { matchLabels: { a: 'b' } } }), web, server(), told('http://web')],
    ],
    [
      'peers by address',
      [
        closed,
        policy('any', { egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }], ingress: [{}] }),
        web,
        server(),
        told('http://web'),
      ],
    ],
    [
      'a pod in the network of its node',
      [closed, web, server(), client({ args: ['http://web'] }, { hostNetwork: true })],
    ],
    [
      'a Service of pods in the network of their node',
      [closed, web, server(shop, { hostNetwork: true }), told('http://web')],
    ],
    [
      'a Service without a selector',
      [closed, service([{ port: 80 }], { selector: undefined }), server(), told('http://web')],
    ],
    [
      'policies of another kind',
      [closed, web, server(), told('http://web'), sample('cilium.io/v2', 'CiliumNetworkPolicy', 'c')],
    ],
    ['a policy of no namespace', [closed, policy('p', {}, {}), web, server(), told('http://web')]],
    [
      'a policy by labels that controllers add',
      [
        closed,
        policy('j', { podSelector: { matchLabels: { 'batch.kubernetes.io/job-completion-index': '0' } } }),
        web,
        server(),
        told('http://web'),
      ],
    ],
    [
      'a Service of its own pods',
      [closed, web, samplePod('web', { args: ['http://web'] }, {}, { ...shop, labels: { app: 'web' } })],
    ],
  ])('%s is not looked at', (_, objects) => {
    expect(of(...objects)).toEqual([]);
  });

  test('namespaces and policies of others are not looked at', () => {
    const objects = [closed, web, server(), told('http://web')];
    expect(findings(unreachable, objects)).toEqual([]);
    const externals = [{ kind: 'networking.k8s.io/NetworkPolicy', namespace: 'shop' }];
    expect(findings(unreachable, [...namespaces, ...objects], { externals })).toEqual([]);
    expect(findings(unreachable, [...namespaces, ...objects], { complete: false })).toEqual([]);
  });

  test('one of the pods that is reached is enough', () => {
    const other = samplePod('open', {}, {}, { ...store, labels: { app: 'web' } });
    const objects = [closed, policy('out', { policyTypes: ['Egress'], egress: [{}] }), told('http://web.store')];
    const shut = policy('shut', { podSelector: { matchLabels: { shut: 'yes' } } }, store);
    const both = samplePod('shut', {}, {}, { ...store, labels: { app: 'web', shut: 'yes' } });
    const behind = service([{ port: 80 }], {}, store);
    expect(of(...objects, shut, behind, both)).toHaveLength(1);
    expect(of(...objects, shut, behind, both, other)).toEqual([]);
  });
});

describe('closed-service', () => {
  const ingress = (port: object = { number: 80 }) =>
    sample(
      'networking.k8s.io/v1',
      'Ingress',
      'web',
      {
        spec: { rules: [{ http: { paths: [{ path: '/', backend: { service: { name: 'web', port } } }] } }] },
      },
      shop,
    );
  const route = (parent: object) =>
    sample(
      'gateway.networking.k8s.io/v1',
      'HTTPRoute',
      'web',
      {
        spec: { parentRefs: [parent], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
      },
      shop,
    );
  const of = (...objects: object[]) => findings(closedService, [...namespaces, web, server(), ...objects]);
  const letIn = (...from: object[]) => policy('web', { ingress: [{ from, ports: [{ port: 8080 }] }] });
  const WHO = 'expected an ingress rule for whoever routes to it, in a NetworkPolicy of its pods';
  const AT = '/spec/rules/0/http/paths/0/backend/service/name: is a Service whose pods let in';

  test('backends that cannot be read are nobody', () => {
    const broken = [null, {}, { backend: null }, { backend: { service: { name: 7 } } }];
    const objects = [
      sample('networking.k8s.io/v1', 'Ingress', 'i', { spec: { rules: [{ http: { paths: broken } }, null] } }, shop),
    ];
    expect(of(letIn({ podSelector: {} }), ...objects)).toEqual([]);
  });

  test('an Ingress whose backend lets in pods of the program alone', () => {
    const caller = samplePod('caller', {}, {}, store);
    expect(of(letIn({ podSelector: {} }, inNamespace('store')), caller, ingress())).toEqual([
      `Ingress web ${AT} only pods of namespace shop, store, got "web"; ${WHO}`,
    ]);
    const metrics = policy('metrics', { ingress: [{ ports: [{ port: 9090 }] }] });
    expect(of(letIn({ podSelector: {} }), metrics, ingress())).toHaveLength(1);
  });

  test('a Service that nobody reaches is told itself, unless others than pods may ask', () => {
    const scraped = policy('web', { ingress: [{ ports: [{ port: 9090 }] }] });
    expect(of(closed, scraped, ingress())).toEqual([
      'Service web /spec/selector: selects pods that let nobody in at port 8080; expected an ingress rule for whoever asks, in a NetworkPolicy of these pods',
    ]);
    const others = [service([{ port: 80 }], { type: 'NodePort' }), service([{ port: 80 }], { clusterIP: 'None' })];
    expect(findings(closedService, [...namespaces, closed, server(), ...others])).toEqual([]);
    const hook = sample('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'v');
    expect(of(closed, hook)).toEqual([]);
  });

  test('a route by a gateway of another namespace is not let in, one of the own may be', () => {
    expect(of(letIn({ podSelector: {} }), route({ name: 'gw', namespace: 'gateways' }))).toEqual([
      `HTTPRoute web /spec/rules/0/backendRefs/0/name: is a Service whose pods let in only pods of namespace shop, got "web"; ${WHO}`,
    ]);
    expect(of(letIn({ podSelector: {} }), route({ name: 'gw' }))).toEqual([]);
  });

  test.each([
    ['another namespace', [letIn(inNamespace('ingress-nginx'))]],
    ['a namespace of the program that others bring the pods of', [letIn({ podSelector: {} }, inNamespace('store'))]],
    ['pods that are not among the objects', [letIn({ podSelector: { matchLabels: { app: 'proxy' } } })]],
    ['labels of namespaces', [letIn({ namespaceSelector: { matchLabels: { edge: 'yes' } } })]],
    ['every namespace', [letIn({ namespaceSelector: {} })]],
    ['addresses', [letIn({ ipBlock: { cidr: '10.0.0.0/8' } })]],
    ['everybody', [policy('web', { ingress: [{}] })]],
    [
      'their own namespace, where the program brings the controller',
      [letIn({ podSelector: {} }), sample('networking.k8s.io/v1', 'IngressClass', 'own')],
    ],
    ['everybody, by a policy of the other direction', [policy('web', { policyTypes: ['Egress'] })]],
  ])('pods that let in %s are not looked at', (_, objects) => {
    expect(of(...objects, ingress())).toEqual([]);
  });

  test('pods of a mesh are not looked at: it may ask a port of its own', () => {
    const mesh = sample('v1', 'Namespace', 'shop', {}, { labels: { 'istio.io/dataplane-mode': 'ambient' } });
    const objects = [mesh, web, server(), closed];
    expect(findings(closedService, objects)).toEqual([]);
    expect(findings(unreachable, [...objects, told('http://web')])).toEqual([]);
  });

  test('a Service that nodes ask for is not looked at', () => {
    const open = service([{ port: 80, targetPort: 8080 }], { type: 'NodePort' });
    const objects = [...namespaces, open, server(), letIn({ podSelector: {} })];
    expect(findings(closedService, [...objects, ingress()])).toEqual([]);
  });

  test('ports and Services that are not there are not looked at', () => {
    expect(of(letIn({ podSelector: {} }), ingress({ number: 81 }))).toEqual([]);
    expect(findings(closedService, [...namespaces, closed, ingress()])).toEqual([]);
  });
});

describe('policy-port', () => {
  const deployment = (container: object, spec: object = {}) => sampleDeployment('web', {}, container, spec);
  const declared = { ports: [{ name: 'http', containerPort: 8080 }] };
  const plain = (spec: object) => policy('p', { podSelector: { matchLabels: { app: 'web' } }, ...spec }, {});
  const rule = (...ports: object[]) => plain({ ingress: [{ ports }] });
  const AT = 'NetworkPolicy p /spec/ingress/0/ports/0/port:';
  const of = (...objects: object[]) => findings(policyPort, objects);

  test('rules that cannot be read are about nobody', () => {
    expect(
      of(deployment(declared), plain({ ingress: [null, { ports: [null, {}] }] }), plain({ egress: [{ to: [null] }] })),
    ).toEqual([]);
  });

  test("the port of a Service is not its pods' own", () => {
    const behind = service([{ port: 80, targetPort: 8080 }], {}, {});
    expect(of(behind, deployment(declared), rule({ port: 80 }))).toEqual([
      `${AT} is the port of Service web, and not of its pods, got 80; expected 8080`,
    ]);
    expect(of(behind, deployment({}), rule({ port: 80 }))).toHaveLength(1);
    expect(of(behind, deployment({}), rule({ port: 80, endPort: 90 }), rule({ port: 81 }))).toEqual([]);
    expect(of(deployment(declared), rule({ port: 9090 }))).toEqual([
      `${AT} is no port of the pods that it is about, got 9090; expected one of theirs: 8080`,
    ]);
  });

  test('a name is looked for whatever else the pods may have', () => {
    expect(of(deployment(declared), rule({ port: 'web' }))).toEqual([
      `${AT} is no port of the pods that it is about, got "web"; expected one of theirs: http`,
    ]);
    expect(of(deployment({}), rule({ port: 'web' }))).toEqual([
      `${AT} is no port of the pods that it is about, got "web"; expected a number: theirs have no names`,
    ]);
    expect(of(deployment(declared), rule({ port: 'http' }))).toEqual([]);
  });

  test('a range, a protocol and a sidecar count', () => {
    expect(of(deployment(declared), rule({ port: 8000, endPort: 8100 }))).toEqual([]);
    expect(of(deployment(declared), rule({ port: 8080, protocol: 'UDP' }))).toHaveLength(1);
    const initContainers = [{ name: 's', image: 'a', restartPolicy: 'Always', ports: [{ containerPort: 9090 }] }];
    expect(of(deployment(declared, { initContainers }), rule({ port: 9090 }))).toEqual([]);
  });

  test("a mesh's pods have ports of their own, by number and by name; a Service's port is none all the same", () => {
    const labels = { 'sidecar.istio.io/inject': 'true' };
    const meshed = samplePod('web', declared, {}, { labels: { app: 'web', ...labels } });
    expect(of(meshed, rule({ port: 15020 }, { port: 'http-envoy-prom' }))).toEqual([]);
    const behind = service([{ port: 80, targetPort: 8080 }], {}, {});
    expect(of(behind, meshed, rule({ port: 80 }))).toHaveLength(1);
    const mesh = sample('v1', 'Namespace', 'shop', {}, { annotations: { 'linkerd.io/inject': 'enabled' } });
    const scraped = policy('scraped', { ingress: [{ ports: [{ port: 4191 }] }] });
    expect(of(mesh, server(), scraped)).toEqual([]);
    expect(of(...namespaces, server(), scraped)).toHaveLength(1);
  });

  test('what pods are let out to is looked for in the namespaces that peers name', () => {
    const egress = (...to: object[]) =>
      policy('p', { policyTypes: ['Egress'], egress: [{ to, ports: [{ port: 80 }] }] });
    expect(of(...namespaces, server(store), egress(inNamespace('store')))).toEqual([
      'NetworkPolicy p /spec/egress/0/ports/0/port: is no port of the pods that it is about, got 80; expected one of theirs: 8080',
    ]);
    expect(of(...namespaces, server(store), egress(inNamespace('other')))).toEqual([]);
    expect(of(...namespaces, server(store), egress(inNamespace('store'), { ipBlock: { cidr: '10.0.0.0/8' } }))).toEqual(
      [],
    );
    expect(of(...namespaces, server(store), egress())).toEqual([]);
  });

  test.each([
    ['containers that list no ports', [deployment({}), rule({ port: 9090 })]],
    [
      'a container beside one that does',
      [
        deployment(declared, { initContainers: [{ name: 's', image: 'a', restartPolicy: 'Always' }] }),
        rule({ port: 9090 }),
      ],
    ],
    ['a pod in the network of its node', [deployment(declared, { hostNetwork: true }), rule({ port: 9090 })]],
    ['pods of a custom resource', [deployment(declared), sample('ray.io/v1', 'RayCluster', 'r'), rule({ port: 9090 })]],
    ['no pods at all', [rule({ port: 9090 })]],
    [
      'the namespace of others',
      [server({ namespace: 'other' }), policy('o', { ingress: [{ ports: [{ port: 9090 }] }] }, { namespace: 'other' })],
    ],
    [
      'whatever is where the policy is applied',
      [deployment(declared), plain({ podSelector: {}, ingress: [{ ports: [{ port: 9090 }] }] })],
    ],
  ])('%s may have any', (_, objects) => {
    expect(of(...objects)).toEqual([]);
  });
});

import { kindName } from '../../api/identity';
import type { Any } from '../engine/cursor';
import { namedBy } from '../relations/named';
import { type At, objectRule } from '../rule';
import { sample, samplePod } from '../samples';
import { namespaceOf, type World } from '../world';
import { letInBy } from './let-in';

const shop = { namespace: 'shop' };
const policy = (peer: object) =>
  sample(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    'web',
    { spec: { podSelector: {}, ingress: [{ from: [peer] }] } },
    shop,
  );
const objects = [
  sample('v1', 'Namespace', 'shop'),
  sample(
    'networking.k8s.io/v1',
    'Ingress',
    'web',
    { spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } } },
    shop,
  ),
  sample('v1', 'Service', 'web', { spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] } }, shop),
  samplePod('web', {}, {}, { ...shop, labels: { app: 'web' } }),
];

export const closedService = objectRule({
  id: 'start/closed-service',
  severity: 'warning',
  summary: 'a Service whose pods let nobody in, or, behind an Ingress or a route, nobody but pods of the program',
  why: `A pod that a NetworkPolicy selects for ingress is reached by whom one of its policies names, at the pod's own port, and by nobody
else. Who answers for an Ingress or a route, its controller or a gateway, is a pod of another namespace, and must be let in too:
without that each request waits, and ends with 504.

\`namespaceSelector\` with the label kubernetes.io/metadata.name lets in a namespace by its name. The rule looks at namespaces that
are the program's own, and is silent where some peer may be meant (another namespace, pods that are not among the objects, labels of
namespaces, addresses), or a mesh may ask at a port of its own; of what is routed to also for programs that bring classes of their
own, or charts by HelmRelease.`,
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
  kinds: [
    'Service',
    'networking.k8s.io/Ingress',
    'gateway.networking.k8s.io/HTTPRoute',
    'gateway.networking.k8s.io/GRPCRoute',
  ],
  fails: [...objects, policy({ podSelector: {} })],
  passes: [
    ...objects,
    policy({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }),
  ],
  check(object: Any, at) {
    if (object.kind === 'Service') checkService(object, at);
    else if (!hasAny(at.world, GATEWAYS)) checkBackends(object, at);
  },
});

/** A Service that nobody reaches at any of its ports. Not only pods ask a webhook's. */
function checkService(service: Any, at: At): void {
  const { clusterIP, ports = [] } = service.spec ?? {};
  if (clusterIP === 'None' || ports.length === 0 || hasAny(at.world, CALLERS)) return;
  if (!ports.every((port: Any) => letInBy(at.world, service, port?.port)?.length === 0)) return;
  const names = ports.map(({ port, targetPort = port }: Any) => targetPort).join(', ');
  at.report(
    ['spec', 'selector'],
    `selects pods that let nobody in at port ${names}; expected an ingress rule for whoever asks, in a NetworkPolicy of these pods`,
  );
}

/** What is routed to by whoever is no pod of the program; what lets nobody in is told of the Service. */
function checkBackends(object: Any, at: At): void {
  const { world } = at;
  const said = new Set<Any>();
  for (const { verb, kind, name, namespace = namespaceOf(object), steps } of namedBy(object)) {
    if (verb !== 'routes to' || kind !== 'Service' || typeof name !== 'string') continue;
    const service = world.find('Service', name, String(namespace));
    if (!service || said.has(service)) continue;
    const reference = steps.slice(0, -1).reduce((value: Any, step) => value?.[step], object);
    const peers = letInBy(world, service, reference?.port?.number ?? reference?.port?.name ?? reference?.port);
    if (!peers || peers.length === 0 || gatewaysOf(object).some((one) => peers.includes(one))) continue;
    said.add(service);
    at.report(
      steps,
      `is a Service whose pods let in only pods of namespace ${peers.join(', ')}, got ${JSON.stringify(name)}; expected an ingress rule for whoever routes to it, in a NetworkPolicy of its pods`,
    );
  }
}

/** What brings pods that route, and are not among the objects. */
const GATEWAYS = [
  'networking.k8s.io/IngressClass',
  'gateway.networking.k8s.io/GatewayClass',
  'helm.toolkit.fluxcd.io/HelmRelease',
];

/** What has the API server ask a Service. */
const CALLERS = [
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'apiregistration.k8s.io/APIService',
];

function hasAny(world: World, kinds: readonly string[]): boolean {
  return kinds.some((kind) => world.ofKind(kind).length > 0);
}

/** The namespaces of a route's gateways: some controllers have the pods of a gateway there. */
function gatewaysOf(object: Any): readonly string[] {
  if (kindName(object) === 'networking.k8s.io/Ingress') return [];
  return (object.spec?.parentRefs ?? []).map((parent: Any) => parent?.namespace ?? namespaceOf(object));
}

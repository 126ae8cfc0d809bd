import { containersOf } from '../../api/pods';
import type { Any, Step } from '../engine/cursor';
import { type Denial, endOf, type Port, targetOf } from '../relations/flows';
import { isOwn, surelyKept } from '../relations/own';
import { type PodView, podRule } from '../rule';
import { sample, samplePod } from '../samples';
import { namespaceOf, type World } from '../world';
import { type ServiceUrl, serviceUrlsIn } from './service-url';

const shop = { namespace: 'shop' };
const policy = (spec: object) =>
  sample(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    'web',
    { spec: { podSelector: { matchLabels: { app: 'web' } }, ...spec } },
    shop,
  );
const objects = [
  sample('v1', 'Namespace', 'shop'),
  sample('v1', 'Service', 'web', { spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] } }, shop),
  samplePod('web', {}, {}, { ...shop, labels: { app: 'web' } }),
  samplePod('client', { env: [{ name: 'API', value: 'http://web' }] }, {}, { ...shop, labels: { app: 'client' } }),
];
const from = [{ podSelector: { matchLabels: { app: 'client' } } }];

export const unreachable = podRule({
  id: 'start/unreachable',
  severity: 'warning',
  summary: 'a pod that is told the URL of a Service which NetworkPolicies keep it from',
  why: `A pod that a NetworkPolicy selects reaches, and is reached by, only whom one of its policies names; the others are not refused,
they wait until they give up. Both sides count: the policies of the one must let it out, and those of the other let it in. A
port is that of the pods, not of their Service.

Looked at are variables and arguments with \`http://NAME\`, \`http://NAME.NAMESPACE\` and the like, where both namespaces are
the program's own. Silent are pods with policies of other kinds, with peers by address, with policies that are declared in
\`externals\`, and those that a mesh may ask at a port of its own.`,
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation',
  fails: [...objects, policy({ ingress: [{ from, ports: [{ port: 80 }] }] })],
  passes: [...objects, policy({ ingress: [{ from, ports: [{ port: 8080 }] }] })],
  check(pod, at) {
    const { world } = at;
    if (!isOwn(world, pod.namespace)) return;
    for (const [text, steps] of textsOf(pod.spec)) {
      for (const url of serviceUrlsIn(text, pod.namespace)) {
        const service = world.find('Service', url.name, url.namespace);
        const kept = service && keptFrom(world, pod, service, url);
        if (!kept) continue;
        const { denial, port } = kept;
        const { direction, policies } = denial;
        const [what, rule, prop] =
          direction === 'Egress'
            ? ['which the pod is not let out to', 'an egress rule to', 'allowTo']
            : ['whose pods do not let this one in', 'an ingress rule for', 'allowFrom'];
        at.report(
          steps,
          `names Service ${url.name}, ${what}, got ${JSON.stringify(url.text)}; expected ${rule} ${port.protocol ?? 'TCP'} ${port.port} of its pods, beside those of ${policies.join(', ')}`,
          {
            fix: `Say so in a NetworkPolicy: ${prop} of a ${direction === 'Egress' ? 'Team or ' : ''}ModelServer makes one`,
          },
        );
        break;
      }
    }
  },
});

/** What keeps a pod from all pods of a Service for certain, and from which port. */
function keptFrom(
  world: World,
  from: PodView,
  service: Any,
  url: ServiceUrl,
): { denial: Denial; port: Port } | undefined {
  const { selector, type } = service.spec ?? {};
  const port = portOf(service, url);
  if (!selector || type === 'ExternalName' || !port) return undefined;
  let kept: { denial: Denial; port: Port } | undefined;
  for (const to of world.selected({ matchLabels: selector }, namespaceOf(service))) {
    const target = targetOf(port, endOf(to));
    const denial = to.object === from.object || !target ? undefined : surelyKept(world, from, to, target);
    if (!denial || !target) return undefined;
    kept ??= { denial, port: target };
  }
  return kept;
}

/** The port of a Service that a URL means; of a headless one the pods' own. */
function portOf({ spec }: Any, { port: said }: ServiceUrl): Any {
  const ports: Any[] = spec?.ports ?? [];
  const port = said ?? (ports.length === 1 ? ports[0]?.port : undefined);
  if (port === undefined) return undefined;
  return spec?.clusterIP === 'None' ? { port } : ports.find((one) => one?.port === port);
}

/** The values of variables and the arguments of a pod's containers. */
function* textsOf(spec: Any): Generator<readonly [text: string, steps: readonly Step[]]> {
  for (const [container, path] of containersOf(spec)) {
    for (const field of ['command', 'args']) {
      for (const [index, text] of (container[field] ?? []).entries())
        yield [String(text), ['spec', ...path, field, index]];
    }
    for (const [index, one] of (container.env ?? []).entries()) {
      if (one?.value !== undefined) yield [String(one.value), ['spec', ...path, 'env', index, 'value']];
    }
  }
}

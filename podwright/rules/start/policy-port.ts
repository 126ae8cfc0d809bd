import { isEmptySelector } from '../api/labels';
import type { Any } from '../engine/cursor';
import { endOf, isPort, targetOf } from '../relations/flows';
import { isInjected } from '../relations/injected';
import { DIRECTIONS, type Direction, rulesOf, typesOf } from '../relations/network-policy';
import { namespacesOf } from '../relations/own';
import { hasUnknownPods } from '../relations/selectors';
import { objectRule, type PodView } from '../rule';
import { sample, sampleDeployment } from '../samples';
import { namespaceOf, type World } from '../world';
import { listedPorts } from './listed-ports';

const policy = (port: number) =>
  sample('networking.k8s.io/v1', 'NetworkPolicy', 'web', {
    spec: { podSelector: { matchLabels: { app: 'web' } }, ingress: [{ ports: [{ port }] }] },
  });
const objects = [
  sample('v1', 'Service', 'web', { spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] } }),
  sampleDeployment('web', {}, { ports: [{ containerPort: 8080 }] }),
];

export const policyPort = objectRule({
  id: 'start/policy-port',
  severity: 'warning',
  summary: 'a NetworkPolicy for a port that none of the pods has that it is about',
  why: `A policy is asked once a Service's port has become the port of a pod: what it names is the pod's own port. One for the Service's
port lets nobody through, and nothing tells.

A port by its name is found by the containers' \`ports\` alone. One by number need not be listed there: the rule is silent unless
every container of every such pod lists its own, and none is marked for a mesh, or a Service leads from that port to another one of
the pod. It looks at the program's own namespaces, and at egress rules to those alone.`,
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource',
  kinds: ['networking.k8s.io/NetworkPolicy'],
  fails: [...objects, policy(80)],
  passes: [...objects, policy(8080)],
  check({ spec = {}, metadata }: Any, at) {
    const { world } = at;
    if (!world.complete) return;
    const own = metadata?.namespace ?? '';
    for (const direction of typesOf(spec) as Direction[]) {
      const selected = ownPods(world, spec.podSelector, own);
      for (const [index, { peers, ports }] of rulesOf(spec, direction).entries()) {
        const pods = direction === 'Ingress' ? selected : podsOf(world, peers, own);
        if (!pods || pods.length === 0) continue;
        for (const [number, allowed] of ports.entries()) {
          if (allowed?.port === undefined || pods.some((pod) => mayHave(world, pod, allowed))) continue;
          if ([...new Set(pods.map(({ namespace }) => namespace))].some((one) => hasUnknownPods(world, one))) return;
          const steps = ['spec', DIRECTIONS[direction].rules, index, 'ports', number, 'port'];
          at.report(steps, said(world, allowed.port, pods));
        }
      }
    }
  },
});

/** The pods that peers mean; undefined where they may mean others. */
function podsOf(world: World, peers: readonly Any[], own: string): readonly PodView[] | undefined {
  const pods: PodView[] = [];
  for (const peer of peers) {
    const names = namespacesOf(peer ?? {}, own);
    if (!names) return undefined;
    for (const name of names) {
      const named = ownPods(world, peer?.podSelector, name);
      if (!named) return undefined;
      pods.push(...named);
    }
  }
  return pods;
}

/** The pods that a selector picks; undefined where there may be others, in a namespace that is not the program's. */
function ownPods(world: World, selector: Any, namespace: string): readonly PodView[] | undefined {
  const isOwn = namespace === '' ? !isEmptySelector(selector) : world.find('Namespace', namespace) !== undefined;
  return isOwn ? world.selected(selector ?? {}, namespace) : undefined;
}

/** Whether a pod has a policy's port, or does not tell all that it has. */
function mayHave(world: World, pod: PodView, allowed: Any): boolean {
  const end = endOf(pod);
  if (typeof allowed.port === 'string') return end.namedPorts?.[allowed.port] !== undefined || isInjected(world, pod);
  const { ports, isAll } = listedPorts(world, pod);
  if (pod.spec.hostNetwork || ports.some((port) => isPort(allowed, port, end))) return true;
  return !isAll && (allowed.endPort !== undefined || !mappingOf(world, pod, allowed.port));
}

function said(world: World, port: unknown, pods: readonly PodView[]): string {
  const got = `got ${JSON.stringify(port)}`;
  const mapping = pods.map((pod) => mappingOf(world, pod, port)).find((one) => one !== undefined);
  if (mapping)
    return `is the port of Service ${mapping.service}, and not of its pods, ${got}; expected ${mapping.port}`;
  const there = pods.flatMap((pod): (string | number)[] =>
    typeof port === 'string'
      ? Object.keys(endOf(pod).namedPorts ?? {})
      : listedPorts(world, pod).ports.map((one) => one.port),
  );
  const names = [...new Set(there)].join(', ');
  return `is no port of the pods that it is about, ${got}; expected ${names ? `one of theirs: ${names}` : 'a number: theirs have no names'}`;
}

/** The Service that leads from a port to another one of a pod. */
function mappingOf(world: World, pod: PodView, port: unknown): { service: string; port: number } | undefined {
  for (const service of world.once(servicesByPod).get(pod) ?? []) {
    const found = service.spec.ports?.find((one: Any) => one?.port === port);
    const target = found && targetOf(found, endOf(pod))?.port;
    if (target !== undefined && target !== port && service.spec.clusterIP !== 'None')
      return { service: service.metadata?.name, port: target };
  }
  return undefined;
}

function servicesByPod(world: World): ReadonlyMap<PodView, readonly Any[]> {
  const services = new Map<PodView, Any[]>();
  for (const service of world.ofKind('Service')) {
    const { selector } = service.spec ?? {};
    if (!selector) continue;
    for (const pod of world.selected({ matchLabels: selector }, namespaceOf(service))) {
      services.set(pod, [...(services.get(pod) ?? []), service]);
    }
  }
  return services;
}

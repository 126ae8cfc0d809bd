// Whom a NetworkPolicy lets its pods hear and reach.
import type { NetworkPolicyPort } from '../../api/k8s';
import type { Any, Step } from '../engine/cursor';
import { namespaceOf, type World } from '../world';
import { isPeerNamespace, namespaceLabels, typesOf } from './network-policy';
import type { Verb } from './relation';

/** A peer of a policy: the pods of a workload, addresses, or anyone. */
export interface Allowed {
  readonly verb: Verb;
  /** The workload. @default - {@link name} is the peer */
  readonly object?: Any;
  /** `10.0.0.0/8`, `anyone`. */
  readonly name: string;
  readonly detail: string;
  readonly steps: readonly Step[];
}

/** What a policy allows, rule by rule. */
export function* allowedBy(world: World, policy: Any): Generator<Allowed> {
  const { spec = {} } = policy;
  for (const direction of typesOf(spec)) {
    const [field, side, verb] =
      direction === 'Egress' ? (['egress', 'to', 'allows to'] as const) : (['ingress', 'from', 'allows from'] as const);
    for (const [at, rule] of (spec[field] ?? []).entries()) {
      const detail = portsText(rule?.ports ?? []);
      const peers: Any[] = rule?.[side] ?? [];
      const steps = ['spec', field, at];
      if (peers.length === 0) yield { verb, name: 'anyone', detail, steps };
      for (const [index, peer] of peers.entries()) {
        for (const found of peersOf(world, peer, namespaceOf(policy))) {
          yield { verb, ...found, detail, steps: [...steps, side, index] };
        }
      }
    }
  }
}

function* peersOf(world: World, peer: Any, own: string): Generator<Pick<Allowed, 'object' | 'name'>> {
  if (peer.ipBlock) {
    yield { name: String(peer.ipBlock.cidr) };
    return;
  }
  const namespaces = world.once(namespacesOf);
  const labelsOf = (name: string) => namespaceLabels(name, world.find('Namespace', name));
  for (const namespace of namespaces) {
    if (!isPeerNamespace(peer, namespace, own, labelsOf)) continue;
    for (const { object } of world.selected(peer.podSelector ?? {}, namespace)) yield { object, name: '' };
  }
}

/** Every namespace that objects are in. */
function namespacesOf(world: World): readonly string[] {
  return [...new Set(world.objects.map(namespaceOf))];
}

function portsText(ports: readonly NetworkPolicyPort[]): string {
  if (ports.length === 0) return 'all ports';
  return ports
    .map(({ protocol = 'TCP', port, endPort }) =>
      [protocol, endPort === undefined ? port : `${port}-${endPort}`].filter((part) => part !== undefined).join(' '),
    )
    .join(', ');
}

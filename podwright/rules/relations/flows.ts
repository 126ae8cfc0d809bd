// What all NetworkPolicies of a program let through together, as
// https://kubernetes.io/docs/concepts/services-networking/network-policies/ has it: a flow passes if the sender's
// policies let it out and the receiver's let it in; a pod that no policy selects for a direction is open in it.
import { BlockList, isIPv6 } from 'node:net';
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../../api/k8s';
import { containersOf } from '../../api/pods';
import { selects } from '../api/labels';
import type { Any } from '../engine/cursor';
import type { PodView } from '../rule';
import { namespaceOf, runningLabels, type World } from '../world';
import {
  type Direction,
  isPeerNamespace,
  NETWORK_POLICY,
  namespaceLabels,
  type Rule,
  rulesOf,
  typesOf,
} from './network-policy';

/** One end of a flow. */
export interface End {
  /** @default - outside of the cluster: then it has an address */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly ip?: string;
  /** Whether it may have any address: plugins differ in whether a pod's is looked for in blocks. @default false */
  readonly anyIp?: boolean;
  /** The numbers of its named ports. @default - it names none */
  readonly namedPorts?: Readonly<Record<string, number>>;
}

/** The port of the receiving pod. */
export interface Port {
  readonly port: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
}

/** The policies that select an end and let nothing of a flow through: names of NetworkPolicies, by direction. */
export interface Denial {
  readonly direction: Direction;
  readonly policies: readonly string[];
}

/** Whether a flow passes. */
export function passes(world: World, from: End, to: End, port: Port): boolean {
  return denialOf(world, from, to, port) === undefined;
}

/**
 * What keeps a flow back; undefined where it passes. Namespaces have the labels that their objects give them, and their
 * name. An address that is not known is in no block.
 */
export function denialOf(world: World, from: End, to: End, port: Port): Denial | undefined {
  const denial = (end: End, other: End, direction: Direction): Denial | undefined => {
    const policies = policiesOf(world, end, direction);
    if (policies.length === 0) return undefined;
    const { namespace: own = '' } = end;
    const open = policies.some((policy) =>
      rulesOf(policy.spec, direction).some(
        (rule) =>
          (rule.peers.length === 0 || rule.peers.some((peer) => isPeer(world, peer, other, own))) &&
          hasPort(rule, port, to),
      ),
    );
    return open ? undefined : { direction, policies: policies.map(({ metadata }) => metadata?.name) };
  };
  return denial(from, to, 'Egress') ?? denial(to, from, 'Ingress');
}

/** The policies that select an end for a direction. */
export function policiesOf(world: World, { namespace, labels = {} }: End, direction: Direction): readonly Any[] {
  if (namespace === undefined) return [];
  const keys = [ANY, ...Object.entries(labels)].map((label) => keyOf(namespace, label));
  const asking = world.once(policiesByLabel);
  return keys
    .flatMap((key) => asking.get(key) ?? [])
    .filter(({ spec }) => typesOf(spec ?? {}).includes(direction) && selects(spec?.podSelector ?? {}, labels));
}

const ANY = ['', ''] as const;

function keyOf(namespace: string, [name, value]: readonly [string, unknown]): string {
  return `${namespace}/${name}=${value ?? ''}`;
}

/** Policies by a label that they ask for, so that an end meets few beside its own. */
function policiesByLabel(world: World): ReadonlyMap<string, readonly Any[]> {
  const policies = new Map<string, Any[]>();
  for (const policy of world.ofKind(NETWORK_POLICY)) {
    const [label = ANY] = Object.entries(policy.spec?.podSelector?.matchLabels ?? {});
    const key = keyOf(namespaceOf(policy), label);
    const others = policies.get(key);
    if (others) others.push(policy);
    else policies.set(key, [policy]);
  }
  return policies;
}

/** Whether a rule is for a port of the receiving end. */
export function hasPort({ ports }: Rule, port: Port, to: End): boolean {
  return ports.length === 0 || ports.some((allowed) => isPort(allowed, port, to));
}

/** The end that the pods of a workload are. */
export function endOf(pod: PodView): End {
  const namedPorts: Record<string, number> = {};
  for (const [container] of containersOf(pod.spec)) {
    for (const { name, containerPort } of container.ports ?? []) if (name) namedPorts[name] ??= containerPort;
  }
  return { namespace: pod.namespace, labels: runningLabels(pod), namedPorts };
}

/** The port of an end that a Service's leads to; undefined where the end names none so. */
export function targetOf({ port, targetPort = port, protocol }: Any, to: End): Port | undefined {
  const number = /^\d+$/.test(String(targetPort)) ? Number(targetPort) : to.namedPorts?.[targetPort];
  return number === undefined ? undefined : { port: number, ...(protocol && { protocol }) };
}

function isPeer(world: World, peer: NetworkPolicyPeer, end: End, own: string): boolean {
  if (peer.ipBlock)
    return end.anyIp === true || (end.ip !== undefined && inBlock(end.ip, peer.ipBlock.cidr, peer.ipBlock.except));
  if (end.namespace === undefined) return false;
  const labelsOf = (name: string) => namespaceLabels(name, world.find('Namespace', name));
  return isPeerNamespace(peer, end.namespace, own, labelsOf) && selects(peer.podSelector ?? {}, end.labels ?? {});
}

/** Whether a policy's port is one of the receiving end. */
export function isPort(allowed: NetworkPolicyPort, { port, protocol = 'TCP' }: Port, to: End): boolean {
  if ((allowed.protocol ?? 'TCP') !== protocol) return false;
  if (allowed.port === undefined) return true;
  if (typeof allowed.port === 'string') return to.namedPorts?.[allowed.port] === port;
  return port >= allowed.port && port <= (allowed.endPort ?? allowed.port);
}

function inBlock(ip: string, cidr: string, except: readonly string[] = []): boolean {
  const family = isIPv6(ip) ? 'ipv6' : 'ipv4';
  const has = (range: string) => {
    const [address = '', prefix] = range.split('/');
    const list = new BlockList();
    list.addSubnet(address, Number(prefix), isIPv6(address) ? 'ipv6' : 'ipv4');
    return list.check(ip, family);
  };
  return has(cidr) && !except.some(has);
}

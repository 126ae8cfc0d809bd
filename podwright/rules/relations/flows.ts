// What all NetworkPolicies of a program let through together, as
// https://kubernetes.io/docs/concepts/services-networking/network-policies/ has it: a flow passes if the sender's
// policies let it out and the receiver's let it in; a pod that no policy selects for a direction is open in it.
import { BlockList, isIPv6 } from 'node:net';
import type { NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec } from '../../api/k8s';
import { selects } from '../api/labels';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

/** One end of a flow. */
export interface End {
  /** @default - outside of the cluster: then it has an address */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly ip?: string;
  /** The numbers of its named ports. @default - it names none */
  readonly namedPorts?: Readonly<Record<string, number>>;
}

/** The port of the receiving pod. */
export interface Port {
  readonly port: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
}

interface Policy {
  readonly name: string;
  readonly namespace: string;
  readonly spec: NetworkPolicySpec;
}

/** The policies that select an end and let nothing of a flow through: names of NetworkPolicies, by direction. */
export interface Denial {
  readonly direction: 'Ingress' | 'Egress';
  readonly policies: readonly string[];
}

/** Whether a flow passes. */
export function passes(objects: readonly Any[], from: End, to: End, port: Port): boolean {
  return denialOf(objects, from, to, port) === undefined;
}

/** What keeps a flow back; undefined where it passes. Namespaces have the labels that their objects give them, and their name. */
export function denialOf(objects: readonly Any[], from: End, to: End, port: Port): Denial | undefined {
  const policies: Policy[] = objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map(({ metadata, spec }) => ({ name: metadata.name, namespace: metadata.namespace ?? '', spec: spec ?? {} }));
  const labelsOf = (namespace: string) =>
    namespaceLabels(
      namespace,
      objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === namespace),
    );
  const isPeer = (peer: NetworkPolicyPeer, end: End, own: string) => {
    if (peer.ipBlock) return end.ip !== undefined && inBlock(end.ip, peer.ipBlock.cidr, peer.ipBlock.except);
    if (end.namespace === undefined) return false;
    if (!isPeerNamespace(peer, end.namespace, own, labelsOf)) return false;
    return selects(peer.podSelector ?? {}, end.labels ?? {});
  };
  const denial = (end: End, other: End, direction: Denial['direction']): Denial | undefined => {
    if (end.namespace === undefined) return undefined;
    const own = end.namespace;
    const selecting = policies.filter(
      ({ namespace, spec }) =>
        namespace === own && typesOf(spec).includes(direction) && selects(spec.podSelector ?? {}, end.labels ?? {}),
    );
    if (selecting.length === 0) return undefined;
    const open = selecting.some(({ spec }) => {
      const rules =
        direction === 'Ingress'
          ? (spec.ingress ?? []).map((rule) => ({ peers: rule.from, ports: rule.ports }))
          : (spec.egress ?? []).map((rule) => ({ peers: rule.to, ports: rule.ports }));
      return rules.some(
        ({ peers = [], ports = [] }) =>
          (peers.length === 0 || peers.some((peer) => isPeer(peer, other, own))) &&
          (ports.length === 0 || ports.some((allowed) => isPort(allowed, port, to))),
      );
    });
    return open ? undefined : { direction, policies: selecting.map(({ name }) => name) };
  };
  return denial(from, to, 'Egress') ?? denial(to, from, 'Ingress');
}

/** The labels of a namespace: those that its object gives it, and its name. */
export function namespaceLabels(name: string, object: Any): Readonly<Record<string, string>> {
  return { 'kubernetes.io/metadata.name': name, ...object?.metadata?.labels };
}

/** Whether a peer of a policy means pods of a namespace; without a selector of namespaces it is the policy's own. */
export function isPeerNamespace(
  { namespaceSelector }: NetworkPolicyPeer,
  namespace: string,
  own: string,
  labelsOf: (namespace: string) => Readonly<Record<string, string>>,
): boolean {
  return namespaceSelector ? selects(namespaceSelector, labelsOf(namespace)) : namespace === own;
}

/** The directions that a policy is for. */
export function typesOf({ policyTypes, egress }: NetworkPolicySpec): readonly string[] {
  return policyTypes ?? (egress ? ['Ingress', 'Egress'] : ['Ingress']);
}

function isPort(allowed: NetworkPolicyPort, { port, protocol = 'TCP' }: Port, to: End): boolean {
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

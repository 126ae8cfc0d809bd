import type { IntOrString, NetworkPolicyPeer, NetworkPolicyPort } from '../api/k8s';
import type { Props } from './pod-spec';
import { plain } from './values';

/** The label by which a NetworkPolicy selects a namespace of a name; the API server sets it. */
export const NAMESPACE_LABEL = 'kubernetes.io/metadata.name';

/** One end of a connection that is allowed, in the API's own fields. */
export interface PeerProps extends Props<NetworkPolicyPeer> {
  /**
   * The name of a namespace: short for a namespaceSelector.
   * @default - the policy's own namespace, or what `namespaceSelector` says
   */
  readonly namespace?: string;

  /**
   * The ports of the pods that are connected to, by number or by name: their own, not their Service's.
   * @default - every port, or the one that a construct says it serves
   */
  readonly ports?: readonly (IntOrString | Props<NetworkPolicyPort>)[];
}

/**
 * One end of a connection that is allowed: another workload, labels and networks in the API's own fields, or any peer of
 * cdk8s-plus.
 */
// biome-ignore lint/suspicious/noExplicitAny: its types are classes of a library that is never loaded.
export type Peer = PeerProps | { toNetworkPolicyPeerConfig(): any };

/** A peer in plain form. */
export interface PlainPeer {
  readonly peers: readonly NetworkPolicyPeer[];
  readonly ports?: readonly NetworkPolicyPort[];
}

/** A peer in plain form; a workload of another namespace than the policy's is looked for there. */
export function plainPeer(peer: Peer, namespace: string | undefined): PlainPeer {
  if ('toNetworkPolicyPeerConfig' in peer) return { peers: fromConfig(peer, namespace) };
  const { namespace: other, ports, ...fields } = peer;
  const selector = other === undefined ? {} : { namespaceSelector: inNamespace(other) };
  return {
    peers: [plain({ ...selector, ...fields })],
    ...(ports && { ports: ports.map(plainPort) }),
  };
}

/** Selects the namespace of a name. */
export function inNamespace(name: string): { matchLabels: Record<string, string> } {
  return { matchLabels: { [NAMESPACE_LABEL]: name } };
}

function plainPort(port: IntOrString | Props<NetworkPolicyPort>): NetworkPolicyPort {
  return typeof port === 'object' ? plain(port) : { port };
}

interface PeerConfig {
  readonly ipBlock?: { _toKube(): object };
  readonly podSelector?: {
    readonly labelSelector: { _toKube(): object };
    readonly namespaces?: { readonly names?: readonly string[]; readonly labelSelector?: { _toKube(): object } };
  };
}

interface ConfiguredPeer {
  toNetworkPolicyPeerConfig(): PeerConfig;
  readonly metadata?: { readonly namespace?: string };
}

function fromConfig(peer: ConfiguredPeer, namespace: string | undefined): NetworkPolicyPeer[] {
  const { ipBlock, podSelector } = peer.toNetworkPolicyPeerConfig();
  if (ipBlock) return [{ ipBlock: plain(ipBlock._toKube()) }];
  const pods = { podSelector: plain<object>(podSelector?.labelSelector._toKube() ?? {}) };
  const { names, labelSelector } = podSelector?.namespaces ?? {};
  if (names) return names.map((name) => ({ namespaceSelector: inNamespace(name), ...pods }));
  if (labelSelector) return [{ namespaceSelector: plain(labelSelector._toKube()), ...pods }];
  const own = peer.metadata?.namespace;
  return [{ ...(own !== undefined && own !== namespace && { namespaceSelector: inNamespace(own) }), ...pods }];
}

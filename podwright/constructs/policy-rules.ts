import type { NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPort } from '../api/k8s';
import { type Peer, plainPeer } from './peers';

/** Names are looked up at port 53 of whatever the cluster has for it: by UDP, and by TCP for long answers. */
export const DNS: NetworkPolicyEgressRule = {
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};

/** Lets a peer be reached. */
export function egressRule(peer: Peer, namespace: string | undefined): NetworkPolicyEgressRule {
  const { peers, ports } = plainPeer(peer, namespace);
  return { to: peers, ...(ports && { ports }) };
}

/** Lets a peer reach the ports that it names, or else those given. */
export function ingressRule(
  peer: Peer,
  namespace: string | undefined,
  served: readonly NetworkPolicyPort[],
): NetworkPolicyIngressRule {
  const { peers, ports = served } = plainPeer(peer, namespace);
  return { from: peers, ports };
}

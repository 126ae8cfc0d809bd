// What a NetworkPolicy says, of either direction alike.
import type { NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec } from '../../api/k8s';
import { selects } from '../api/labels';
import type { Any } from '../engine/cursor';

/** The kind, with its group: plugins have others of the same name. */
export const NETWORK_POLICY = 'networking.k8s.io/NetworkPolicy';

/** The directions of a policy, each with the fields that its rules are in. */
export const DIRECTIONS = {
  Ingress: { rules: 'ingress', peers: 'from' },
  Egress: { rules: 'egress', peers: 'to' },
} as const;

/** A direction of a policy. */
export type Direction = keyof typeof DIRECTIONS;

/** A rule of a policy, of either direction; without peers it is for everybody, without ports for all of them. */
export interface Rule {
  readonly peers: readonly NetworkPolicyPeer[];
  readonly ports: readonly NetworkPolicyPort[];
}

/** The rules of a policy for a direction. */
export function rulesOf(spec: Any, direction: Direction): readonly Rule[] {
  const fields = DIRECTIONS[direction];
  return (spec?.[fields.rules] ?? []).map((rule: Any) => ({
    peers: rule?.[fields.peers] ?? [],
    ports: rule?.ports ?? [],
  }));
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

// What a program shows for certain of who reaches whose pods: where others may have a say, nothing is.
import { kindName } from '../../api/identity';
import type { NetworkPolicyPeer } from '../../api/k8s';
import type { Any } from '../engine/cursor';
import type { PodView } from '../rule';
import type { World } from '../world';
import { type Denial, denialOf, endOf, type Port } from './flows';
import { isInjected } from './injected';
import { DIRECTIONS, type Direction, NETWORK_POLICY, rulesOf } from './network-policy';
import { asksForAdded } from './selectors';

/** Whether all that is decided of the pods of a namespace is among the objects. */
export function isOwn(world: World, namespace: string): boolean {
  return world.once(ownNamespaces).has(namespace);
}

/** What keeps pods from each other for certain; undefined where nothing does, or something else may let them. */
export function surelyKept(world: World, from: PodView, to: PodView, port: Port): Denial | undefined {
  // What is in its node's network is not held by policies, in most clusters; a mesh may ask a port of its own instead.
  if (from.spec.hostNetwork || to.spec.hostNetwork || isInjected(world, to)) return undefined;
  if (!isOwn(world, from.namespace) || !isOwn(world, to.namespace)) return undefined;
  return denialOf(world, { ...endOf(from), anyIp: true }, { ...endOf(to), anyIp: true }, port);
}

/** The namespaces that a peer names; undefined where it may mean others, or addresses. */
export function namespacesOf(
  { ipBlock, namespaceSelector }: NetworkPolicyPeer,
  own: string,
): readonly string[] | undefined {
  if (ipBlock) return undefined;
  if (!namespaceSelector) return [own];
  const name = namespaceSelector.matchLabels?.[NAME];
  if (name !== undefined) return [name];
  return namespaceSelector.matchExpressions?.find(({ key, operator }) => key === NAME && operator === 'In')?.values;
}

const NAME = 'kubernetes.io/metadata.name';

function ownNamespaces(world: World): ReadonlySet<string> {
  const policies = world.ofKind(NETWORK_POLICY);
  // Where there are no policies, nobody asks: all pods reach each other.
  if (policies.length === 0 || !world.complete || othersDecide(world)) return new Set();
  const names = world.ofKind('Namespace').map(({ metadata }) => metadata?.name);
  return new Set(names.filter((name) => !world.ofKind(NETWORK_POLICY, name).some(isUncertain)));
}

/** Policies of other kinds (a plugin's, an administrator's) go before those read here; one without a namespace is in any. */
function othersDecide(world: World): boolean {
  return (
    world.ofKind(NETWORK_POLICY, '').length > 0 ||
    world.externals.some(({ kind }) => kind.endsWith('NetworkPolicy')) ||
    world.objects.some((object) => object.kind?.endsWith('NetworkPolicy') && kindName(object) !== NETWORK_POLICY)
  );
}

/** Whether a policy picks pods by what only their controllers know. */
function isUncertain({ spec }: Any): boolean {
  const peers = (Object.keys(DIRECTIONS) as Direction[]).flatMap((direction) =>
    rulesOf(spec, direction).flatMap((rule) => rule.peers),
  );
  return [spec?.podSelector, ...peers.map((peer) => peer?.podSelector)].some(asksForAdded);
}

// Whom the pods of a Service let in.
import type { Any } from '../engine/cursor';
import { endOf, hasPort, type Port, policiesOf, targetOf } from '../relations/flows';
import { isInjected } from '../relations/injected';
import { rulesOf } from '../relations/network-policy';
import { isOwn, namespacesOf } from '../relations/own';
import type { PodView } from '../rule';
import { namespaceOf, type World } from '../world';

/**
 * The namespaces whose pods the pods of a Service let in at one of its ports, by number or name.
 * @returns undefined where others may be let in, too: all that are returned are the program's own
 */
export function letInBy(world: World, service: Any, asked: unknown): readonly string[] | undefined {
  const { spec } = service;
  const namespace = namespaceOf(service);
  const port = (spec?.ports ?? []).find((one: Any) => one?.port === asked || one?.name === asked);
  // Nodes ask the pods of another type, too: how policies take that differs.
  if (!port || !spec.selector || (spec.type ?? 'ClusterIP') !== 'ClusterIP') return undefined;
  if (!isOwn(world, namespace)) return undefined;
  const pods = world.selected({ matchLabels: spec.selector }, namespace);
  if (pods.length === 0) return undefined;
  const peers = new Set<string>();
  for (const pod of pods) {
    const target = targetOf(port, endOf(pod));
    const names = target && letInByPod(world, pod, target);
    if (!names) return undefined;
    for (const name of names) peers.add(name);
  }
  return [...peers];
}

function letInByPod(world: World, pod: PodView, port: Port): readonly string[] | undefined {
  const end = endOf(pod);
  const policies = policiesOf(world, end, 'Ingress');
  if (policies.length === 0 || pod.spec.hostNetwork || isInjected(world, pod)) return undefined;
  const names: string[] = [];
  for (const rule of policies.flatMap(({ spec }) => rulesOf(spec, 'Ingress'))) {
    if (!hasPort(rule, port, end)) continue;
    if (rule.peers.length === 0) return undefined;
    for (const peer of rule.peers) {
      const named = namespacesOf(peer, pod.namespace);
      // What has no pods of the program is for those of others: an ingress controller's, by its own chart.
      const isOurs = (name: string) => isOwn(world, name) && world.selected(peer.podSelector ?? {}, name).length > 0;
      if (!named?.every(isOurs)) return undefined;
      names.push(...named);
    }
  }
  return names;
}

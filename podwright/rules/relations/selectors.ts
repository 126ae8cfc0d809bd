// How objects pick pods by their labels.
import { kindOf } from '../../api/definitions';
import { hasPods, podTemplateOf } from '../../api/pods';
import type { Any } from '../engine/cursor';
import { namespaceOf, type World } from '../world';

/** The selector of pods that an object has; undefined where it has none. */
export function selectorOf(object: Any): Any {
  const { spec = {}, kind } = object;
  if (kind === 'Service' || kind === 'ReplicationController') return spec.selector && { matchLabels: spec.selector };
  return kind === 'NetworkPolicy' ? (spec.podSelector ?? {}) : spec.selector;
}

/** Labels that the controllers of workloads add to their pods. */
const ADDED =
  /^((batch|apps)\.kubernetes\.io|statefulset\.kubernetes\.io)\/|^(job-name|controller-uid|controller-revision-hash|pod-template-hash|pod-template-generation)$/;

/** A selector without what it asks of labels that the controllers of workloads add. */
export function withoutAdded(selector: Any): Any {
  const labels = Object.entries(selector.matchLabels ?? {}).filter(([key]) => !ADDED.test(key));
  const demands = (selector.matchExpressions ?? []).filter(({ key = '' }: Any) => !ADDED.test(key));
  return { matchLabels: Object.fromEntries(labels), matchExpressions: demands };
}

/** Whether a selector asks for labels that the controllers of workloads add: no template has them. */
export function asksForAdded(selector: Any): boolean {
  const demanded = (selector?.matchExpressions ?? []).map((demand: Any) => demand?.key ?? '');
  return [...Object.keys(selector?.matchLabels ?? {}), ...demanded].some((key) => ADDED.test(key));
}

/** Whether a namespace has pods that the rules do not know: of custom resources, and of workloads that cannot be read. */
export function hasUnknownPods(world: World, namespace: string): boolean {
  return world.objects.some((object) => {
    if (namespaceOf(object) !== namespace) return false;
    if (kindOf(object.apiVersion, object.kind) === undefined) return true;
    return hasPods(object) && podTemplateOf(object) === undefined;
  });
}

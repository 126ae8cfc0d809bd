// How objects pick pods by their labels.
import type { Any } from '../engine/cursor';

/** The selector of pods that an object has; undefined where it has none. */
export function selectorOf(object: Any): Any {
  const { spec = {}, kind } = object;
  if (kind === 'Service' || kind === 'ReplicationController') return spec.selector && { matchLabels: spec.selector };
  return kind === 'NetworkPolicy' ? (spec.podSelector ?? {}) : spec.selector;
}

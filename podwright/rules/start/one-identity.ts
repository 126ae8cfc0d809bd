import { identityKey } from '../../api/identity';
import type { Any } from '../engine/cursor';
import { objectRule } from '../rule';
import { sample } from '../samples';
import type { World } from '../world';

const settings = (name: string, threads: string) => sample('v1', 'ConfigMap', name, { data: { threads } });

export const oneIdentity = objectRule({
  id: 'start/one-identity',
  severity: 'warning',
  summary: 'two objects that the API server takes for one',
  why: `There is one object of a kind, namespace and name: the last one that is applied is what is left. In a synthesis this is an
error, synth/identity, which names both constructs.`,
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  kinds: 'any',
  fails: [settings('settings', '4'), settings('settings', '8')],
  passes: [settings('settings', '4'), settings('other', '8')],
  check(object: Any, at) {
    if (!object.metadata?.name || at.world.once(firstOf).get(identityKey(object)) === object) return;
    at.report(
      ['metadata', 'name'],
      `is that of another ${object.kind} too, got ${JSON.stringify(object.metadata.name)}`,
    );
  },
});

/** The first object of each identity. */
function firstOf(world: World): ReadonlyMap<string, Any> {
  const first = new Map<string, Any>();
  for (const object of world.objects) {
    const key = identityKey(object);
    if (!first.has(key)) first.set(key, object);
  }
  return first;
}

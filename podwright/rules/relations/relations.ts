// How the objects of one cluster reach each other.
import { kindName } from '../../api/identity';
import { pointerOf } from '../../api/json-pointer';
import { hasPods } from '../../api/pods';
import type { Any, Step } from '../engine/cursor';
import type { PodView } from '../rule';
import { namespaceOf, podViewOf, type World } from '../world';
import { namedBy } from './named';
import { allowedBy } from './policies';
import { visitReferences } from './references';
import type { Relation, Target, Verb } from './relation';
import { selectorOf } from './selectors';

/** Kinds that select pods that others make. A workload's selector says only which pods are its own. */
const SELECTING = new Set(['Service', 'policy/PodDisruptionBudget', 'networking.k8s.io/NetworkPolicy']);

/**
 * Every relation of every object, in the order of the objects; one of each verb between two objects. What is read is the
 * objects as they are: of one that the API server would refuse for its form, what can't be read is left out.
 */
export function relationsOf(world: World): Relation[] {
  return world.objects.flatMap((object) => {
    const found = new Found(world, object);
    // A part whose form is no object's says nothing of others; a rule says what is wrong with it.
    for (const part of [selected, named, used, allowed, owned]) attempt(() => part(found));
    return found.relations;
  });
}

/** The relations of one object as they are found. */
class Found {
  readonly relations: Relation[] = [];
  private readonly seen = new Set<string>();
  readonly namespace: string;

  constructor(
    readonly world: World,
    readonly object: Any,
  ) {
    this.namespace = namespaceOf(object);
  }

  toObject(verb: Verb, object: Any, steps: readonly Step[], detail?: string): void {
    const { name = object.metadata?.generateName } = object.metadata ?? {};
    this.add(verb, { kind: kindName(object), namespace: namespaceOf(object), name, object }, steps, detail);
  }

  /** What has a name, whether it is there or not; the namespace of a kind that has none is not looked at. */
  toName(verb: Verb, kind: string, name: unknown, steps: readonly Step[], namespace: unknown = this.namespace): void {
    if (typeof name !== 'string' || name === '') return;
    const own = String(namespace);
    const object = this.world.find(kind, name, own);
    this.add(verb, { kind, namespace: own, name, ...(object !== undefined && { object }) }, steps);
  }

  add(verb: Verb, to: Target, steps: readonly Step[], detail?: string): void {
    if (to.object === this.object) return;
    const key = JSON.stringify([verb, to.kind, to.namespace, to.name, detail]);
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const relation = { from: this.object, verb, to, pointer: pointerOf(steps) };
    this.relations.push(detail === undefined ? relation : { ...relation, detail });
  }
}

function selected(found: Found): void {
  const { world, object, namespace } = found;
  if (!SELECTING.has(kindName(object))) return;
  const selector = selectorOf(object);
  if (!selector) return;
  const steps = ['spec', object.kind === 'NetworkPolicy' ? 'podSelector' : 'selector'];
  for (const pod of world.selected(selector, namespace)) found.toObject('selects', pod.object, steps);
}

function named(found: Found): void {
  for (const { verb, kind, name, namespace, steps } of namedBy(found.object)) {
    found.toName(verb, kind, name, steps, namespace);
  }
}

function used(found: Found): void {
  if (!hasPods(found.object)) return;
  const pod = podViewOf(found.object);
  if (pod) usedByPod(found, pod);
}

function usedByPod(found: Found, { spec, path }: PodView): void {
  const base = path.slice(0, -1);
  const at = (...steps: Step[]) => [...base, 'spec', ...steps];
  visitReferences(spec, ({ kind, name, volume, steps }) => {
    found.toName(volume === undefined ? 'uses env from' : 'mounts', kind, name, [...base, ...steps]);
  });
  const account = spec.serviceAccountName ?? spec.serviceAccount;
  found.toName('runs as', 'ServiceAccount', account, at('serviceAccountName'));
  for (const [index, secret] of (spec.imagePullSecrets ?? []).entries()) {
    found.toName('pulls with', 'Secret', secret?.name, at('imagePullSecrets', index, 'name'));
  }
  found.toName('has priority', 'scheduling.k8s.io/PriorityClass', spec.priorityClassName, at('priorityClassName'), '');
  found.toName('runs by', 'node.k8s.io/RuntimeClass', spec.runtimeClassName, at('runtimeClassName'), '');
  for (const [index, claim] of (spec.resourceClaims ?? []).entries()) {
    for (const field of ['resourceClaimName', 'resourceClaimTemplateName'] as const) {
      const kind = `resource.k8s.io/ResourceClaim${field === 'resourceClaimName' ? '' : 'Template'}`;
      found.toName('claims', kind, claim?.[field], at('resourceClaims', index, field));
    }
  }
}

function allowed(found: Found): void {
  const { world, object } = found;
  if (kindName(object) !== 'networking.k8s.io/NetworkPolicy') return;
  for (const { verb, object: peer, name, detail, steps } of allowedBy(world, object)) {
    if (peer) found.toObject(verb, peer, steps, detail);
    else found.add(verb, { kind: 'Address', namespace: '', name }, steps, detail);
  }
}

/** The owner that an object names owns it. */
function owned(found: Found): void {
  const { world, object, namespace } = found;
  for (const [index, reference] of (object.metadata?.ownerReferences ?? []).entries()) {
    const { name } = reference ?? {};
    const owner = world.find(kindName(reference ?? {}), name, namespace) ?? world.find(kindName(reference ?? {}), name);
    if (!owner) continue;
    const to = { kind: kindName(object), namespace, name: object.metadata?.name, object };
    found.relations.push({
      from: owner,
      verb: 'owns',
      to,
      pointer: pointerOf(['metadata', 'ownerReferences', index]),
    });
  }
}

function attempt(step: () => void): void {
  try {
    step();
  } catch {
    return;
  }
}

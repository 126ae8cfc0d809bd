// What objects take of a cluster, by namespace. It is the calculation of the rules on ResourceQuotas.
import { type Amounts, formatAmounts } from '../api/amounts';
import { hasPods } from '../api/pods';
import type { ObjectDiff } from '../report/diff';
import type { FootprintChange, NamespaceFootprint, Taken } from '../report/footprint';
import { identityOf } from '../rules/check-objects';
import { readPlainly } from '../rules/plain-object';
import { sum, type Use, usageOf } from '../rules/start/usage';
import { namespaceOf, World } from '../rules/world';
import type { Side } from './diff/side';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

/**
 * What the objects of one cluster take, by namespace; those without pods and claims are left out.
 * @param environment the cluster's @default - the program has none
 */
export function footprintOf(objects: readonly Any[], environment?: string): NamespaceFootprint[] {
  // What the API server would not read takes nothing, and most objects have no part in it.
  const world = new World(objects.filter(takesPart).flatMap((object) => readPlainly(object) ?? []));
  const namespaces = [...new Set(world.objects.map(namespaceOf))].sort();
  return namespaces.flatMap((namespace) => {
    const { uses, lasting, uncounted } = usageOf(world, namespace);
    if (uses.length === 0 && uncounted.length === 0) return [];
    const atMost = sum(...uses.flatMap(({ most, mostSurge }) => [most, mostSurge]));
    return {
      ...(environment !== undefined && { environment }),
      namespace,
      ...taken(lasting, atMost),
      workloads: uses
        .filter(({ amounts, most }) => amounts.size > 0 || most.size > 0)
        .sort(byAmount)
        .map(workload),
      uncounted: uncounted.map(identityOf),
    };
  });
}

/**
 * What all clusters of a side take.
 * @param isWanted of which namespaces @default - of all
 * @throws ManifestFault where a file is no YAML
 */
export function sideFootprint(side: Side, isWanted: (place: Place) => boolean = () => true): NamespaceFootprint[] {
  return [undefined, ...[...side.environments].sort()].flatMap((environment) => {
    const objects = side
      .cluster(environment)
      .all.filter((object) => isOfAll(object) || isWanted({ environment, namespace: namespaceOf(object) }));
    return footprintOf(objects, environment);
  });
}

/**
 * What changes between two sides. Only namespaces that an object has changed in are looked at: most of a large program
 * is the same.
 * @param changed the objects that are not the same
 * @throws ManifestFault where a file is no YAML
 */
export function footprintBetween(
  before: Side,
  after: Side,
  changed: readonly Pick<ObjectDiff, 'object' | 'environment'>[],
): FootprintChange[] {
  const touched = changed.filter(({ object }) => takesPart(object));
  if (touched.length === 0) return [];
  const places = new Set(
    touched.map(({ environment, object }) => keyOf({ environment, namespace: object.namespace ?? '' })),
  );
  const isWanted = touched.some(({ object }) => isOfAll(object))
    ? undefined
    : (place: Place) => places.has(keyOf(place));
  return footprintChange(sideFootprint(before, isWanted), sideFootprint(after, isWanted));
}

/** A namespace of a cluster. */
type Place = Pick<NamespaceFootprint, 'environment' | 'namespace'>;

function keyOf({ environment = '', namespace }: Place): string {
  return `${environment}\n${namespace}`;
}

/** What changes between two footprints; namespaces that take the same are left out. */
export function footprintChange(
  before: readonly NamespaceFootprint[],
  after: readonly NamespaceFootprint[],
): FootprintChange[] {
  const [old, now] = [before, after].map((all) => new Map(all.map((one) => [keyOf(one), one]))) as [
    Map<string, NamespaceFootprint>,
    Map<string, NamespaceFootprint>,
  ];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    const { environment, namespace } = (is ?? was) as NamespaceFootprint;
    const [then, since] = [was, is].map((one) => one && { always: one.always, atMost: one.atMost });
    if (same(then, since)) return [];
    return {
      ...(environment !== undefined && { environment }),
      namespace,
      ...(then && { before: then }),
      ...(since && { after: since }),
    };
  });
}

/** Whether what is taken depends on an object of its kind. */
function takesPart(object: Any): boolean {
  return (
    hasPods(object) ||
    isOfAll(object) ||
    /^(PersistentVolumeClaim|LimitRange|HorizontalPodAutoscaler)$/.test(object.kind)
  );
}

/** Whether pods of every namespace may ask for it. */
function isOfAll({ kind }: Any): boolean {
  return kind === 'RuntimeClass';
}

function workload({ object, amounts, most, mostSurge, lasts, unbounded }: Use) {
  return {
    object: identityOf(object),
    ...taken(lasts ? amounts : NOTHING, sum(most, mostSurge)),
    ...(unbounded && { unbounded }),
  };
}

const NOTHING: Amounts = new Map();

function taken(always: Amounts, atMost: Amounts): Taken {
  return { always: amountsIn(always), atMost: amountsIn(atMost) };
}

/** Sorted, without the second names that quotas have for what is requested. */
function amountsIn(amounts: Amounts): Taken['always'] {
  const own = [...amounts].filter(([name, { nano }]) => nano !== 0n && !amounts.has(`requests.${name}`));
  return formatAmounts(new Map(own.sort(([a], [b]) => (a < b ? -1 : 1))));
}

function byAmount(a: Use, b: Use): number {
  for (const name of ['requests.cpu', 'requests.memory', 'requests.storage', 'pods']) {
    const difference = (b.most.get(name)?.nano ?? 0n) - (a.most.get(name)?.nano ?? 0n);
    if (difference !== 0n) return difference > 0n ? 1 : -1;
  }
  return String(a.object.metadata?.name) < String(b.object.metadata?.name) ? -1 : 1;
}

function same(a: Taken | undefined, b: Taken | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

// What the objects of a namespace count for its ResourceQuotas, and for whoever pays for the nodes.
import { type Amounts, add } from '../../api/amounts';
import { kindName } from '../../api/identity';
import type { Any } from '../engine/cursor';
import type { PodView } from '../rule';
import { namespaceOf, type World } from '../world';
import { countedOfClaim, countedOfPod } from './counted';
import { countsPod, isScoped } from './quota-scope';
import { podCountsOf, surgeOf } from './replicas';

/** What one object counts, by the names that quotas have: `requests.cpu`, `pods`. */
export interface Use {
  readonly object: Any;
  /** The spec of its pods. @default - it is a claim */
  readonly spec?: Any;
  /** One of its pods. */
  readonly pod: Amounts;
  /** How many pods it has, other than in a rollout; an autoscaler at its fewest. */
  readonly replicas: number;
  /** With all these pods, and its claims. */
  readonly amounts: Amounts;
  /** The same at its most: an autoscaler's maximum, runs of a CronJob that overlap. */
  readonly most: Amounts;
  /** What it counts beside `amounts` while a rollout replaces its pods. */
  readonly surge: Amounts;
  /** What it counts beside `most` while a rollout replaces its pods. */
  readonly mostSurge: Amounts;
  /** Whether its pods go on until somebody ends them; those of Jobs end, and others take their place. */
  readonly lasts: boolean;
  /** Why it may count more than its most. @default - it may not */
  readonly unbounded?: string;
}

/** The ResourceQuotas that count all of a namespace's pods. */
export function quotasOf(world: World, namespace: string): Any[] {
  return world.ofKind('ResourceQuota', namespace).filter((quota) => !isScoped(quota));
}

/** Of what a namespace takes, what one of its quotas counts; undefined where that is not told by pods. */
export function usesOf(world: World, quota: Any): readonly Use[] | undefined {
  const namespace = namespaceOf(quota);
  const { uses } = usageOf(world, namespace);
  if (!isScoped(quota)) return uses;
  const counted = uses.filter(({ spec }) => spec !== undefined);
  const verdicts = counted.map(({ spec }) => countsPod(world, quota, spec, namespace));
  return verdicts.includes(undefined) ? undefined : counted.filter((_, index) => verdicts[index]);
}

/** What lasts, all together. */
export function lastingOf(uses: readonly Use[]): Amounts {
  return sum(...uses.filter(({ lasts }) => lasts).map(({ amounts }) => amounts));
}

/** What is counted of a namespace; left out is what depends on the cluster, such as a DaemonSet. */
export interface Usage {
  readonly uses: readonly Use[];
  /** What lasts, all together. */
  readonly lasting: Amounts;
  /** The objects whose pods depend on the cluster: one a node, as many as an operator makes. */
  readonly uncounted: readonly Any[];
  /** What one object counts; undefined where it is none that is counted. */
  of(object: Any): Use | undefined;
}

/** Worked out once a namespace: each of its Deployments asks. */
export function usageOf(world: World, namespace: string): Usage {
  const known = world.once(usages);
  let usage = known.get(namespace);
  if (!usage) {
    usage = worked(world, namespace);
    known.set(namespace, usage);
  }
  return usage;
}

const usages = (): Map<string, Usage> => new Map();

function worked(world: World, namespace: string): Usage {
  const uses: Use[] = [];
  const uncounted: Any[] = [];
  for (const pod of world.pods(namespace)) {
    const use = useOf(world, pod);
    if (use) uses.push(use);
    else if (kindName(pod.object) !== 'PodTemplate') uncounted.push(pod.object);
  }
  for (const claim of world.ofKind('PersistentVolumeClaim', namespace)) {
    const amounts = countedOfClaim(claim.spec);
    uses.push({
      object: claim,
      pod: NONE,
      replicas: 0,
      amounts,
      most: amounts,
      surge: NONE,
      mostSurge: NONE,
      lasts: true,
    });
  }
  const byObject = new Map(uses.map((use) => [use.object, use]));
  return { uses, lasting: lastingOf(uses), uncounted, of: (object) => byObject.get(object) };
}

const NONE: Amounts = new Map();
const LASTS = new Set(['Pod', 'apps/Deployment', 'apps/StatefulSet', 'apps/ReplicaSet', 'ReplicationController']);

/** @returns undefined where the number of pods depends on the cluster */
function useOf(world: World, { object, spec, namespace }: PodView): Use | undefined {
  const counts = podCountsOf(world, object);
  if (!counts) return undefined;
  const { least, most, unbounded } = counts;
  const kind = kindName(object);
  const pod = countedOfPod(world, spec, namespace);
  const claims = kind === 'apps/StatefulSet' ? claimsOf(object) : NONE;
  const surge = (replicas: number) => times(pod, kind === 'apps/Deployment' ? surgeOf(object, replicas) : 0);
  return {
    object,
    spec,
    pod,
    replicas: least,
    amounts: sum(times(pod, least), times(claims, least)),
    most: sum(times(pod, most), times(claims, most)),
    surge: surge(least),
    mostSurge: surge(most),
    lasts: LASTS.has(kind) && (kind !== 'Pod' || (spec.restartPolicy ?? 'Always') === 'Always'),
    ...(unbounded && { unbounded }),
  };
}

/** The claims that each pod of a StatefulSet has. */
function claimsOf({ spec }: Any): Amounts {
  const claims: Amounts = new Map();
  for (const template of spec?.volumeClaimTemplates ?? []) add(claims, countedOfClaim(template?.spec));
  return claims;
}

/** All of them together. */
export function sum(...parts: readonly Amounts[]): Amounts {
  const all: Amounts = new Map();
  for (const part of parts) add(all, part);
  return all;
}

function times(amounts: Amounts, count: number): Amounts {
  const product: Amounts = new Map();
  if (count > 0 && Number.isFinite(count)) add(product, amounts, BigInt(Math.trunc(count)));
  return product;
}

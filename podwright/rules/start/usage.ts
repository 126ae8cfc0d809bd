// What the objects of a namespace count for its ResourceQuotas.
// Source: pkg/quota/v1/evaluator/core of Kubernetes.
import { type Amounts, add, amountsOf, together } from '../../api/amounts';
import { kindName } from '../../api/identity';
import { quantityOf } from '../../api/quantity';
import type { Any } from '../engine/cursor';
import type { PodView } from '../rule';
import type { World } from '../world';
import { resourcesOf } from './limits';
import { replicasOf, surgeOf } from './replicas';

/** What one object counts. */
export interface Use {
  readonly object: Any;
  /** With all its pods, other than in a rollout, by the names that quotas have: `requests.cpu`, `pods`. */
  readonly amounts: Amounts;
  /** What it counts beside that while a rollout replaces its pods. */
  readonly surge: Amounts;
  /** Whether its pods go on until somebody ends them; those of Jobs end, and others take their place. */
  readonly lasts: boolean;
}

/** The ResourceQuotas that count all of a namespace's pods. */
export function quotasOf(world: World, namespace: string): Any[] {
  return world.ofKind('ResourceQuota', namespace).filter((quota) => !isScoped(quota));
}

/** Whether a quota is for some pods only. */
export function isScoped({ spec }: Any): boolean {
  return spec?.scopes?.length > 0 || spec?.scopeSelector !== undefined;
}

/** What is counted of a namespace; left out is what depends on the cluster, such as a DaemonSet. */
export interface Usage {
  readonly uses: readonly Use[];
  /** What lasts, all together. */
  readonly lasting: Amounts;
  /** What one object counts; undefined where it is none that is counted. */
  of(object: Any): Use | undefined;
}

/** Worked out once a namespace: each of its Deployments asks. */
export function usageOf(world: World, namespace: string): Usage {
  const known = world.once(usages);
  let usage = known.get(namespace);
  if (!usage) {
    const uses = usesOf(world, namespace);
    const lasting: Amounts = new Map();
    for (const { amounts, lasts } of uses) if (lasts) add(lasting, amounts);
    const byObject = new Map(uses.map((use) => [use.object, use]));
    usage = { uses, lasting, of: (object) => byObject.get(object) };
    known.set(namespace, usage);
  }
  return usage;
}

const usages = (): Map<string, Usage> => new Map();

const LASTS = new Set(['Pod', 'apps/Deployment', 'apps/StatefulSet', 'apps/ReplicaSet', 'ReplicationController']);

function usesOf(world: World, namespace: string): Use[] {
  const uses: Use[] = [];
  for (const pod of world.pods(namespace)) {
    const replicas = replicasOf(world, pod.object);
    if (!replicas) continue;
    const one = ofPod(world, pod);
    const kind = kindName(pod.object);
    const surge = kind === 'apps/Deployment' ? surgeOf(pod.object, replicas.least) : 0;
    const lasts = LASTS.has(kind) && (kind !== 'Pod' || (pod.spec.restartPolicy ?? 'Always') === 'Always');
    uses.push({ object: pod.object, amounts: times(one, replicas.least), surge: times(one, surge), lasts });
  }
  for (const claim of world.ofKind('PersistentVolumeClaim', namespace)) uses.push(ofClaim(claim));
  return uses;
}

/** What a pod counts. */
function ofPod(world: World, { spec, namespace }: PodView): Amounts {
  const amounts: Amounts = new Map([['pods', quantityOf(1)]]);
  for (const field of ['requests', 'limits'] as const) {
    const sum = together(spec, (container) => resourcesOf(world, container, namespace)[field]);
    for (const [name, amount] of [...sum, ...amountsOf(spec.resources?.[field])]) {
      amounts.set(`${field}.${name}`, amount);
      if (field === 'requests' && (name === 'cpu' || name === 'memory')) amounts.set(name, amount);
    }
  }
  return amounts;
}

function ofClaim(claim: Any): Use {
  const { resources, storageClassName } = claim.spec ?? {};
  const storage = quantityOf(resources?.requests?.storage ?? 0);
  const amounts: Amounts = new Map([
    ['persistentvolumeclaims', quantityOf(1)],
    ['requests.storage', storage],
  ]);
  if (storageClassName) {
    amounts.set(`${storageClassName}.storageclass.storage.k8s.io/requests.storage`, storage);
    amounts.set(`${storageClassName}.storageclass.storage.k8s.io/persistentvolumeclaims`, quantityOf(1));
  }
  return { object: claim, amounts, surge: new Map(), lasts: true };
}

function times(amounts: Amounts, count: number): Amounts {
  const product: Amounts = new Map();
  if (count > 0 && Number.isFinite(count)) add(product, amounts, BigInt(Math.trunc(count)));
  return product;
}

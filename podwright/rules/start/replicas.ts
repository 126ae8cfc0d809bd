// How many pods a workload has at once.
import { kindName } from '../../api/identity';
import type { Any } from '../engine/cursor';
import { shortestGap } from '../values/cron';
import { namespaceOf, type World } from '../world';

/** The pods of a workload at one time. */
export interface Replicas {
  readonly least: number;
  readonly most: number;
}

/** The HorizontalPodAutoscalers that scale a workload. */
export function autoscalersOf(world: World, workload: Any): readonly Any[] {
  return autoscalersFor(world, kindName(workload), workload.metadata?.name, namespaceOf(workload));
}

/** The HorizontalPodAutoscalers of what has a kind and a name, whether it is there or not. */
export function autoscalersFor(world: World, kind: string, name: unknown, namespace: string): readonly Any[] {
  return world.once(autoscalersByTarget).get(`${namespace}/${kind}/${name}`) ?? [];
}

function autoscalersByTarget(world: World): ReadonlyMap<string, Any[]> {
  const targets = new Map<string, Any[]>();
  for (const autoscaler of world.ofKind('autoscaling/HorizontalPodAutoscaler')) {
    const key = `${namespaceOf(autoscaler)}/${targetKind(autoscaler)}/${autoscaler.spec?.scaleTargetRef?.name}`;
    const others = targets.get(key);
    if (others) others.push(autoscaler);
    else targets.set(key, [autoscaler]);
  }
  return targets;
}

/** The kind that a HorizontalPodAutoscaler scales, with its group. */
export function targetKind({ spec }: Any): string {
  return kindName(spec?.scaleTargetRef ?? {});
}

/** The pods that a workload has at once, other than in a rollout; undefined where it depends on the cluster. */
export function replicasOf(world: World, workload: Any): Replicas | undefined {
  const { spec = {} } = workload;
  switch (kindName(workload)) {
    case 'Pod':
      return { least: 1, most: 1 };
    case 'batch/Job':
      return atOnce(spec);
    case 'batch/CronJob':
      return spec.concurrencyPolicy === 'Forbid' || spec.concurrencyPolicy === 'Replace'
        ? atOnce(spec.jobTemplate?.spec ?? {})
        : undefined;
    case 'apps/Deployment':
    case 'apps/StatefulSet':
    case 'apps/ReplicaSet':
    case 'ReplicationController': {
      const [autoscaler] = autoscalersOf(world, workload);
      if (autoscaler) return { least: autoscaler.spec.minReplicas ?? 1, most: autoscaler.spec.maxReplicas ?? 1 };
      const replicas = spec.replicas ?? 1;
      return { least: replicas, most: replicas };
    }
    default:
      return undefined;
  }
}

function atOnce({ parallelism = 1, completions = Number.POSITIVE_INFINITY, suspend }: Any): Replicas {
  const most = suspend ? 0 : Math.min(parallelism, completions);
  return { least: most, most };
}

/** The pods that a workload may have at once, and why there may be more. */
export interface PodCounts extends Replicas {
  /** @default - there may not */
  readonly unbounded?: string;
}

/** As {@link replicasOf}, with the runs of a CronJob that overlap, and those that wait to be resumed as none. */
export function podCountsOf(world: World, workload: Any): PodCounts | undefined {
  if (kindName(workload) !== 'batch/CronJob') return replicasOf(world, workload);
  const { suspend, concurrencyPolicy = 'Allow', jobTemplate = {}, schedule } = workload.spec ?? {};
  if (suspend) return { least: 0, most: 0 };
  const { least } = atOnce(jobTemplate.spec ?? {});
  if (concurrencyPolicy !== 'Allow') return { least, most: least };
  const [deadline, gap] = [jobTemplate.spec?.activeDeadlineSeconds, shortestGap(String(schedule))];
  if (deadline === undefined || gap === undefined)
    return { least, most: least, unbounded: 'its runs may overlap: no activeDeadlineSeconds bounds them' };
  return { least, most: least * Math.max(1, Math.ceil(deadline / gap)) };
}

/** A number, or a share of a total, as rollouts and budgets say them; undefined for what is neither. */
export function shareOf(value: Any, total: number, round: (share: number) => number): number | undefined {
  if (typeof value === 'number') return value;
  const percent = /^(\d+)%$/.exec(String(value));
  return percent ? round((total * Number(percent[1])) / 100) : undefined;
}

/** The pods that a rollout of a workload has beyond its replicas. */
export function surgeOf({ spec = {} }: Any, replicas: number): number {
  if (spec.strategy?.type === 'Recreate') return 0;
  return shareOf(spec.strategy?.rollingUpdate?.maxSurge ?? '25%', replicas, Math.ceil) ?? 0;
}

/** The pods that a rollout of a Deployment may take away before there are new ones in their place. */
export function unavailableOf({ spec = {} }: Any, replicas: number): number {
  if (spec.strategy?.type === 'Recreate') return replicas;
  const given = spec.strategy?.rollingUpdate?.maxUnavailable ?? '25%';
  const unavailable = shareOf(given, replicas, Math.floor) ?? 0;
  // With neither, the API server's controller takes one away.
  return unavailable === 0 && surgeOf({ spec }, replicas) === 0 ? 1 : unavailable;
}

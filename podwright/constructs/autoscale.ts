import type { HorizontalPodAutoscalerBehaviorV2, HorizontalPodAutoscalerSpecV2, MetricSpecV2 } from '../api/k8s';
import type { Props } from './pod-spec';
import { fault } from './validation';
import { plain } from './values';

/** How the number of replicas follows the load. */
export interface AutoscaleProps {
  /** @default 1 */
  readonly minReplicas?: number;

  readonly maxReplicas: number;

  /**
   * The part of the CPU that pods request, in percent, that they are to use on average. Each container has to request
   * some.
   * @default 70, unless there are `metrics`
   */
  readonly cpuUtilization?: number;

  /** What else to go by, in the API's fields. @default - the CPU alone */
  readonly metrics?: readonly Props<MetricSpecV2>[];

  /** How fast to scale, in the API's fields. @default - the API's: up at once, down after five minutes of less load */
  readonly behavior?: Props<HorizontalPodAutoscalerBehaviorV2>;
}

interface Replicated {
  readonly replicas?: number;
  readonly autoscale?: AutoscaleProps;
}

/** The HorizontalPodAutoscaler's spec for a Deployment. */
export function autoscalerSpec(deployment: string, autoscale: AutoscaleProps): HorizontalPodAutoscalerSpecV2 {
  const { minReplicas = 1, maxReplicas, metrics, behavior } = autoscale;
  const cpuUtilization = autoscale.cpuUtilization ?? (metrics ? undefined : 70);
  const cpu: MetricSpecV2[] =
    cpuUtilization === undefined
      ? []
      : [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpuUtilization } },
          },
        ];
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: deployment },
    minReplicas,
    maxReplicas,
    metrics: [...cpu, ...plain<MetricSpecV2[]>(metrics ?? [])],
    ...(behavior && { behavior: plain(behavior) }),
  };
}

/** The number of replicas that there are at the least. */
export function sureReplicas({ replicas = 1, autoscale }: Replicated): number {
  return autoscale ? (autoscale.minReplicas ?? 1) : replicas;
}

/** The number of replicas that there may be at the most. */
export function mostReplicas({ replicas = 1, autoscale }: Replicated): number {
  return autoscale ? autoscale.maxReplicas : replicas;
}

/** The faults of replicas that two would set. */
export function replicaFaults({ replicas, autoscale }: Replicated): string[] {
  if (replicas === undefined || !autoscale) return [];
  return [fault('replicas', 'would be reset by each synthesis beside autoscale', replicas, 'autoscale.minReplicas')];
}

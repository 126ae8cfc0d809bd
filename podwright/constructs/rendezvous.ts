import { Lazy } from 'cdk8s';
import { isGpu } from '../api/gpu';
import type { EnvVar, PodSpec } from '../api/k8s';
import { Env } from './env';

/** Where and how the workers of a training meet. */
export interface Rendezvous {
  /** The headless Service that gives the workers their names. */
  readonly service: string;
  /** The Job's name, of which the workers' names are made. @default - known in the pod only, by its label */
  readonly job?: string;
  readonly port: number;
  readonly nodes: number;
  /** The processes of a pod, asked for at synthesis. */
  readonly processes: () => number;
}

/**
 * The variables that torchrun (`PET_…`) and torch.distributed read.
 * @see https://pytorch.org/docs/stable/elastic/run.html
 */
export function rendezvousEnv({ service, job, port, nodes, processes }: Rendezvous): EnvVar[] {
  const late = (produce: () => number): string => Lazy.any({ produce: () => String(produce()) });
  const rank = Env.fromField("metadata.annotations['batch.kubernetes.io/job-completion-index']");
  const master = `${job ?? '$(JOB_NAME)'}-0.${service}`;
  return [
    ...(job === undefined
      ? [{ name: 'JOB_NAME', ...Env.fromField("metadata.labels['batch.kubernetes.io/job-name']") }]
      : []),
    { name: 'PET_NNODES', value: String(nodes) },
    { name: 'PET_NPROC_PER_NODE', value: late(processes) },
    { name: 'PET_NODE_RANK', ...rank },
    { name: 'PET_MASTER_ADDR', value: master },
    { name: 'PET_MASTER_PORT', value: String(port) },
    { name: 'MASTER_ADDR', value: master },
    { name: 'MASTER_PORT', value: String(port) },
    { name: 'NODE_RANK', ...rank },
    { name: 'WORLD_SIZE', value: late(() => nodes * processes()) },
  ];
}

/** The GPUs that a pod's first container is limited to; undefined when it has none. */
export function gpusOf(spec: PodSpec): number | undefined {
  const limits = spec.containers[0]?.resources?.limits ?? {};
  const counts = Object.entries(limits)
    .filter(([name]) => isGpu(name))
    .map(([, count]) => Number(count));
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}

import { type ApiObject, Lazy, resolve } from 'cdk8s';
import { isGpu } from '../api/gpu';
import type { EnvVar, PodSpec } from '../api/k8s';
import { Env } from './env';

/** Where and how the workers of a training meet. */
export interface Rendezvous {
  /** The headless Service that gives the workers their names. */
  readonly service: string;
  /** The Job's name, of which the workers' names are made, asked for at synthesis. */
  readonly job: () => string;
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
  const late = (produce: () => number | string): string => Lazy.any({ produce: () => String(produce()) });
  const rank = Env.fromField("metadata.annotations['batch.kubernetes.io/job-completion-index']");
  const master = late(() => `${job()}-0.${service}`);
  return [
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

/** The GPUs that the first of a pod's containers that has any is limited to; undefined when none has. */
export function gpusOf({ containers }: PodSpec, object: ApiObject): number | undefined {
  const counts = containers.map(({ resources }) => {
    const limits: Record<string, unknown> = resolve([], resources?.limits ?? {}, object);
    const gpus = Object.entries(limits).filter(([name]) => isGpu(name));
    return gpus.reduce((sum, [, count]) => sum + Number(count), 0);
  });
  return counts.find((count) => count > 0);
}

// What a Job says of a distributed training.
import { isGpu } from '../../api/gpu';
import { groupOf } from '../../api/identity';
import type { Any } from '../engine/cursor';
import type { PodView } from '../rule';
import { type Told, torchrunOf } from './torchrun';

/** The plain variables of a pod's containers, by name; the first container that has one is the one that counts. */
export function variablesOf({ spec }: PodView): ReadonlyMap<string, Told> {
  const variables = new Map<string, Told>();
  for (const [index, { env = [] }] of (spec.containers ?? []).entries()) {
    for (const [at, { name, value }] of env.entries()) {
      if (value === undefined || variables.has(name)) continue;
      variables.set(name, { value, steps: ['spec', 'containers', index, 'env', at, 'value'] });
    }
  }
  return variables;
}

/** How many pods torchrun waits for before a training begins; NaN where the program does not show it. */
export interface Nodes {
  readonly told: Told;
  readonly least: number;
  /** More than {@link least} of an elastic training: `2:4`. */
  readonly most: number;
}

/** The pods of one training; undefined where torchrun is told of none. Each that is `--standalone` trains alone. */
export function nodesOf(pod: PodView): Nodes | undefined {
  const options = torchrunOf(pod)?.options;
  const told = options?.get('nnodes') ?? variablesOf(pod).get('PET_NNODES');
  const [, least, most = least] = /^(\d+)(?::(\d+))?$/.exec(told?.value ?? '') ?? [];
  const alone = options?.get('standalone');
  if (alone && !(Number(least) > 1)) return { told: alone, least: 1, most: 1 };
  return told && { told, least: Number(least), most: Number(most) };
}

/** Where the workers of a pod's training meet, `HOST.SERVICE…`; undefined where the pod is none of a training's. */
export function masterOf(pod: PodView): Told | undefined {
  const variables = variablesOf(pod);
  const options = torchrunOf(pod)?.options;
  if (options?.has('standalone')) return undefined;
  const backend = options?.get('rdzv-backend') ?? variables.get('PET_RDZV_BACKEND');
  const endpoint = options?.get('rdzv-endpoint') ?? variables.get('PET_RDZV_ENDPOINT');
  // Others than these two have an endpoint that is no worker's: etcd. A worker's is `NAME-NUMBER.SERVICE:PORT`.
  const isWorker = backend === undefined || backend.value === 'c10d' || backend.value === 'static';
  const host = isWorker && endpoint ? /^([^.:]+-\d+\.[^:]+)(:|$)/.exec(endpoint.value)?.[1] : undefined;
  if (endpoint && host !== undefined) return { ...endpoint, value: host };
  const master = options?.get('master-addr') ?? variables.get('PET_MASTER_ADDR') ?? variables.get('MASTER_ADDR');
  return master && /^(localhost$|127\.|::1$)/.test(master.value) ? undefined : master;
}

/** The spec of the Job that makes a pod; undefined for other pods. */
export function jobSpecOf({ object, path }: PodView): Any | undefined {
  if (groupOf(object.apiVersion) !== 'batch') return undefined;
  return path.slice(0, -2).reduce((value: Any, step) => value?.[step], object) ?? {};
}

/** The GPUs that a container is limited to. */
export function gpusOf({ resources }: Any): number {
  let count = 0;
  for (const name in resources?.limits) if (isGpu(name)) count += Number(resources.limits[name]) || 0;
  return count;
}

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

/** Where the workers of a pod's training meet, `HOST.SERVICE…`; undefined where the pod is none of a training's. */
export function masterOf(pod: PodView): Told | undefined {
  const variables = variablesOf(pod);
  const options = torchrunOf(pod)?.options;
  const endpoint = options?.get('rdzv-endpoint') ?? variables.get('PET_RDZV_ENDPOINT');
  // Other backends than workers have endpoints, too: what is one of theirs is `NAME-NUMBER.SERVICE:PORT`.
  const host = endpoint && /^([^.:]+-\d+\.[^:]+)(:|$)/.exec(endpoint.value)?.[1];
  if (endpoint && host !== undefined) return { ...endpoint, value: host };
  return options?.get('master-addr') ?? variables.get('PET_MASTER_ADDR') ?? variables.get('MASTER_ADDR');
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

// Which pods a ResourceQuota with scopes counts. Source: podMatchesScopeFunc of pkg/quota/v1/evaluator/core.
import { containersOf } from '../../api/pods';
import type { Any } from '../engine/cursor';
import type { World } from '../world';
import { resourcesOf } from './limits';

/** One demand on pods, as `scopes` and `scopeSelector` say it. */
interface Demand {
  readonly scopeName: string;
  readonly operator?: string;
  readonly values?: readonly string[];
}

/** Whether a quota counts what all pods take, and claims. */
export function isScoped({ spec }: Any): boolean {
  return demandsOf(spec).length > 0;
}

/**
 * Whether a quota counts a pod.
 * @returns undefined where its scopes are of another sort than pods say
 */
export function countsPod(world: World, { spec: quota }: Any, pod: Any, namespace: string): boolean | undefined {
  let all: boolean | undefined = true;
  for (const demand of demandsOf(quota)) {
    const met = meets(world, demand, pod, namespace);
    if (met === false) return false;
    if (met === undefined) all = undefined;
  }
  return all;
}

function demandsOf(quota: Any): readonly Demand[] {
  const scopes: readonly string[] = quota?.scopes ?? [];
  return [...scopes.map((scopeName) => ({ scopeName })), ...(quota?.scopeSelector?.matchExpressions ?? [])];
}

function meets(world: World, demand: Demand, pod: Any, namespace: string): boolean | undefined {
  switch (demand.scopeName) {
    case 'Terminating':
      return pod.activeDeadlineSeconds !== undefined;
    case 'NotTerminating':
      return pod.activeDeadlineSeconds === undefined;
    case 'BestEffort':
      return isBestEffort(world, pod, namespace);
    case 'NotBestEffort':
      return !isBestEffort(world, pod, namespace);
    case 'PriorityClass':
      return hasPriority(pod.priorityClassName ?? '', demand);
    default:
      return undefined;
  }
}

/** Whether a pod says neither requests nor limits of CPU and memory, and nothing fills them in. */
function isBestEffort(world: World, pod: Any, namespace: string): boolean {
  const says = (names: Iterable<string>) => [...names].some((name) => name === 'cpu' || name === 'memory');
  const own = pod.resources ?? {};
  if (says(Object.keys({ ...own.requests, ...own.limits }))) return false;
  return !containersOf(pod).some(([container]) => {
    const { requests, limits } = resourcesOf(world, container, namespace);
    return says(requests.keys()) || says(limits.keys());
  });
}

function hasPriority(name: string, { operator = 'Exists', values = [] }: Demand): boolean {
  switch (operator) {
    case 'In':
      return values.includes(name);
    case 'NotIn':
      return !values.includes(name);
    case 'DoesNotExist':
      return name === '';
    default:
      return name !== '';
  }
}

// What one pod and one claim count, by the names that a ResourceQuota has.
// Sources: pkg/quota/v1/evaluator/core of Kubernetes, PodRequests and PodLimits of k8s.io/component-helpers/resource.
import { type Amounts, add, amountsOf, together } from '../../api/amounts';
import { quantityOf } from '../../api/quantity';
import type { Any } from '../engine/cursor';
import type { World } from '../world';
import { resourcesOf } from './limits';

/** What a pod counts, its own claims beside it: those of its ephemeral volumes. */
export function countedOfPod(world: World, spec: Any, namespace: string): Amounts {
  const amounts: Amounts = new Map([['pods', quantityOf(1)]]);
  const { requests, limits } = podResources(world, spec, namespace);
  for (const [name, amount] of requests) {
    amounts.set(`requests.${name}`, amount);
    // What quotas call by its bare name is what is requested.
    if (/^(cpu|memory|ephemeral-storage|hugepages-.*)$/.test(name)) amounts.set(name, amount);
  }
  for (const [name, amount] of limits) amounts.set(`limits.${name}`, amount);
  for (const { ephemeral } of spec.volumes ?? [])
    if (ephemeral?.volumeClaimTemplate) add(amounts, countedOfClaim(ephemeral.volumeClaimTemplate.spec));
  return amounts;
}

/** What a PersistentVolumeClaim counts. */
export function countedOfClaim(spec: Any): Amounts {
  const { resources, storageClassName } = spec ?? {};
  const [one, storage] = [quantityOf(1), quantityOf(resources?.requests?.storage ?? 0)];
  const ofClass = `${storageClassName}.storageclass.storage.k8s.io`;
  return new Map([
    ['persistentvolumeclaims', one],
    ['requests.storage', storage],
    ...(storageClassName
      ? ([
          [`${ofClass}/requests.storage`, storage],
          [`${ofClass}/persistentvolumeclaims`, one],
        ] as const)
      : []),
  ]);
}

function podResources(world: World, spec: Any, namespace: string): { requests: Amounts; limits: Amounts } {
  const sum = (field: 'requests' | 'limits') => together(spec, (one) => resourcesOf(world, one, namespace)[field]);
  const own = amountsOf(spec.resources?.limits);
  const requests: Amounts = new Map([...sum('requests'), ...requestedByPod(spec, own)]);
  const limits: Amounts = new Map([...sum('limits'), ...own]);
  const overhead = overheadOf(world, spec);
  add(requests, overhead);
  // Only what is limited has the overhead added to its limit.
  add(limits, new Map([...overhead].filter(([name]) => limits.has(name))));
  return { requests, limits };
}

/**
 * What a pod requests as a whole. Where it says limits, the API server fills its requests in before a LimitRange has its
 * say: with what its containers say, else with its limits.
 */
function requestedByPod(spec: Any, limits: Amounts): Amounts {
  const requests = amountsOf(spec.resources?.requests);
  if (limits.size === 0) return requests;
  const said = ({ resources }: Any): Amounts =>
    new Map([...amountsOf(resources?.limits), ...amountsOf(resources?.requests)]);
  const byContainers = [...together(spec, said)].filter(([name]) => name === 'cpu' || name === 'memory');
  return new Map([...limits, ...byContainers, ...requests]);
}

/** What the pod's runtime takes, as its RuntimeClass says and the API server fills in. */
function overheadOf(world: World, { overhead, runtimeClassName }: Any): Amounts {
  const runtime = runtimeClassName ? world.find('node.k8s.io/RuntimeClass', runtimeClassName) : undefined;
  return amountsOf(overhead ?? runtime?.overhead?.podFixed);
}

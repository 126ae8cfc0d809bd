// What a Pod requests as a whole, where it says its limits: defaultPodRequests and defaultHugePagePodLimits of
// pkg/apis/core/v1/defaults.go.
import { amountsOf, formatAmounts, together } from '../amounts';
import type { Any } from './type-defaults';

const isHugePages = (name: string) => name.startsWith('hugepages-');
const isOvercommittable = (name: string) => name === 'cpu' || name === 'memory';

/** Fills in `resources` of a Pod's spec; the containers' own are filled in already. */
export function podResources(spec: Any): void {
  const { resources } = spec;
  if (!resources || (!resources.limits && !resources.requests)) return;
  const limits = formatAmounts(together(spec, (container) => amountsOf(container.resources?.limits)));
  for (const name in limits) {
    if (!isHugePages(name) || resources.requests?.[name] !== undefined || resources.limits?.[name] !== undefined)
      continue;
    resources.limits ??= {};
    resources.limits[name] = limits[name];
  }
  if (!resources.limits) return;
  const requests = { ...resources.requests };
  const needed = formatAmounts(together(spec, (container) => amountsOf(container.resources?.requests)));
  for (const name in needed) if (isOvercommittable(name)) requests[name] ??= needed[name];
  for (const name in resources.limits)
    if (isOvercommittable(name) || isHugePages(name)) requests[name] ??= resources.limits[name];
  if (Object.keys(requests).length > 0) resources.requests = requests;
}

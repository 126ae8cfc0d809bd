// The names of resources: Kubernetes' own and those of other makers. Source: pkg/apis/core/helper,
// pkg/apis/core/validation validateResourceName.
import type { Any, Check, Cursor } from '../engine/cursor';
import { qualifiedName } from '../values/names';

/** Objects that a quota counts. */
export const OBJECT_COUNTS = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];
const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
const STANDARD = new Set([
  ...COMPUTE,
  ...COMPUTE.flatMap((name) => [`requests.${name}`, `limits.${name}`]),
  'requests.storage',
  ...OBJECT_COUNTS,
  'storage',
]);

/** `hugepages-2Mi`. */
export function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-');
}

/** Kubernetes' own resources: those without a domain, or with kubernetes.io. */
export function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** Whether more of a resource may be limited than requested: of Kubernetes' own, huge pages apart. */
export function isOvercommitAllowed(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

/** Resources of other makers: `nvidia.com/gpu`. */
export function isExtended(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.') && qualifiedName(`requests.${name}`) === undefined;
}

/** A resource's name anywhere. */
export const resourceName: Check = (name: Any, at: Cursor) => {
  const problems = qualifiedName(name);
  if (problems) for (const problem of problems) at.invalid(name, problem);
  else if (!name.includes('/') && !STANDARD.has(name) && !/^(requests\.)?hugepages-/.test(name)) {
    at.invalid(name, 'must be a standard resource type or fully qualified');
  }
};

/** The name of a resource that containers ask for. */
export const containerResourceName: Check = (name: Any, at: Cursor) => {
  resourceName(name, at);
  if (!name.includes('/')) {
    if (!COMPUTE.includes(name) && !isHugePages(name)) at.invalid(name, 'must be a standard resource for containers');
  } else if (!isNative(name) && !isExtended(name)) {
    at.invalid(name, "doesn't follow extended resource name standard");
  }
};

/** The name of a resource that a Pod asks for as a whole. */
export const podResourceName: Check = (name: Any, at: Cursor) => {
  const before = at.faults.length;
  resourceName(name, at);
  if (at.faults.length === before && name !== 'cpu' && name !== 'memory' && !isHugePages(name)) {
    at.notSupported(name, ['cpu', 'hugepages-', 'memory']);
  }
};

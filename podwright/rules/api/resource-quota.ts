// ResourceQuotas. Source: pkg/apis/core/validation ValidateResourceQuotaSpec.
import { object } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { withSpec } from './apps';
import { subdomainMetadata, withMetadata } from './metadata';
import { resourceName } from './resource-names';
import { amount, stored } from './resources';

const OF_PODS = ['pods', 'cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory'];
const QUOTA_RESOURCES = new Set([
  ...OF_PODS,
  'ephemeral-storage',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.ephemeral-storage',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'persistentvolumeclaims',
  'configmaps',
  'services.nodeports',
  'services.loadbalancers',
]);
const isQuotaResource = (name: string) => QUOTA_RESOURCES.has(name) || /^(requests\.)?hugepages-/.test(name);

/** The scopes, and the resources that each can count. */
const SCOPES: { readonly [scope: string]: readonly string[] } = {
  Terminating: OF_PODS,
  NotTerminating: OF_PODS,
  BestEffort: ['pods'],
  NotBestEffort: OF_PODS,
  PriorityClass: OF_PODS,
  CrossNamespacePodAffinity: OF_PODS,
  VolumeAttributesClass: ['persistentvolumeclaims', 'requests.storage'],
};
const ONLY_EXISTS = ['BestEffort', 'NotBestEffort', 'Terminating', 'NotTerminating', 'CrossNamespacePodAffinity'];
const CONFLICTS = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const;

const hard: Check = (map: Any, at: Cursor) => {
  for (const name in map) {
    at.path.push(name);
    resourceName(name, at);
    if (!name.includes('/') && !isQuotaResource(name)) at.invalid(name, 'must be a standard resource for quota');
    amount(name, stored(map[name]), at);
    at.path.pop();
  }
};

/** The resources of a quota that a scope can't count. */
function miscounted(spec: Any, scope: string): number {
  const known = SCOPES[scope];
  return known
    ? Object.keys(spec.hard ?? {}).filter((name) => isQuotaResource(name) && !known.includes(name)).length
    : 0;
}

const scopes: Check = (spec: Any, at: Cursor) => {
  const list: string[] = spec.scopes ?? [];
  for (const scope of list) {
    if (!Object.hasOwn(SCOPES, scope)) at.invalid(list, 'unsupported scope', 'scopes');
    else if (miscounted(spec, scope) > 0) at.invalid(list, 'unsupported scope applied to resource', 'scopes');
  }
  for (const pair of CONFLICTS) {
    if (pair.every((scope) => list.includes(scope))) at.invalid(list, 'conflicting scopes', 'scopes');
  }
};

/** The API server names the list of demands, not the one that is wrong. */
const scopeSelector: Check = (spec: Any, at: Cursor) => {
  const demands: Any[] = spec.scopeSelector?.matchExpressions ?? [];
  at.path.push('scopeSelector', 'matchExpressions');
  demands.forEach((entry, i) => {
    const { scopeName = '', operator = '' } = entry ?? {};
    const values = entry?.values ?? [];
    if (!Object.hasOwn(SCOPES, scopeName))
      at.invalid(scopeName, 'unsupported scope', i, 'scopeName').says(2, 'scopeName');
    else if (miscounted(spec, scopeName) > 0) {
      at.invalid(spec.scopeSelector, 'unsupported scope applied to resource').at(i);
    }
    if (ONLY_EXISTS.includes(scopeName) && operator !== 'Exists') {
      const problem =
        "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";
      at.invalid(operator, problem, i, 'operator').says(2, 'operator');
    }
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0) {
        const problem = "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector";
        at.required(problem, i, 'values').says(2, 'values');
      }
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0) {
        const problem = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector";
        at.invalid(values, problem, i, 'values').says(2, 'values');
      }
    } else at.invalid(operator, 'not a valid selector operator', i, 'operator').says(2, 'operator');
  });
  for (const pair of CONFLICTS) {
    if (pair.every((scope) => demands.some((demand) => demand?.scopeName === scope))) {
      at.invalid(spec.scopes ?? null, 'conflicting scopes');
    }
  }
  at.path.length -= 2;
};

/** A ResourceQuota. */
export const resourceQuota: Check = object(
  'api/resource-quota',
  {},
  withMetadata(subdomainMetadata),
  withSpec(object('api/resource-quota', { hard }, scopes, scopeSelector)),
);

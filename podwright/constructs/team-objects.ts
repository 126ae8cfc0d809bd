import type { LimitRangeItem, Quantity, Subject } from '../api/k8s';
import type { PodSecurityLevel, TeamMember } from './team';
import { fault } from './validation';
import { plain, type QuantityValue } from './values';

const LEVELS = ['privileged', 'baseline', 'restricted'];

/** Labels by which a namespace enforces a Pod Security Standard, and warns of workloads whose pods would break it. */
export function podSecurityLabels(level: PodSecurityLevel): Record<string, string> {
  return { 'pod-security.kubernetes.io/enforce': level, 'pod-security.kubernetes.io/warn': level };
}

/** The faults of a level that types have not caught. */
export function podSecurityFaults(level: unknown): string[] {
  const expected = LEVELS.map((name) => `'${name}'`).join(', ');
  return LEVELS.includes(level as string) ? [] : [fault('podSecurity', 'is not a level', level, expected)];
}

/** A quota in the names that are enforced: of a device, the bare name and that of its limits are accepted, and count nothing. */
export function plainQuota(quota: Readonly<Record<string, QuantityValue>>): Record<string, Quantity> {
  const hard = Object.entries(plain<Record<string, Quantity>>(quota));
  return Object.fromEntries(hard.map(([name, value]) => [enforced(name), value]));
}

function enforced(name: string): string {
  const device = name.replace(/^limits\./, '');
  return isDevice(device) ? `requests.${device}` : name;
}

/** The faults of a quota that says a device's amount by two names. */
export function quotaFaults(quota: Readonly<Record<string, QuantityValue>> = {}): string[] {
  const names = Object.keys(quota);
  return names
    .filter((name, index) => names.findIndex((other) => enforced(other) === enforced(name)) < index)
    .map((name) =>
      fault(`quota['${name}']`, 'counts what another name counts', quota[name], `'${enforced(name)}' alone`),
    );
}

// vendor.example/thing; what Kubernetes itself counts has a prefix, or ends in a name of its own.
function isDevice(name: string): boolean {
  if (!name.includes('/') || /^(requests\.|count\/)/.test(name)) return false;
  return !/\.(storageclass|volumeattributesclass|deviceclass)\.[a-z.]*k8s\.io\//.test(name);
}

/** What containers that say nothing request, and are limited to. */
const DEFAULT_LIMITS: Readonly<Record<string, { readonly request: Quantity; readonly limit: Quantity }>> = {
  cpu: { request: '100m', limit: 1 },
  memory: { request: '128Mi', limit: '1Gi' },
  'ephemeral-storage': { request: '128Mi', limit: '1Gi' },
};

/**
 * A LimitRange's item: what is given, and for what a quota counts defaults, since it refuses pods that do not say it. A
 * resource that is given in any way is left to that: the API server makes defaults of its most and its least.
 */
export function limitRangeItem(
  given: Partial<LimitRangeItem>,
  quota: Readonly<Record<string, Quantity>>,
): Partial<LimitRangeItem> {
  const requests: Record<string, Quantity> = {};
  const limits: Record<string, Quantity> = {};
  const isGiven = (name: string) => Object.values(given).some((amounts) => amounts !== null && name in Object(amounts));
  for (const [name, { request, limit }] of Object.entries(DEFAULT_LIMITS)) {
    if (isGiven(name)) continue;
    if (name in quota || `requests.${name}` in quota || `limits.${name}` in quota) requests[name] = request;
    if (`limits.${name}` in quota) limits[name] = limit;
  }
  return {
    ...given,
    ...(Object.keys(requests).length > 0 && { defaultRequest: { ...requests, ...given.defaultRequest } }),
    ...(Object.keys(limits).length > 0 && { default: { ...limits, ...given.default } }),
  };
}

/** Members by the role that they are granted, in the order that roles are met. */
export function byRole(members: readonly TeamMember[]): Map<string, Subject[]> {
  const roles = new Map<string, Subject[]>();
  for (const { role = 'edit', ...subject } of members) {
    roles.set(role, [...(roles.get(role) ?? []), { ...subject }]);
  }
  return roles;
}

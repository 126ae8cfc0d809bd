import { storedForm } from '../api/defaulting/stored';
import { kindOf } from '../api/definitions';
import { same } from '../api/plain';
import { withoutPaths } from './clean';
import type { Any } from './path';

/** Fields that servers fill in: of an object that was read from a cluster, nobody can tell who wrote them. */
const FILLED = new Set(
  `allocateLoadBalancerNodePorts apiGroup apiVersion backoffLimit completionMode completions concurrencyPolicy
  defaultMode dnsPolicy enableServiceLinks externalTrafficPolicy failedJobsHistoryLimit failureThreshold
  imagePullPolicy internalTrafficPolicy manualSelector maxSurge maxUnavailable metadata parallelism partition path
  periodSeconds persistentVolumeClaimRetentionPolicy persistentVolumeReclaimPolicy podManagementPolicy
  podReplacementPolicy policyTypes preemptionPolicy progressDeadlineSeconds protocol reclaimPolicy requests resources
  restartPolicy revisionHistoryLimit rollingUpdate schedulerName scheme securityContext sessionAffinity strategy
  successThreshold successfulJobsHistoryLimit suspend targetPort terminationGracePeriodSeconds terminationMessagePath
  terminationMessagePolicy timeoutSeconds type updateStrategy volumeBindingMode volumeMode whenDeleted whenScaled`.split(
    /\s+/,
  ),
);

/**
 * An object without the values that the API server fills in where nothing is written. What would not come back by
 * itself, since it is another value, or since it is filled in by what else is there, stays.
 */
export function withoutDefaults(object: Any): Any {
  if (!kindOf(object.apiVersion, object.kind)) return object;
  const stored = storedForm(object);
  let bare = { ...stripped(object), apiVersion: object.apiVersion, metadata: object.metadata };
  // What is put back may decide what else is filled in.
  for (let round = 0; round < 4; round++) {
    const filled = storedForm(bare);
    if (same(filled, stored)) return pruned(bare, stored);
    bare = restored(object, bare, stored, filled);
  }
  return object;
}

/** What was put back for the sake of another field that has been put back since, and is filled in now, goes. */
function pruned(object: Any, stored: Any): Any {
  return leaves(object, []).reduce((bare, path) => {
    const less = withoutPaths(bare, [path]);
    return same(storedForm(less), stored) ? less : bare;
  }, object);
}

function leaves(value: Any, steps: readonly (string | number)[]): (readonly (string | number)[])[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, [...steps, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => {
    const path = [...steps, key];
    if (steps.length > 0 && FILLED.has(key) && isLeaf(value[key])) return [path];
    return leaves(value[key], path);
  });
}

function isLeaf(value: Any): boolean {
  return typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0;
}

function stripped(value: Any): Any {
  if (Array.isArray(value)) return value.map(stripped);
  if (typeof value !== 'object' || value === null) return value;
  const fields: [string, Any][] = [];
  for (const key of Object.keys(value)) {
    const part = stripped(value[key]);
    if (!(isLeaf(part) && FILLED.has(key))) fields.push([key, part]);
  }
  return Object.fromEntries(fields);
}

/** The bare object with those fields put back that are filled in with something else. */
function restored(object: Any, bare: Any, stored: Any, filled: Any): Any {
  if (Array.isArray(object)) {
    return object.map((item, index) => restored(item, bare[index], stored?.[index], filled?.[index]));
  }
  if (typeof object !== 'object' || object === null) return object;
  const fields: [string, Any][] = [];
  for (const key of Object.keys(object)) {
    if (bare !== undefined && Object.hasOwn(bare, key)) {
      fields.push([key, restored(object[key], bare[key], stored?.[key], filled?.[key])]);
    } else if (!same(stored?.[key], filled?.[key])) fields.push([key, object[key]]);
  }
  return Object.fromEntries(fields);
}

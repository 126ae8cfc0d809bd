import { type Any, at } from './path';

/** Kinds that only a cluster makes. */
const RECORDS = new Set(['v1 Event', 'events.k8s.io/v1 Event']);

/** Why an object is none of a program's: others make it. undefined for one that is. */
export function skipReason(object: Any): string | undefined {
  const { apiVersion, kind, type } = object;
  const owners: Any = at(object, 'metadata', 'ownerReferences');
  const owner = Array.isArray(owners) ? owners.find((each) => each?.controller === true) : undefined;
  if (owner) return `${owner.kind} ${owner.name} makes it`;
  if (apiVersion === 'v1' && kind === 'ConfigMap' && at(object, 'metadata', 'name') === 'kube-root-ca.crt') {
    return 'the cluster makes it in each namespace';
  }
  if (apiVersion === 'v1' && kind === 'Secret') {
    if (type === 'kubernetes.io/service-account-token') return 'the cluster makes it for a service account';
    if (type === 'bootstrap.kubernetes.io/token') return 'it lets nodes join the cluster';
    if (String(type).startsWith('helm.sh/release')) return 'Helm keeps a release in it';
  }
  if (RECORDS.has(`${apiVersion} ${kind}`)) return 'it tells what happened';
  const isEndpoints = apiVersion === 'v1' && kind === 'Endpoints';
  if (isEndpoints && at(object, 'metadata', 'annotations', LAST_CHANGE)) return 'the cluster makes it for a Service';
  return undefined;
}

const LAST_CHANGE = 'endpoints.kubernetes.io/last-change-trigger-time';

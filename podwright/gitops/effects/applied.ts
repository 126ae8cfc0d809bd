// What an object is after a commit has been applied: kubectl apply and Flux send what a manifest says, not the whole
// object. What the last manifest said and this one does not is taken away; what the server filled in before stays.
// https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
import { kindOf, type Schema, schemaOf } from '../../api/definitions';
import { copy, same } from '../../api/plain';
import type { Version } from '../../api/versions';
import type { Any } from './effect';

/**
 * The live object after `after` is applied where `before` was; the API server has still to fill in its defaults.
 *
 * @param live what the cluster keeps of `before`
 */
export function applied(live: Any, before: Any, after: Any, version: Version): Any {
  const kind = kindOf(after.apiVersion, after.kind);
  const schema: Schema = kind ? { $ref: kind.definition } : {};
  const merged = merge(live, before, after, schema, version);
  if (kind?.kind === 'Service' && kind.group === '') adjustService(merged, live);
  return merged;
}

const exposed = ({ type, externalIPs }: Any) =>
  type === 'NodePort' || type === 'LoadBalancer' || externalIPs !== undefined;
const balanced = ({ type }: Any) => type === 'LoadBalancer';
const addressed = ({ type }: Any) => type !== 'ExternalName';

/** The fields of a Service that only some types have: they go when the type does, unless the manifest changes them too. */
const BY_TYPE: { readonly [field: string]: (spec: Any) => boolean } = {
  clusterIP: addressed,
  clusterIPs: addressed,
  ipFamilies: addressed,
  ipFamilyPolicy: addressed,
  internalTrafficPolicy: addressed,
  externalTrafficPolicy: exposed,
  allocateLoadBalancerNodePorts: balanced,
  loadBalancerClass: balanced,
};

/**
 * What the API server does to a changed Service before it looks at it: patchAllocatedValues and dropTypeDependentFields
 * of pkg/registry/core/service. An address that is no longer written stays, too.
 */
function adjustService(service: Any, live: Any): void {
  const [old, now] = [live.spec, service.spec];
  if (!isMap(old) || !isMap(now)) return;
  if (addressed(old) && addressed(now))
    for (const field of ['clusterIP', 'clusterIPs']) now[field] ??= copy(old[field]);
  for (const field in BY_TYPE) {
    const needs = BY_TYPE[field];
    if (needs?.(old) && !needs(now) && same(old[field], now[field])) delete now[field];
  }
  if (exposed(old) && !exposed(now)) for (const port of now.ports ?? []) delete port.nodePort;
}

function merge(live: Any, before: Any, after: Any, schema: Schema, version: Version): Any {
  // What is said again leaves what is there.
  if (live !== undefined && same(before, after)) return live;
  const type: Any = schema.$ref ? (schemaOf(version, schema.$ref) ?? {}) : schema;
  if (isMap(after) && isMap(live) && type['x-kubernetes-map-type'] !== 'atomic') {
    const merged: Any = { ...live };
    for (const key in before) if (isGone(after[key])) delete merged[key];
    for (const key in after) {
      if (isGone(after[key])) continue;
      const part = type.properties?.[key] ?? type.additionalProperties ?? {};
      merged[key] = merge(live[key], isMap(before) ? before[key] : undefined, after[key], part, version);
    }
    return merged;
  }
  const keys: readonly string[] | undefined = type['x-kubernetes-list-map-keys'];
  if (keys && Array.isArray(after) && Array.isArray(live)) {
    const old = Array.isArray(before) ? before : [];
    const properties = type.items?.$ref ? schemaOf(version, type.items.$ref)?.properties : undefined;
    // What a key is where it is not written: `protocol: TCP`.
    const keyOf = (item: Any, key: string) => item?.[key] ?? properties?.[key]?.default;
    const find = (list: readonly Any[], item: Any) =>
      list.find((other) => keys.every((key) => same(keyOf(other, key), keyOf(item, key))));
    return after.map((item) => merge(find(live, item), find(old, item), item, type.items ?? {}, version));
  }
  return copy(after);
}

function isGone(value: unknown): boolean {
  return value === undefined || value === null;
}

function isMap(value: unknown): value is Any {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

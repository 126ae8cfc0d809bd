// Takes off an object what a server has set, and what stands for nothing.
import { kindOf } from '../api/definitions';
import { pointerOf } from '../api/json-pointer';
import { liveFields } from './live';
import { type Any, at } from './path';
import { typeOf } from './schemas';

/** An object as a program would say it. */
export interface Cleaned {
  readonly object: Any;
  /** Pointers to what was left out, since a server sets it. */
  readonly dropped: readonly string[];
  /** Whether it was read from a cluster, where defaults are filled in. */
  readonly isLive: boolean;
}

const METADATA = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
];

const ANNOTATIONS = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
  'deprecated.daemonset.template.generation',
  'pv.kubernetes.io/bind-completed',
  'pv.kubernetes.io/bound-by-controller',
  'pv.kubernetes.io/provisioned-by',
  'volume.beta.kubernetes.io/storage-provisioner',
  'volume.kubernetes.io/storage-provisioner',
  'volume.kubernetes.io/selected-node',
  'volume.kubernetes.io/storage-resizer',
  'batch.kubernetes.io/job-tracking',
  'autoscaling.alpha.kubernetes.io/conditions',
  'autoscaling.alpha.kubernetes.io/current-metrics',
  'control-plane.alpha.kubernetes.io/leader',
];

/** The object without what a server sets; it is not changed, and shares with the result what is in both. */
export function clean(given: Any): Cleaned {
  const metadata: Any = given.metadata ?? {};
  const isLive = ['uid', 'resourceVersion', 'managedFields'].some((field) => metadata[field] !== undefined);
  const paths: (readonly (string | number)[])[] = [
    ['status'],
    ...METADATA.map((field) => ['metadata', field]),
    ...ANNOTATIONS.map((name) => ['metadata', 'annotations', name]),
    ...(isLive ? liveFields(given) : []),
  ].filter((path) => at(given, ...path) !== undefined);
  const object = withoutPaths(withoutNull(given, typeNames(given)), paths);
  const empty = ['labels', 'annotations', 'finalizers', 'ownerReferences'].filter((field) => {
    const value = at(object, 'metadata', field);
    return value !== undefined && Object.keys(value).length === 0;
  });
  return {
    object: withoutPaths(
      object,
      empty.map((field) => ['metadata', field]),
    ),
    dropped: paths.map(pointerOf),
    isLive,
  };
}

/** A copy without the fields and items that paths lead to, and without collections that are empty by that. */
export function withoutPaths(value: Any, paths: readonly (readonly (string | number)[])[]): Any {
  if (paths.length === 0) return value;
  const gone = new Set(paths.filter((path) => path.length === 1).map(([step]) => String(step)));
  const deeper = new Map<string, (readonly (string | number)[])[]>();
  for (const [step, ...rest] of paths) {
    if (rest.length > 0) deeper.set(String(step), [...(deeper.get(String(step)) ?? []), rest]);
  }
  const kept = Object.keys(value).filter((key) => !gone.has(key));
  const parts = kept.flatMap((key): [string, Any][] => {
    const own = deeper.get(key);
    if (!own) return [[key, value[key]]];
    const part = withoutPaths(value[key], own);
    return Object.keys(part).length === 0 ? [] : [[key, part]];
  });
  return Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
}

/** The name of the type of an object's fields; undefined for kinds that are not built in. */
function typeNames(object: Any): string | undefined {
  return kindOf(String(object.apiVersion), String(object.kind))?.definition;
}

/**
 * A copy in which what is null is left out, as a server reads it: but a text of a map is the empty one then.
 *
 * @param type the definition of the value's type, where it is known
 */
function withoutNull(value: Any, type: string | undefined): Any {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withoutNull(item, type));
  const properties = type === undefined ? undefined : typeOf(type)?.properties;
  const fields: [string, Any][] = [];
  for (const key of Object.keys(value)) {
    const part = value[key];
    if (part === null || part === undefined) continue;
    const schema = properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
    const isMap = schema?.additionalProperties?.type === 'string' && typeof part === 'object';
    fields.push([key, isMap ? textsOf(part) : withoutNull(part, schema?.$ref ?? schema?.items?.$ref)]);
  }
  return Object.fromEntries(fields);
}

function textsOf(map: Any): Any {
  if (Array.isArray(map)) return map;
  return Object.fromEntries(Object.keys(map).map((key) => [key, map[key] ?? '']));
}

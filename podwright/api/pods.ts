// Where objects of the built-in kinds hold a pod.
import { kindName } from './identity';

// biome-ignore lint/suspicious/noExplicitAny: objects have any shape until they are checked
type Any = any;

/** A pod, or the template of pods, in an object. */
export interface PodTemplate {
  /** Its labels and annotations; a Pod's are the object's own. */
  readonly metadata: Any;
  readonly spec: Any;
  /** The fields that lead from the object to {@link spec}. */
  readonly path: readonly string[];
}

const TEMPLATE = ['spec', 'template', 'spec'];

const PATHS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Pod', ['spec']],
  ['PodTemplate', ['template', 'spec']],
  ['ReplicationController', TEMPLATE],
  ['apps/Deployment', TEMPLATE],
  ['apps/StatefulSet', TEMPLATE],
  ['apps/DaemonSet', TEMPLATE],
  ['apps/ReplicaSet', TEMPLATE],
  ['batch/Job', TEMPLATE],
  ['batch/CronJob', ['spec', 'jobTemplate', ...TEMPLATE]],
]);

/** Whether objects of a kind are pods, or make them. */
export function hasPods(object: Any): boolean {
  return PATHS.has(kindName(object ?? {}));
}

/** The pod that an object is, or the template that it makes its pods from; undefined for kinds without. */
export function podTemplateOf(object: Any): PodTemplate | undefined {
  const kind = kindName(object ?? {});
  const path = PATHS.get(kind);
  if (!path) return undefined;
  let template = object;
  for (let step = 0; step < path.length - 1; step++) template = template?.[path[step] as string];
  if (typeof template?.spec !== 'object' || template.spec === null) return undefined;
  return { metadata: template.metadata ?? {}, spec: template.spec, path };
}

/** The containers of a pod that hold images, env and mounts, of all sorts, with the fields that lead to each. */
export function containersOf(spec: Any): readonly (readonly [container: Any, path: readonly [string, number]])[] {
  const containers: (readonly [container: Any, path: readonly [string, number]])[] = [];
  for (const field of ['initContainers', 'containers', 'ephemeralContainers']) {
    const list = spec?.[field];
    if (!Array.isArray(list)) continue;
    for (let index = 0; index < list.length; index++) {
      const container = list[index];
      if (typeof container === 'object' && container !== null) containers.push([container, [field, index]]);
    }
  }
  return containers;
}

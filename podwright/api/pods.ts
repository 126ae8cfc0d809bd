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

const PATHS: { readonly [kind: string]: readonly string[] } = {
  Pod: [],
  PodTemplate: ['template'],
  ReplicationController: ['spec', 'template'],
  'apps/Deployment': ['spec', 'template'],
  'apps/StatefulSet': ['spec', 'template'],
  'apps/DaemonSet': ['spec', 'template'],
  'apps/ReplicaSet': ['spec', 'template'],
  'batch/Job': ['spec', 'template'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
};

/** The pod that an object is, or the template that it makes its pods from; undefined for kinds without. */
export function podTemplateOf(object: Any): PodTemplate | undefined {
  const kind = kindName(object ?? {});
  const path = Object.hasOwn(PATHS, kind) ? PATHS[kind] : undefined;
  const template = path?.reduce((value: Any, field) => value?.[field], object);
  if (!path || typeof template?.spec !== 'object' || template.spec === null) return undefined;
  return { metadata: template.metadata ?? {}, spec: template.spec, path: [...path, 'spec'] };
}

/** The containers of a pod that hold images, env and mounts, of all sorts, with the fields that lead to each. */
export function* containersOf(spec: Any): Generator<readonly [container: Any, path: readonly [string, number]]> {
  for (const field of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    const list = Array.isArray(spec?.[field]) ? spec[field] : [];
    for (const [index, container] of list.entries()) {
      if (typeof container === 'object' && container !== null) yield [container, [field, index]];
    }
  }
}

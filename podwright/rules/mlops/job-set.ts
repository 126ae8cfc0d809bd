// The Jobs of a JobSet, which is a custom resource: where its definition is not known, nobody has looked at its types.
import type { Any, Step } from '../engine/cursor';
import { isTyped } from '../plain-object';

/** Jobs that a JobSet makes of one template. */
export interface ReplicatedJob {
  readonly name: string;
  readonly replicas: number;
  /** A Job's spec. */
  readonly spec: Any;
  /** From the JobSet to its entry. */
  readonly steps: readonly Step[];
}

const TEMPLATE = 'io.k8s.api.batch.v1.JobTemplateSpec';

/** Those whose fields are of the types that the API has for them. */
export function replicatedJobsOf(jobSet: Any): ReplicatedJob[] {
  const list = jobSet.spec?.replicatedJobs;
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry, index) => {
    const { name, replicas = 1, template } = entry ?? {};
    if (typeof name !== 'string' || typeof replicas !== 'number' || !isTyped(TEMPLATE, template)) return [];
    return [{ name, replicas, spec: template?.spec ?? {}, steps: ['spec', 'replicatedJobs', index] }];
  });
}

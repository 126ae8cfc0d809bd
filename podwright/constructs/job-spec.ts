import type { JobSpec, PodFailurePolicyRule, PodTemplateSpec } from '../api/k8s';
import { type Defaults, isOn } from './defaults';
import type { PodTemplateProps, Props } from './pod-spec';
import { split } from './values';

/** The JobSpec's own fields. */
export interface JobFields extends Props<Omit<JobSpec, 'template'>> {}

// By a record, so that a field that the API gains does not compile until it is here.
const JOB_FIELDS = Object.keys({
  activeDeadlineSeconds: true,
  backoffLimit: true,
  backoffLimitPerIndex: true,
  completionMode: true,
  completions: true,
  managedBy: true,
  manualSelector: true,
  maxFailedIndexes: true,
  parallelism: true,
  podFailurePolicy: true,
  podReplacementPolicy: true,
  scheduling: true,
  selector: true,
  successPolicy: true,
  suspend: true,
  ttlSecondsAfterFinished: true,
} satisfies Record<keyof JobFields, true>) as (keyof JobFields)[];

/** The names of the defaults that every Job has beside those of its pods. */
export const JOB_DEFAULTS = ['restartPolicy', 'podFailurePolicy', 'completionMode'] as const;

/**
 * A default of every Job:
 *
 * - `restartPolicy`: Never, so that a failed pod stays and its log can be read; the API has no default for a Job.
 * - `podFailurePolicy`: a pod that was evicted, preempted or drained away costs none of the retries. It takes
 *   restartPolicy Never, and is left out with another.
 * - `completionMode`: Indexed where a field asks for it (`backoffLimitPerIndex`, `maxFailedIndexes`, `successPolicy`).
 */
export type JobDefault = (typeof JOB_DEFAULTS)[number];

/** The pods that a disruption took do not count as failed. */
export const IGNORE_DISRUPTIONS: PodFailurePolicyRule = {
  action: 'Ignore',
  onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }],
};

/** Props divided into the JobSpec's fields, plain, and the rest. */
export function splitJob<P extends JobFields>(
  props: P,
): { job: Omit<JobSpec, 'template'>; rest: Omit<P, keyof JobFields> } {
  const { own, rest } = split<P, keyof JobFields>(props, JOB_FIELDS);
  return { job: own, rest };
}

/** A Job's pod props with the restart policy that Jobs have by default. */
export function withRestartPolicy<P extends PodTemplateProps<JobDefault>>(props: P): P {
  return isOn(props.defaults, 'restartPolicy') ? { ...props, restartPolicy: props.restartPolicy ?? 'Never' } : props;
}

/** Whether the API server takes a failure policy of a Job: one that knows of each failed pod, when it has ended. */
export function takesFailurePolicy(job: Pick<JobSpec, 'podReplacementPolicy'>, template: PodTemplateSpec): boolean {
  return template.spec?.restartPolicy === 'Never' && job.podReplacementPolicy !== 'TerminatingOrFailed';
}

/** A JobSpec with its defaults filled in; what it sets already stays. */
export function jobSpec(
  job: Omit<JobSpec, 'template'>,
  template: PodTemplateSpec,
  defaults: Defaults<JobDefault> | undefined,
): JobSpec {
  const isIndexed = job.backoffLimitPerIndex !== undefined || job.maxFailedIndexes !== undefined || job.successPolicy;
  const isPolicyOn = isOn(defaults, 'podFailurePolicy') && takesFailurePolicy(job, template);
  return {
    ...(isOn(defaults, 'completionMode') && isIndexed ? { completionMode: 'Indexed' } : {}),
    ...(isPolicyOn ? { podFailurePolicy: { rules: [IGNORE_DISRUPTIONS] } } : {}),
    ...job,
    template,
  };
}

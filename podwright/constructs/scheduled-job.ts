import { type ApiObjectMetadataDefinition, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { type CronJobSpec, KubeCronJob, type ObjectMeta } from '../api/k8s';
import { shortestGap } from '../rules/values/cron';
import { type Defaults, isOn } from './defaults';
import { JOB_DEFAULTS, type JobDefault, type JobFields, jobSpec, splitJob, withRestartPolicy } from './job-spec';
import type { Props } from './pod-spec';
import { type TemplateDefault, TemplateWorkload, type TemplateWorkloadProps } from './template-workload';
import { plain } from './values';

/** The names of the defaults below. */
export const SCHEDULE_DEFAULTS = [
  'timeZone',
  'concurrencyPolicy',
  'activeDeadlineSeconds',
  'successfulJobsHistoryLimit',
  'failedJobsHistoryLimit',
] as const;

/**
 * A default of a {@link ScheduledJob} beside those of its Jobs:
 *
 * - `timeZone`: Etc/UTC; without it the schedule is in the time zone that the control plane happens to run in.
 * - `concurrencyPolicy`: Forbid; two runs at once would work on the same data.
 * - `activeDeadlineSeconds`: the shortest time between two runs, an hour at least and a day at most. A run that hangs
 *   would, under Forbid, keep all later ones from starting.
 * - `successfulJobsHistoryLimit`, `failedJobsHistoryLimit`: 3 each. The API keeps one failed run alone, so that the next
 *   failure takes away the log of the first.
 */
export type ScheduledJobDefault = (typeof SCHEDULE_DEFAULTS)[number];

interface CronJobFields extends Props<Omit<CronJobSpec, 'jobTemplate'>> {}

/**
 * Options of a {@link ScheduledJob}: the fields of the CronJobSpec, the JobSpec and the PodSpec, flat, beside the
 * object's metadata. `suspend` is the schedule's, `activeDeadlineSeconds` each run's.
 */
export interface ScheduledJobProps
  extends Omit<
      TemplateWorkloadProps<TemplateDefault | JobDefault | ScheduledJobDefault>,
      keyof JobFields | keyof CronJobFields
    >,
    Omit<JobFields, keyof CronJobFields>,
    CronJobFields {
  /** The metadata of the Jobs: labels and annotations. @default - none */
  readonly jobMetadata?: ObjectMeta;
}

/**
 * A Job that runs by the clock. Its name has at most 52 characters, since a Job's has 11 more.
 *
 * @example
 * new ScheduledJob(chart, 'nightly', { schedule: '0 3 * * *', containers: [{ name: 'main', image: 'python:3.11' }] });
 */
export class ScheduledJob extends TemplateWorkload {
  /** The object that the cluster gets; patches to it are lossless. */
  readonly cronJob: KubeCronJob;

  constructor(scope: Construct, id: string, props: ScheduledJobProps) {
    const { schedule, timeZone, startingDeadlineSeconds, concurrencyPolicy, suspend, ...more } = props;
    const { successfulJobsHistoryLimit, failedJobsHistoryLimit, jobMetadata, ...fields } = more;
    const { job, rest } = splitJob(fields);
    super(scope, id, withRestartPolicy(rest), 'scheduled-job', [...JOB_DEFAULTS, ...SCHEDULE_DEFAULTS]);

    const { defaults } = props;
    const deadline = { activeDeadlineSeconds: deadlineOf(schedule) };
    const jobFields = { ...(isOn(defaults, 'activeDeadlineSeconds') ? deadline : {}), ...job };
    const spec = Lazy.any({ produce: () => jobSpec(jobFields, this.currentTemplate(), defaults) });
    this.cronJob = new KubeCronJob(this, 'Default', {
      metadata: this.objectMeta(props.metadata),
      spec: {
        ...scheduleDefaults(defaults),
        ...defined({ timeZone, concurrencyPolicy, successfulJobsHistoryLimit, failedJobsHistoryLimit }),
        ...plain<object>({ schedule, startingDeadlineSeconds, suspend }),
        jobTemplate: { ...(jobMetadata && { metadata: plain<ObjectMeta>(jobMetadata) }), spec },
      } as CronJobSpec,
    });
  }

  /** The CronJob's metadata: labels and annotations can be added to it. */
  get metadata(): ApiObjectMetadataDefinition {
    return this.cronJob.metadata;
  }
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/** How long a run may take: until the next one, within bounds. */
function deadlineOf(schedule: unknown): number {
  const gap = typeof schedule === 'string' ? shortestGap(schedule) : undefined;
  return Math.min(Math.max(gap ?? DAY, HOUR), DAY);
}

function scheduleDefaults(defaults: Defaults<ScheduledJobDefault> | undefined): Partial<CronJobSpec> {
  return {
    ...(isOn(defaults, 'timeZone') && { timeZone: 'Etc/UTC' }),
    ...(isOn(defaults, 'concurrencyPolicy') && { concurrencyPolicy: 'Forbid' }),
    ...(isOn(defaults, 'successfulJobsHistoryLimit') && { successfulJobsHistoryLimit: 3 }),
    ...(isOn(defaults, 'failedJobsHistoryLimit') && { failedJobsHistoryLimit: 3 }),
  };
}

function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

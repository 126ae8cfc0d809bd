// Pods, Jobs and CronJobs as constructs.
import { JOB_DEFAULTS } from '../../constructs/job-spec';
import { SCHEDULE_DEFAULTS } from '../../constructs/scheduled-job';
import { POD_DEFAULTS } from '../../constructs/security';
import { TEMPLATE_DEFAULTS } from '../../constructs/template-workload';
import type { Fields } from '../code';
import { carry } from '../comments';
import { ownMetadata } from '../context';
import { type Any, at } from '../path';
import { type Candidate, type Trial, without } from './candidate';
import { type Lean, withDefaults } from './defaults';
import { leaveOut, leaveOutLabels, merged, podProps, SECURITY_LEANS } from './pod-props';

/** A Pod. */
export function pod(object: Any, id: string, trial: Trial): Candidate | undefined {
  const { apiVersion: _, kind: __, metadata: ___, spec, ...others } = object;
  if (!spec || Object.keys(others).length > 0) return undefined;
  const props = merged(metadataProp(object, id, trial), podProps(spec));
  return props && withDefaults({ className: 'Pod', id, props, objects: [object] }, trial, POD_DEFAULTS, SECURITY_LEANS);
}

const JOB_LEANS: readonly Lean[] = [
  ...SECURITY_LEANS,
  leaveOut('restartPolicy'),
  leaveOut('podFailurePolicy'),
  leaveOut('completionMode'),
  leaveOutLabels('podMetadata'),
  leaveOutLabels('metadata'),
];

/** A Job; one whose name ends in its content's hash is a new one with each change. */
export function job(object: Any, id: string, trial: Trial): Candidate | undefined {
  const { apiVersion: _, kind: __, metadata, spec, ...others } = object;
  const template = spec && templateProps(spec.template);
  if (!template || Object.keys(others).length > 0) return undefined;
  const candidateOf = (named: Any, own: string, more: Fields) => {
    const props = merged(metadataProp(named, own, trial), more, without(spec, 'template'), template);
    const candidate = props && { className: 'Job' as const, id: own, props, objects: [object] };
    return candidate && withDefaults(candidate, trial, [...TEMPLATE_DEFAULTS, ...JOB_DEFAULTS], JOB_LEANS);
  };
  const base = /^(.+)-[0-9a-f]{8}$/.exec(metadata.name ?? '')?.[1];
  const renamed = { ...object, metadata: { ...metadata, name: base } };
  const hashed = base === undefined ? undefined : candidateOf(renamed, base, { onChange: 'new-name' });
  return hashed ?? candidateOf(object, id, {});
}

const SCHEDULE_LEANS: readonly Lean[] = [
  ...JOB_LEANS,
  leaveOut('timeZone'),
  leaveOut('concurrencyPolicy'),
  leaveOut('activeDeadlineSeconds'),
  leaveOut('successfulJobsHistoryLimit'),
  leaveOut('failedJobsHistoryLimit'),
];

/** A CronJob. */
export function scheduledJob(object: Any, id: string, trial: Trial): Candidate | undefined {
  const { apiVersion: _, kind: __, metadata: ___, spec, ...others } = object;
  const { metadata: jobMetadata, spec: jobSpec, ...more } = spec?.jobTemplate ?? {};
  const template = jobSpec && templateProps(jobSpec.template);
  if (!template || Object.keys({ ...others, ...more }).length > 0) return undefined;
  const props = merged(
    metadataProp(object, id, trial),
    without(spec, 'jobTemplate'),
    jobMetadata === undefined ? {} : { jobMetadata },
    without(jobSpec, 'template'),
    template,
  );
  const defaults = [...TEMPLATE_DEFAULTS, ...JOB_DEFAULTS, ...SCHEDULE_DEFAULTS];
  const candidate = props && { className: 'ScheduledJob' as const, id, props, objects: [object] };
  return candidate && withDefaults(candidate, trial, defaults, SCHEDULE_LEANS);
}

/** A pod template as props; undefined for one with fields that no prop says. */
export function templateProps(template: Any): Fields | undefined {
  const { metadata, spec, ...others } = template ?? {};
  if (!spec || Object.keys(others).length > 0) return undefined;
  const podMetadata = metadata === undefined ? {} : carry({ podMetadata: metadata }, {});
  return merged(podMetadata, podProps(spec));
}

/** The metadata that an object has beside its chart's and its id. */
export function metadataProp(object: Any, id: string, { context }: Trial): Fields {
  const metadata = ownMetadata(object, context, id);
  return Object.keys(metadata).length === 0 ? {} : { metadata: carry(metadata, at(object, 'metadata')) };
}

// CronJobs. Source: pkg/apis/batch/validation ValidateCronJobCreate.
import { given, nonNegative, object, oneOf, required } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { cronProblem } from '../values/cron';
import { byteLength } from '../values/names';
import { withSpec } from './apps';
import { jobTemplate } from './job';
import { subdomainMetadata, withMetadata } from './metadata';

const schedule: Check = (text: Any, at: Cursor) => {
  const problem = cronProblem(text);
  if (problem) at.invalid(text, problem);
  if (text.includes('TZ')) at.invalid(text, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead');
};

/** What most say is known beforehand: the first question to Intl takes 20 ms. */
const zones = new Map([
  ['Etc/UTC', true],
  ['UTC', true],
]);

/** Whether the time zone database has a zone of exactly this name. */
function isZone(name: string): boolean {
  let known = zones.get(name);
  if (known === undefined) {
    known = false;
    try {
      const zone = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
      // Intl does not mind capitals, files do; an alias resolves to another name.
      known =
        zone.toLowerCase() === name.toLowerCase() ? zone === name || !/[/]/.test(name) : !/(^|\/)[a-z]/.test(name);
    } catch {}
    zones.set(name, known);
  }
  return known;
}

const timeZone: Check = (name: Any, at: Cursor) => {
  if (name === '') {
    at.invalid(name, 'timeZone must be nil or non-empty string');
    return;
  }
  const parts: string[] = name.split('/');
  if (
    parts.some(
      (part) => part === '.' || part === '..' || part.startsWith('-') || !/^[A-Za-z.\-_0-9+]{1,14}$/.test(part),
    )
  ) {
    at.invalid(name, `unknown time zone ${name}`);
    return;
  }
  if (name.toLowerCase() === 'local') {
    at.invalid(name, 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones');
  } else if (!isZone(name)) at.invalid(name, `unknown time zone ${name}`);
};

const cronJobSpec: Check = object(
  'api/cron-job',
  {
    schedule: required(schedule),
    startingDeadlineSeconds: nonNegative,
    timeZone: given(timeZone),
    concurrencyPolicy: oneOf('Allow', 'Forbid', 'Replace'),
    successfulJobsHistoryLimit: nonNegative,
    failedJobsHistoryLimit: nonNegative,
  },
  (spec: Any, at: Cursor) => at.enter('jobTemplate', jobTemplate, spec.jobTemplate ?? {}),
);

/** A CronJob, whose name leaves room for what its Jobs' names add. */
export const cronJob: Check = object(
  'api/cron-job',
  {},
  withMetadata(subdomainMetadata),
  withSpec(cronJobSpec),
  (value: Any, at: Cursor) => {
    const name = value.metadata?.name || '';
    if (byteLength(name) > 52) at.invalid(name, 'must be no more than 52 characters', 'metadata', 'name');
  },
);

import { objectRule } from '../rule';
import { podSpec, sample } from '../samples';
import { fieldsOf } from '../values/cron';

const cron = (schedule: string) =>
  sample('batch/v1', 'CronJob', 'monthly', {
    spec: { schedule, jobTemplate: { spec: { template: { spec: podSpec({}, { restartPolicy: 'Never' }) } } } },
  });

export const neverDue = objectRule({
  id: 'start/never-due',
  severity: 'warning',
  summary: 'a CronJob for a date that never comes',
  why: `The API server looks at each field of a schedule for itself, and takes the 30th of February: no Job is ever made. Where that is
meant, as of Jobs that are only made by hand, \`suspend: true\` says so.`,
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax',
  kinds: ['batch/CronJob'],
  fails: [cron('0 3 30 2 *')],
  passes: [cron('0 3 28 2 *')],
  check({ spec }, at) {
    const { schedule, suspend } = spec ?? {};
    if (!schedule || suspend || !isNever(schedule)) return;
    at.report(
      ['spec', 'schedule'],
      `is for a date that never comes, got ${JSON.stringify(schedule)}; expected a day that its month has`,
      { fix: 'Where no run is meant, say so: suspend: true' },
    );
  },
});

/** Of the months, in leap years. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether none of the months has any of the days. Days of the week are beside days of the month another way to be due. */
function isNever(schedule: string): boolean {
  const [, , [first = 0] = [], months = []] = fieldsOf(schedule) ?? [];
  const weekdays = schedule.trim().split(/\s+/).at(-1) ?? '';
  const isAnyWeekday = weekdays.split(',').some((one) => /^[*?](\/1)?$/.test(one));
  return isAnyWeekday && months.length > 0 && months.every((month) => first > (DAYS[month - 1] ?? 0));
}

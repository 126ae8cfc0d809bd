import { findings } from '../../__tests__/support';
import { podSpec, sample } from '../../samples';
import { neverDue } from '../never-due';

function told(schedule: string, fields: object = {}): string[] {
  const jobTemplate = { spec: { template: { spec: podSpec({}, { restartPolicy: 'Never' }) } } };
  return findings(neverDue, [sample('batch/v1', 'CronJob', 'c', { spec: { schedule, jobTemplate, ...fields } })]);
}

test.each(['0 3 30 2 *', '0 3 31 2,4,6,9,11 *', '0 3 30-31 feb ?', 'TZ=Europe/Berlin 0 3 31 apr *', '0 3 30 2 */1'])(
  '%s never comes',
  (schedule) => {
    expect(told(schedule)).toEqual([
      `CronJob c /spec/schedule: is for a date that never comes, got ${JSON.stringify(schedule)}; expected a day that its month has`,
    ]);
  },
);

test.each([
  ['0 3 29 2 *', 'in leap years'],
  ['0 3 31 2,3 *', 'in March'],
  ['0 3 28-31 2 *', 'on the first of its days'],
  ['0 3 30 2 mon', 'on Mondays'],
  ['0 3 30 2 0-6', 'on each day of the week'],
  ['0 3 * * *', 'daily'],
  ['@monthly', 'monthly'],
  ['every so often', 'is another fault'],
  ['', 'is another fault'],
])('%s comes, %s', (schedule) => {
  expect(told(schedule)).toEqual([]);
});

test('a CronJob that is suspended has said so', () => {
  expect(told('0 3 30 2 *', { suspend: true })).toEqual([]);
});

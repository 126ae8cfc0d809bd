import { fieldsOf, shortestGap } from '../cron';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

test.each([
  ['every so often', undefined],
  ['60 * * * *', undefined],
  ['*/0 * * * *', undefined],
  ['* * * * *', MINUTE],
  ['*/10 * * * *', 10 * MINUTE],
  ['*/25 * * * *', 10 * MINUTE],
  ['5,7 3 * * *', 2 * MINUTE],
  ['0 3 * * *', 24 * HOUR],
  ['0 3 1 jan mon', 24 * HOUR],
  ['59 0,23 * * *', HOUR],
  ['TZ=Europe/Zurich 0 */6 * * *', 6 * HOUR],
  ['@hourly', HOUR],
  ['@weekly', 7 * 24 * HOUR],
  ['@every 1h30m', 90 * MINUTE],
  ['@every 1ms', 1],
])('the runs of %j are so many seconds apart at least: %j', (schedule, seconds) => {
  expect(shortestGap(schedule)).toBe(seconds);
});

test("a schedule's fields are lists of numbers; a descriptor has none, nor has what is no schedule", () => {
  expect(fieldsOf('TZ=UTC 0,30 9-17/4 1 jan,mar sun')).toEqual([[0, 30], [9, 13, 17], [1], [1, 3], [0]]);
  expect([fieldsOf('@daily'), fieldsOf('0 3 32 * *'), fieldsOf('')]).toEqual([undefined, undefined, undefined]);
});

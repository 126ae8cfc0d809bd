import { ScheduledJob, type ScheduledJobDefault, type ScheduledJobProps } from '../scheduled-job';
import { errorsOf, objectOf, restrictedFaults } from './support';

const containers = [{ name: 'main', image: 'busybox:1.37' }];
const schedule = '0 3 * * *';
const labels = { 'app.kubernetes.io/name': 'nightly', 'app.kubernetes.io/component': 'scheduled-job' };
const cronJob = (props: Partial<ScheduledJobProps> = {}) =>
  objectOf((chart) => new ScheduledJob(chart, 'nightly', { schedule, containers, ...props }));
const spec = (props: Partial<ScheduledJobProps> = {}) => cronJob(props).spec;

test('fills in what a schedule needs, and nothing else', () => {
  const { metadata, spec } = cronJob();
  const { template, ...job } = spec.jobTemplate.spec;
  expect(metadata).toEqual({ name: 'nightly', labels });
  expect({ ...spec, jobTemplate: undefined }).toEqual({
    schedule,
    timeZone: 'Etc/UTC',
    concurrencyPolicy: 'Forbid',
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 3,
  });
  expect(job).toEqual({
    activeDeadlineSeconds: 86400,
    podFailurePolicy: {
      rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
    },
  });
  expect(template.metadata).toEqual({ labels });
  expect(template.spec.restartPolicy).toBe('Never');
  expect(restrictedFaults(template.spec)).toEqual([]);
});

describe('leaving defaults out', () => {
  const alone: Record<ScheduledJobDefault, (spec: ReturnType<typeof cronJob>) => unknown> = {
    timeZone: ({ timeZone }) => timeZone,
    concurrencyPolicy: ({ concurrencyPolicy }) => concurrencyPolicy,
    activeDeadlineSeconds: ({ jobTemplate }) => jobTemplate.spec.activeDeadlineSeconds,
    successfulJobsHistoryLimit: (fields) => fields.successfulJobsHistoryLimit,
    failedJobsHistoryLimit: (fields) => fields.failedJobsHistoryLimit,
  };

  test.each(Object.entries(alone))('%s alone', (name, field) => {
    expect(field(spec())).toBeDefined();
    expect(field(spec({ defaults: { [name]: false } }))).toBeUndefined();
  });

  test('all at once says exactly what the props say', () => {
    expect(cronJob({ defaults: 'none', restartPolicy: 'OnFailure' })).toEqual({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly' },
      spec: { schedule, jobTemplate: { spec: { template: { spec: { containers, restartPolicy: 'OnFailure' } } } } },
    });
  });
});

test('what is set wins, each field in its place', () => {
  const { jobTemplate, ...fields } = spec({
    timeZone: 'Asia/Seoul',
    concurrencyPolicy: 'Replace',
    startingDeadlineSeconds: 60,
    successfulJobsHistoryLimit: 1,
    failedJobsHistoryLimit: 0,
    suspend: true,
    activeDeadlineSeconds: 600,
    backoffLimit: 0,
    ttlSecondsAfterFinished: 60,
    jobMetadata: { labels: { 'kueue.x-k8s.io/queue-name': 'batch' } },
    priorityClassName: 'low',
  });
  expect(fields).toEqual({
    schedule,
    timeZone: 'Asia/Seoul',
    concurrencyPolicy: 'Replace',
    startingDeadlineSeconds: 60,
    successfulJobsHistoryLimit: 1,
    failedJobsHistoryLimit: 0,
    suspend: true,
  });
  expect(jobTemplate.metadata).toEqual({ labels: { 'kueue.x-k8s.io/queue-name': 'batch' } });
  const { template, podFailurePolicy, ...job } = jobTemplate.spec;
  expect(job).toEqual({ activeDeadlineSeconds: 600, backoffLimit: 0, ttlSecondsAfterFinished: 60 });
  expect(template.spec.priorityClassName).toBe('low');
});

test.each([
  ['* * * * *', 3600],
  ['*/5 * * * *', 3600],
  ['@hourly', 3600],
  ['  0 * * * *', 3600],
  ['0 */6 * * *', 21600],
  ['0 3 * * 1', 86400],
  ['@daily', 86400],
  ['*/5 9-17 * * *', 3600],
  ['0 */1 * * *', 3600],
  ['0 8,20 * * *', 43200],
  ['@every 30h', 86400],
  ['@weekly', 86400],
  ['no schedule', 86400],
])('a run of %s that hangs is ended after %i seconds, so that later ones can start', (schedule, seconds) => {
  expect(spec({ schedule }).jobTemplate.spec.activeDeadlineSeconds).toBe(seconds);
});

test.each([
  ['a name of 53 characters', { metadata: { name: 'a'.repeat(53) } }, '/metadata/name'],
  ['a schedule that is none', { schedule: 'daily' }, '/spec/schedule'],
  ['an empty schedule', { schedule: '' }, '/spec/schedule'],
  ['a time zone that is none', { timeZone: 'Mars/Olympus' }, '/spec/timeZone'],
  ['a deadline of no seconds', { activeDeadlineSeconds: -1 }, '/spec/jobTemplate/spec/activeDeadlineSeconds'],
] as [string, Partial<ScheduledJobProps>, string][])('fails at the field for %s', (_, props, pointer) => {
  const errors = errorsOf((chart) => new ScheduledJob(chart, 'nightly', { schedule, containers, ...props }));
  expect(errors.map(([path, pointer]) => [path, pointer])).toEqual([['test/nightly', pointer]]);
});

import type { KindRules } from '../effect';

export const cronJob: KindRules = {
  kinds: ['batch/CronJob'],
  source: 'ValidateCronJobUpdate in pkg/apis/batch/validation; pkg/controller/cronjob',
  rules: [
    {
      at: 'spec.suspend',
      does: ({ after }) => ({ effect: 'next-run', what: after ? 'no further run starts' : 'runs start again' }),
    },
    { at: 'spec.schedule', does: { effect: 'next-run', what: 'the next runs start at other times' } },
    { at: 'spec', does: { effect: 'next-run', what: 'the runs from the next one on follow it' } },
  ],
};

import { type FieldRule, inPlace, type KindRules, type Outcome, recreate } from '../effect';

const fixed = (at: string): FieldRule => ({ at: `spec.${at}`, does: immutable(at) });

/** What a Job that never ran takes changes to in its template. */
const SCHEDULING = [
  'template.spec.nodeSelector',
  'template.spec.tolerations',
  'template.spec.schedulingGates',
  'template.spec.affinity.nodeAffinity',
  'template.metadata.labels',
  'template.metadata.annotations',
];

function immutable(field: string): Outcome {
  return recreate(`a Job's ${field} is immutable`, 'its pods, where it still runs; it runs from the beginning again');
}

export const job: KindRules = {
  kinds: ['batch/Job'],
  source: 'ValidateJobSpecUpdate in pkg/apis/batch/validation; pkg/controller/job',
  rules: [
    ...SCHEDULING.map(
      (at): FieldRule => ({
        at: `spec.${at}`,
        does: (_, { before }) => (before.spec.suspend ? inPlace('taken while it has not started') : undefined),
      }),
    ),
    fixed('template'),
    {
      at: 'spec.completions',
      does: ({ after }, change) => {
        const { completionMode, parallelism } = change.after.spec;
        if (completionMode !== 'Indexed') return immutable('completions');
        if (after === parallelism) return inPlace('as many indexes run from now on');
        return recreate(
          "an Indexed Job's completions change with its parallelism only",
          'its pods, where it still runs',
        );
      },
    },
    {
      at: 'spec.parallelism',
      does: ({ before, after }) =>
        inPlace(
          `${after} at a time instead of ${before}`,
          Number(after) < Number(before) ? 'pods beyond that number' : undefined,
        ),
    },
    {
      at: 'spec.suspend',
      does: ({ after }) => (after ? inPlace('it stops', 'its pods') : inPlace('it starts')),
    },
    { at: 'spec.backoffLimit', does: inPlace('the failures that it had count as well') },
    { at: 'spec.activeDeadlineSeconds', does: inPlace('the time that it ran counts as well') },
    { at: 'spec.ttlSecondsAfterFinished', does: inPlace('it is deleted this long after it has ended') },
    { at: 'spec.maxFailedIndexes', does: inPlace('the indexes that have failed count as well') },
    { at: 'spec.podReplacementPolicy', does: inPlace('pods that end from now on are replaced by it') },
    fixed('selector'),
    fixed('manualSelector'),
    fixed('completionMode'),
    fixed('podFailurePolicy'),
    fixed('successPolicy'),
    fixed('backoffLimitPerIndex'),
    fixed('managedBy'),
  ],
};

import { inPlace, type KindRules, recreate } from '../effect';
import { isSameAmount, ON_DELETE, rolling, scaled } from './pods';

export const statefulSet: KindRules = {
  kinds: ['apps/StatefulSet'],
  source: 'ValidateStatefulSetUpdate in pkg/apis/apps/validation; pkg/controller/statefulset',
  rules: [
    {
      at: 'spec.template',
      does: (field, { after: { spec } }) => {
        // Its revisions are compared as text.
        if (isSameAmount(field)) return rolling('rolls its pods, though the amount is only written in another form');
        if (spec.updateStrategy?.type === 'OnDelete') return rolling('its pods are replaced', ON_DELETE);
        const partition = spec.updateStrategy?.rollingUpdate?.partition ?? 0;
        if (partition === 0) return rolling('rolls its pods, the last first');
        if (partition >= spec.replicas) return rolling('rolls none of its pods', `partition ${partition} is lowered`);
        return rolling(`rolls its pods from number ${partition} on, the last first`);
      },
    },
    {
      at: 'spec.replicas',
      does: (field, change) => {
        const outcome = scaled(field, change);
        const { whenScaled } = change.after.spec.persistentVolumeClaimRetentionPolicy ?? {};
        if (!outcome.ends || whenScaled !== 'Delete') return outcome;
        return { ...outcome, ends: `${outcome.ends}, and their claims with all that is in them` };
      },
    },
    { at: 'spec.updateStrategy', does: inPlace('the next change of the template follows it') },
    {
      at: 'spec.persistentVolumeClaimRetentionPolicy',
      does: inPlace('its claims are kept or deleted by it from now on'),
    },
    { at: 'spec.minReadySeconds', does: inPlace('pods are available this much later') },
    { at: 'spec.revisionHistoryLimit', does: inPlace('older revisions are forgotten') },
    {
      at: 'spec.ordinals',
      does: { effect: 'scale', what: 'pods of other numbers take their place', ends: 'pods whose number is no more' },
    },
    { at: 'spec', does: recreate('this part of a StatefulSet is immutable', 'its pods; their claims stay') },
  ],
};

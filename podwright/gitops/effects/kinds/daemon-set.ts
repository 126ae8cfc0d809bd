import { inPlace, type KindRules } from '../effect';
import { fixedSelector, isSameAmount, ON_DELETE, rolling } from './pods';

export const daemonSet: KindRules = {
  kinds: ['apps/DaemonSet'],
  source: 'ValidateDaemonSetUpdate in pkg/apis/apps/validation; pkg/controller/daemon',
  rules: [
    fixedSelector,
    {
      at: 'spec.template',
      does: (field, { after: { spec } }) => {
        if (isSameAmount(field)) return inPlace('the same amount in another form');
        if (spec.updateStrategy?.type === 'OnDelete') return rolling('its pods are replaced', ON_DELETE);
        return rolling(`rolls its pods, ${spec.updateStrategy?.rollingUpdate?.maxUnavailable} at a time`);
      },
    },
  ],
};

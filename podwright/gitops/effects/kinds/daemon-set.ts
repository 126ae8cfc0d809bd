import type { KindRules } from '../effect';
import { fixedSelector, rolling } from './pods';

export const daemonSet: KindRules = {
  kinds: ['apps/DaemonSet'],
  source: 'ValidateDaemonSetUpdate in pkg/apis/apps/validation; pkg/controller/daemon',
  rules: [
    fixedSelector,
    {
      at: 'spec.template',
      does: (_, { after: { spec } }) => {
        if (spec.updateStrategy?.type === 'OnDelete') return rolling('each pod is new once it is deleted', 'OnDelete');
        return rolling(`rolls its pods, ${spec.updateStrategy?.rollingUpdate?.maxUnavailable} at a time`);
      },
    },
  ],
};

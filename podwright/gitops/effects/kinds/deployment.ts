import { inPlace, type KindRules } from '../effect';
import { fixedSelector, isSameAmount, replicas, rolling } from './pods';

export const deployment: KindRules = {
  kinds: ['apps/Deployment'],
  source: 'ValidateDeploymentUpdate in pkg/apis/apps/validation; EqualIgnoreHash in pkg/controller/deployment/util',
  rules: [
    fixedSelector,
    {
      at: 'spec.template',
      does: (field, { after: { spec } }) => {
        if (isSameAmount(field)) return inPlace('the same amount in another form');
        if (spec.paused) return rolling('rolls its pods', 'spec.paused is taken away');
        if (spec.strategy?.type === 'Recreate') return rolling('all its pods end before new ones start');
        const { maxSurge, maxUnavailable } = spec.strategy?.rollingUpdate ?? {};
        return rolling(`rolls its pods, ${maxSurge} more and ${maxUnavailable} fewer than asked for at a time`);
      },
    },
    replicas,
    {
      at: 'spec.strategy.type',
      does: (_, { after: { spec } }) => {
        if (spec.strategy.type !== 'Recreate' || !spec.strategy.rollingUpdate) return undefined;
        return {
          effect: 'refused',
          what: 'server-side apply, and so Flux, leaves the default rollingUpdate beside it; kubectl apply takes it away',
        };
      },
    },
    {
      at: 'spec.paused',
      does: ({ after }) =>
        inPlace(after ? 'holds changes of the template back' : 'rolls its pods if its template was changed meanwhile'),
    },
  ],
};

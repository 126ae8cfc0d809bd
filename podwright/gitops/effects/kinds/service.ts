import { type Any, type Change, inPlace, type KindRules, type Outcome, recreate } from '../effect';

const needsIP = (service: Any) => service.spec.type !== 'ExternalName';

function address(_: unknown, { before, after }: Change): Outcome {
  const [old, now] = [before, after].map(({ spec }) => spec.clusterIP ?? spec.clusterIPs?.[0]);
  if (!needsIP(before) || !needsIP(after)) return inPlace('its address comes or goes with its type');
  if (old === now) return inPlace('it has another second address');
  const what = now === 'None' ? 'a Service does not become headless' : 'its address is immutable';
  return recreate(what, 'connections to the old address');
}

export const service: KindRules = {
  kinds: ['Service'],
  source:
    'ValidateServiceUpdate in pkg/apis/core/validation; patchAllocatedValues in pkg/registry/core/service/storage',
  rules: [
    // clusterIPs follows clusterIP, and may have a second address.
    { at: 'spec.clusterIP', does: address },
    { at: 'spec.clusterIPs', does: address },
    {
      at: 'spec.ipFamilies',
      does: (_, { before, after }) => {
        const [old, now] = [before, after].map(({ spec }): readonly string[] | undefined => spec.ipFamilies);
        if (!old || !now || old[0] === now[0] || !needsIP(before) || !needsIP(after)) return undefined;
        return recreate('its first IP family is immutable', 'connections to its address');
      },
    },
    {
      at: 'spec.loadBalancerClass',
      does: (_, { before, after }) =>
        before.spec.type === 'LoadBalancer' && after.spec.type === 'LoadBalancer'
          ? recreate('the class of a load balancer is immutable', 'the load balancer')
          : undefined,
    },
    { at: 'spec.selector', does: inPlace('it sends to other pods') },
    { at: 'spec.ports', does: inPlace('it listens on, or sends to, other ports') },
  ],
};

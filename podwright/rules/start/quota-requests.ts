import { containersOf } from '../../api/pods';
import { podRule } from '../rule';
import { sample, samplePod } from '../samples';
import { resourcesOf } from './limits';
import { quotasOf } from './usage';

const quota = sample('v1', 'ResourceQuota', 'team', { spec: { hard: { 'requests.cpu': '4' } } });

export const quotaRequests = podRule({
  id: 'start/quota-requests',
  severity: 'error',
  summary: 'a pod that does not say what a ResourceQuota of its namespace counts',
  why: `Where a quota counts CPU or memory, the API server refuses each pod with a container that does not say how much of it:
a Pod is not made, and a workload stays without pods, which only its events tell. A LimitRange can fill it in for all.`,
  source: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/#requests-vs-limits',
  fails: [quota, samplePod('worker')],
  passes: [quota, samplePod('worker', { resources: { requests: { cpu: '1' } } })],
  check({ spec, namespace }, at) {
    for (const quota of quotasOf(at.world, namespace)) {
      for (const counted in quota.spec?.hard) {
        const [, what = 'requests', name = ''] = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(counted) ?? [];
        // A pod's own resources are what is counted then.
        if (name === '' || spec.resources?.[what]?.[name] !== undefined) continue;
        for (const [container, path] of containersOf(spec)) {
          const resources = resourcesOf(at.world, container, namespace);
          if (resources[what as 'requests' | 'limits'].has(name)) continue;
          at.report(
            ['spec', ...path, 'resources'],
            `must say ${what}.${name}, which ResourceQuota ${quota.metadata?.name} counts`,
            { fix: `Set it, or a LimitRange's default${what === 'requests' ? 'Request' : ''} in the namespace` },
          );
        }
      }
    }
  },
});

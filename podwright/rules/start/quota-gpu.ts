import { objectRule } from '../rule';
import { sample } from '../samples';

const quota = (hard: object) => sample('v1', 'ResourceQuota', 'team', { spec: { hard } });

export const quotaGpu = objectRule({
  id: 'start/quota-gpu',
  severity: 'error',
  summary: 'a ResourceQuota on an extended resource by its bare name',
  why: `The API server accepts \`nvidia.com/gpu\` in a quota, and never counts it: of what devices offer, only requests are
counted, by the name \`requests.nvidia.com/gpu\`.`,
  source: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/#resource-quota-for-extended-resources',
  kinds: ['ResourceQuota'],
  fails: [quota({ 'nvidia.com/gpu': 4 })],
  passes: [quota({ 'requests.nvidia.com/gpu': 4 })],
  check({ spec }, at) {
    for (const name in spec?.hard) {
      if (
        !name.includes('/') ||
        /^(requests\.|limits\.|count\/)|^([^/]*\.)?kubernetes\.io\/|\.storageclass\.|\.deviceclass\./.test(name)
      )
        continue;
      at.report(['spec', 'hard', name], `is never counted, got ${name}; expected requests.${name}`);
    }
  },
});

import { reportMissing } from '../relations/missing';
import { podRule } from '../rule';
import { sample, samplePod } from '../samples';

const worker = samplePod('worker', {}, { serviceAccountName: 'trainer' });

export const serviceAccountReference = podRule({
  id: 'start/service-account-reference',
  severity: 'error',
  summary: 'a pod that runs as a ServiceAccount that is not there',
  why: `The API server refuses a pod whose service account does not exist: a Pod is not made, and a workload stays without
pods, which only its events tell. The service account \`default\` is there in each namespace.`,
  source:
    'https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#serviceaccount-admission-controller',
  fails: [worker],
  passes: [worker, sample('v1', 'ServiceAccount', 'trainer')],
  check({ spec, namespace }, at) {
    const name = spec.serviceAccountName || spec.serviceAccount;
    if (!name || name === 'default' || !at.world.complete || at.world.has('ServiceAccount', name, namespace)) return;
    const field = spec.serviceAccountName ? 'serviceAccountName' : 'serviceAccount';
    reportMissing(at, ['spec', field], { kind: 'ServiceAccount', name, namespace });
  },
});

import { reportMissing } from '../relations/missing';
import { podRule } from '../rule';
import { sample, samplePod } from '../samples';
import { isThere } from './references';

const worker = samplePod('worker', {}, { imagePullSecrets: [{ name: 'registry' }] });
const type = 'kubernetes.io/dockerconfigjson';

export const pullSecretReference = podRule({
  id: 'start/pull-secret-reference',
  severity: 'warning',
  summary: 'a pod whose images are pulled with a Secret that is not there',
  why: `The kubelet pulls without it: a pod whose image is not for anyone to pull stays in ImagePullBackOff.

A Secret that a SealedSecret or an ExternalSecret of the program makes is there.`,
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/',
  fails: [worker],
  passes: [worker, sample('v1', 'Secret', 'registry', { type, stringData: { '.dockerconfigjson': '{"auths":{}}' } })],
  check({ spec: { imagePullSecrets }, namespace }, at) {
    if (!imagePullSecrets || !at.world.complete) return;
    for (const [index, { name }] of imagePullSecrets.entries()) {
      if (!name || isThere(at.world, 'Secret', name, namespace)) continue;
      reportMissing(at, ['spec', 'imagePullSecrets', index, 'name'], { kind: 'Secret', name, namespace });
    }
  },
});

import { reportMissing } from '../relations/missing';
import { visitReferences } from '../relations/references';
import { podRule } from '../rule';
import { sample, samplePod } from '../samples';
import { isThere } from './references';

const worker = samplePod('worker', { envFrom: [{ configMapRef: { name: 'settings' } }] });

export const configMapReference = podRule({
  id: 'start/config-map-reference',
  severity: 'error',
  summary: 'a pod that needs a ConfigMap that is not there',
  why: `The kubelet does not start a container before the ConfigMap is there: the pod stays in CreateContainerConfigError, or
in ContainerCreating where a volume needs it.

A reference with \`optional: true\` is not looked at, nor is the ConfigMap kube-root-ca.crt, which each namespace has.`,
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/#restrictions',
  fails: [worker],
  passes: [worker, sample('v1', 'ConfigMap', 'settings', { data: { THREADS: '4' } })],
  check({ spec, namespace }, at) {
    if (!at.world.complete) return;
    visitReferences(spec, ({ kind, name, optional, steps }) => {
      if (optional || kind !== 'ConfigMap' || isThere(at.world, kind, name, namespace)) return;
      reportMissing(at, steps, { kind, name, namespace }, { alternative: 'mark the reference optional: true' });
    });
  },
});

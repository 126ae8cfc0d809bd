import { reportMissing } from '../relations/missing';
import { visitReferences } from '../relations/references';
import { podRule } from '../rule';
import { sample, samplePod } from '../samples';
import { isThere } from './references';

const worker = samplePod('worker', { envFrom: [{ secretRef: { name: 'settings' } }] });

export const secretReference = podRule({
  id: 'start/secret-reference',
  severity: 'error',
  summary: 'a pod that needs a Secret that is not there',
  why: `The kubelet does not start a container before the Secret is there: the pod stays in CreateContainerConfigError, or
in ContainerCreating where a volume needs it.

A reference with \`optional: true\` is not looked at. A Secret that a SealedSecret, an ExternalSecret or a Certificate of
the program makes is there.`,
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#restriction-secret-must-exist',
  fails: [worker],
  passes: [worker, sample('v1', 'Secret', 'settings', { stringData: { TOKEN: 'x' } })],
  check({ spec, namespace }, at) {
    if (!at.world.complete) return;
    visitReferences(spec, ({ kind, name, optional, steps }) => {
      if (optional || kind !== 'Secret' || isThere(at.world, kind, name, namespace)) return;
      reportMissing(at, steps, { kind, name, namespace }, { alternative: 'mark the reference optional: true' });
    });
  },
});

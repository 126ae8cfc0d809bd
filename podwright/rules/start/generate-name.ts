import type { Any } from '../engine/cursor';
import { objectRule } from '../rule';
import { samplePod } from '../samples';

const { metadata: _, ...pod } = samplePod('worker');

export const generateName = objectRule({
  id: 'start/generate-name',
  severity: 'error',
  summary: 'an object without a name that is to be applied',
  why: `\`kubectl apply\` and GitOps controllers find an object again by its name: what has a generateName in its place they
refuse. Only \`kubectl create\` takes it, and makes another object each time.`,
  source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#generated-values',
  kinds: 'any',
  fails: [{ ...pod, metadata: { generateName: 'worker-' } }],
  passes: [samplePod('worker')],
  check({ metadata }: Any, at) {
    if (!metadata?.generateName || metadata.name) return;
    at.report(
      ['metadata', 'generateName'],
      `is no name that can be applied, got ${JSON.stringify(metadata.generateName)}; expected metadata.name`,
    );
  },
});

import { visitReferences } from '../relations/references';
import { podRule } from '../rule';
import { sample, samplePod } from '../samples';
import type { World } from '../world';

const worker = samplePod('worker', {
  env: [{ name: 'THREADS', valueFrom: { configMapKeyRef: { name: 'settings', key: 'threads' } } }],
});

export const keyReference = podRule({
  id: 'start/key-reference',
  severity: 'error',
  summary: 'a pod that needs a key that its ConfigMap or Secret does not have',
  why: `The kubelet does not start a container before the key is there: the pod stays in CreateContainerConfigError, or in
ContainerCreating where a volume needs it.

Of a ConfigMap or Secret that is declared external the keys are known where they are declared too.`,
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/#restrictions',
  fails: [worker, sample('v1', 'ConfigMap', 'settings', { data: { THREADS: '4' } })],
  passes: [worker, sample('v1', 'ConfigMap', 'settings', { data: { threads: '4' } })],
  check({ spec, namespace }, at) {
    visitReferences(spec, ({ kind, name, keys = [], optional }) => {
      if (keys.length === 0 || optional) return;
      const there = keysOf(at.world, kind, name, namespace);
      for (const [key, steps] of keys) {
        if (!there || there.includes(key)) continue;
        at.report(
          steps,
          `is no key of ${kind} ${name}, got ${JSON.stringify(key)}; expected one of ${there.join(', ') || '(it has none)'}`,
        );
      }
    });
  },
});

/** The keys of a ConfigMap or Secret; undefined where they are not known. */
function keysOf(world: World, kind: string, name: string, namespace: string): readonly string[] | undefined {
  const object = world.find(kind, name, namespace);
  if (!object) return world.external(kind, name, namespace)?.keys;
  // The control plane fills in a service account's token.
  if (object.type === 'kubernetes.io/service-account-token') return undefined;
  const fields = kind === 'Secret' ? [object.data, object.stringData] : [object.data, object.binaryData];
  return fields.flatMap((map) => Object.keys(map ?? {}));
}

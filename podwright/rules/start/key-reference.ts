import { containersOf } from '../../api/pods';
import type { Any } from '../engine/cursor';
import { visitReferences } from '../relations/references';
import { type At, type PodView, podRule } from '../rule';
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
ContainerCreating where a volume needs it. A \`subPath\` that a volume does not have is mounted all the same, as an empty folder.

Of a ConfigMap or Secret that is declared external the keys are known where they are declared too. One that has no key at all is
left to whoever fills it.`,
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/#restrictions',
  fails: [worker, sample('v1', 'ConfigMap', 'settings', { data: { THREADS: '4' } })],
  passes: [worker, sample('v1', 'ConfigMap', 'settings', { data: { threads: '4' } })],
  check(pod, at) {
    const { spec, namespace } = pod;
    visitReferences(spec, ({ kind, name, keys = [], optional }) => {
      if (keys.length === 0 || optional) return;
      const there = keysOf(at.world, kind, name, namespace);
      for (const [key, steps] of keys) {
        if (!there || there.includes(key)) continue;
        at.report(steps, noKey(kind, name, key, there));
      }
    });
    checkSubPaths(pod, at);
  },
});

function noKey(kind: string, name: string, key: string, there: readonly string[]): string {
  return `is no key of ${kind} ${name}, got ${JSON.stringify(key)}; expected one of ${there.join(', ') || '(it has none)'}`;
}

function checkSubPaths({ spec, namespace }: PodView, at: At): void {
  for (const [{ volumeMounts = [] }, path] of containersOf(spec)) {
    for (let index = 0; index < volumeMounts.length; index++) {
      const { name: volume, subPath } = volumeMounts[index];
      if (!subPath) continue;
      const { configMap, secret } = spec.volumes?.find((one: Any) => one.name === volume) ?? {};
      const { optional, items } = configMap ?? secret ?? {};
      const [kind, name] = configMap ? ['ConfigMap', configMap.name] : ['Secret', secret?.secretName];
      if (!name || optional) continue;
      const files: readonly string[] | undefined = items?.length
        ? items.map((item: Any) => String(item.path))
        : keysOf(at.world, kind, name, namespace);
      const wanted = subPath.replace(/\/+$/, '');
      if (!files || files.some((file) => file === wanted || file.startsWith(`${wanted}/`))) continue;
      at.report(['spec', ...path, 'volumeMounts', index, 'subPath'], noKey(kind, name, subPath, files));
    }
  }
}

/** The keys of a ConfigMap or Secret; undefined where they are not known. */
function keysOf(world: World, kind: string, name: string, namespace: string): readonly string[] | undefined {
  const object = world.find(kind, name, namespace);
  if (!object) return world.external(kind, name, namespace)?.keys;
  // The control plane fills in a service account's token.
  if (object.type === 'kubernetes.io/service-account-token') return undefined;
  const fields = kind === 'Secret' ? [object.data, object.stringData] : [object.data, object.binaryData];
  const keys = fields.flatMap((map) => Object.keys(map ?? {}));
  // Controllers fill others: with a cluster's certificates, or what another one holds.
  return keys.length > 0 ? keys : undefined;
}

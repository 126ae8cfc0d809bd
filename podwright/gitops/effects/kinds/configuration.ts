// ConfigMaps and Secrets: what a change does is decided by how pods use them.
import { containersOf, podTemplateOf } from '../../../api/pods';
import { type Any, type Change, inPlace, type KindRules, type Outcome, recreate } from '../effect';

/** How pods use a ConfigMap or Secret. */
export interface Uses {
  /** Workloads that read it once, when a container starts: by env, envFrom or subPath. */
  readonly once: readonly string[];
  /** Workloads that it is mounted into as files, which follow it. */
  readonly mounted: readonly string[];
}

/** The uses of a ConfigMap or Secret by the pods of a set of objects. */
export function usesOf(used: Any, objects: readonly Any[]): Uses {
  const once: string[] = [];
  const mounted: string[] = [];
  for (const object of objects) {
    const pod = podTemplateOf(object);
    if (!pod || namespaceOf(object) !== namespaceOf(used)) continue;
    const { name } = used.metadata;
    const user = `${object.kind} ${object.metadata?.name}`;
    const volumes = new Set(
      (pod.spec.volumes ?? [])
        .filter((volume: Any) => holds(volume, used.kind, name))
        .map((volume: Any) => volume.name),
    );
    let read = false;
    let follows = false;
    for (const [container] of containersOf(pod.spec)) {
      read ||= readsOnStart(container, used.kind, name);
      for (const mount of container.volumeMounts ?? []) {
        if (!volumes.has(mount?.name)) continue;
        if (mount.subPath !== undefined || mount.subPathExpr !== undefined) read = true;
        else follows = true;
      }
    }
    if (read) once.push(user);
    if (follows) mounted.push(user);
  }
  return { once, mounted };
}

function namespaceOf(object: Any): string {
  return object.metadata?.namespace ?? 'default';
}

function readsOnStart(container: Any, kind: string, name: string): boolean {
  const [key, source] = kind === 'Secret' ? ['secretKeyRef', 'secretRef'] : ['configMapKeyRef', 'configMapRef'];
  return (
    (container.env ?? []).some((env: Any) => env?.valueFrom?.[key]?.name === name) ||
    (container.envFrom ?? []).some((from: Any) => from?.[source]?.name === name)
  );
}

function holds(volume: Any, kind: string, name: string): boolean {
  const is = (source: Any) =>
    kind === 'Secret'
      ? source?.secret?.secretName === name || source?.secret?.name === name
      : source?.configMap?.name === name;
  return is(volume) || (volume?.projected?.sources ?? []).some(is);
}

function content(_: unknown, { before, after, allAfter }: Change): Outcome {
  if (before.immutable) return recreate(`an immutable ${after.kind} takes no other content`);
  const { once, mounted } = usesOf(after, allAfter);
  const files = mounted.length > 0 ? `the files in ${list(mounted)} follow within about a minute` : '';
  if (once.length === 0) return inPlace(files || 'no pod of the program reads it');
  const what = [`${list(once)} read it when they start`, files].filter(Boolean).join('; ');
  return { effect: 'until-restart', what, waitsFor: 'their pods start again' };
}

function list(names: readonly string[]): string {
  const some = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${some} and ${names.length - 3} more` : some;
}

export const configuration: KindRules = {
  kinds: ['ConfigMap', 'Secret'],
  source:
    'ValidateConfigMapUpdate, ValidateSecretUpdate in pkg/apis/core/validation; pkg/kubelet/configmap, pkg/kubelet/secret',
  rules: [
    { at: 'data', does: content },
    { at: 'binaryData', does: content },
    { at: 'stringData', does: content },
    {
      at: 'immutable',
      does: ({ before, after }) =>
        before
          ? recreate('immutable is not taken back')
          : after
            ? inPlace('its content is fixed from now on')
            : undefined,
    },
    { at: 'type', does: recreate("a Secret's type is immutable") },
  ],
};

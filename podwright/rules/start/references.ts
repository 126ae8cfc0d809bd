// What pods refer to by name, and what makes the Secrets that no manifest holds.
import { containersOf } from '../../api/pods';
import type { Any, Step } from '../engine/cursor';
import type { World } from '../world';

/** A reference of a pod to a ConfigMap or Secret of its namespace. */
export interface Reference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** The keys that must be there. @default - none: all of it is taken, whatever it holds */
  readonly keys?: readonly (readonly [key: string, steps: readonly Step[]])[];
  /** From the pod to the name. */
  readonly steps: readonly Step[];
}

/** The ConfigMaps and Secrets without which a pod does not start; what is optional is left out. */
export function visitReferences(spec: Any, visit: (reference: Reference) => void): void {
  for (const [container, path] of containersOf(spec)) {
    if (container.env) visitEnv(container.env, ['spec', ...path, 'env'], visit);
    if (container.envFrom) visitEnvFrom(container.envFrom, ['spec', ...path, 'envFrom'], visit);
  }
  if (spec.volumes) visitVolumes(spec.volumes, visit);
}

type Visit = (reference: Reference) => void;

function visitEnv(env: Any, path: readonly Step[], visit: Visit): void {
  for (let index = 0; index < env.length; index++) {
    const from = env[index].valueFrom;
    if (!from) continue;
    for (const [field, kind] of [
      ['configMapKeyRef', 'ConfigMap'],
      ['secretKeyRef', 'Secret'],
    ] as const) {
      const ref = from[field];
      if (!ref?.name || ref.optional) continue;
      const steps = [...path, index, 'valueFrom', field];
      visit({ kind, name: ref.name, keys: [[ref.key, [...steps, 'key']]], steps: [...steps, 'name'] });
    }
  }
}

function visitEnvFrom(envFrom: Any, path: readonly Step[], visit: Visit): void {
  for (let index = 0; index < envFrom.length; index++) {
    const { configMapRef, secretRef } = envFrom[index];
    const named = (kind: Reference['kind'], field: string, ref: Any) => {
      if (ref?.name && !ref.optional) visit({ kind, name: ref.name, steps: [...path, index, field, 'name'] });
    };
    named('ConfigMap', 'configMapRef', configMapRef);
    named('Secret', 'secretRef', secretRef);
  }
}

function visitVolumes(volumes: Any, visit: Visit): void {
  for (let index = 0; index < volumes.length; index++) {
    const { configMap, secret, projected, azureFile, csi } = volumes[index];
    const path = ['spec', 'volumes', index];
    if (configMap) visitSource('ConfigMap', configMap, 'name', [...path, 'configMap'], visit);
    if (secret) visitSource('Secret', secret, 'secretName', [...path, 'secret'], visit);
    if (azureFile?.secretName) {
      visit({ kind: 'Secret', name: azureFile.secretName, steps: [...path, 'azureFile', 'secretName'] });
    }
    const published = csi?.nodePublishSecretRef?.name;
    if (published) visit({ kind: 'Secret', name: published, steps: [...path, 'csi', 'nodePublishSecretRef', 'name'] });
    for (const [at, source] of (projected?.sources ?? []).entries()) {
      const steps = [...path, 'projected', 'sources', at];
      if (source.configMap) visitSource('ConfigMap', source.configMap, 'name', [...steps, 'configMap'], visit);
      if (source.secret) visitSource('Secret', source.secret, 'name', [...steps, 'secret'], visit);
    }
  }
}

function visitSource(kind: Reference['kind'], source: Any, field: string, path: readonly Step[], visit: Visit): void {
  const name = source[field];
  if (!name || source.optional) return;
  const keys = (source.items ?? []).map(({ key }: Any, index: number) => [key, [...path, 'items', index, 'key']]);
  visit({ kind, name, keys, steps: [...path, field] });
}

/** Whether a ConfigMap or Secret is there, is declared, or is made in the cluster by what is there. */
export function isThere(world: World, kind: Reference['kind'], name: string, namespace: string): boolean {
  if (world.has(kind, name, namespace)) return true;
  // The controller manager puts the API server's certificate into each namespace.
  return kind === 'ConfigMap' ? name === 'kube-root-ca.crt' : isMade(world, name, namespace);
}

/** Kinds whose controllers make a Secret, with the name that it gets. */
const MAKERS: { readonly [kind: string]: (spec: Any, name: string) => string | undefined } = {
  'bitnami.com/SealedSecret': (spec, name) => spec?.template?.metadata?.name ?? name,
  'external-secrets.io/ExternalSecret': (spec, name) => spec?.target?.name ?? name,
  'external-secrets.io/ClusterExternalSecret': (spec, name) =>
    spec?.externalSecretSpec?.target?.name ?? spec?.externalSecretName ?? name,
  'cert-manager.io/Certificate': (spec) => spec?.secretName,
};

function isMade(world: World, name: string, namespace: string): boolean {
  for (const [kind, nameOf] of Object.entries(MAKERS)) {
    const everywhere = kind.endsWith('/ClusterExternalSecret');
    for (const { metadata, spec } of world.ofKind(kind, everywhere ? undefined : namespace)) {
      if (nameOf(spec, metadata?.name) === name) return true;
    }
  }
  return false;
}

/** What is said of a name that nothing has. */
export function missing(kind: string, name: string, namespace: string): string {
  const where = namespace === '' ? '' : ` of namespace ${namespace}`;
  return `names a ${kind}${where} that is not there, got ${JSON.stringify(name)}`;
}

/** What to do about an object that is not there. */
export function declare(kind: string, name: string, alternative = ''): string {
  return `Add it, or declare that others make it: externals: [{ kind: '${kind}', name: '${name}' }]${alternative}`;
}

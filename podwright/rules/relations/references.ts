// What pods refer to by name.
import { containersOf } from '../../api/pods';
import type { Any, Step } from '../engine/cursor';

/** A reference of a pod to an object of its namespace that holds files or variables. */
export interface Reference {
  readonly kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim';
  readonly name: string;
  /** The volume that it is the content of. @default - it is read into the environment of a container */
  readonly volume?: string;
  /** Whether the pod starts without it, too. */
  readonly optional: boolean;
  /** The keys that must be there. @default - none: all of it is taken, whatever it holds */
  readonly keys?: readonly (readonly [key: string, steps: readonly Step[]])[];
  /** From the pod to the name. */
  readonly steps: readonly Step[];
}

type Visit = (reference: Reference) => void;

/** The ConfigMaps, Secrets and claims of a pod, wherever it refers to them. */
export function visitReferences(spec: Any, visit: Visit): void {
  for (const [container, path] of containersOf(spec)) {
    if (container.env) visitEnv(container.env, ['spec', ...path, 'env'], visit);
    if (container.envFrom) visitEnvFrom(container.envFrom, ['spec', ...path, 'envFrom'], visit);
  }
  if (spec.volumes) visitVolumes(spec.volumes, visit);
}

function visitEnv(env: Any, path: readonly Step[], visit: Visit): void {
  for (let index = 0; index < env.length; index++) {
    const from = env[index]?.valueFrom;
    if (!from) continue;
    for (const [field, kind] of [
      ['configMapKeyRef', 'ConfigMap'],
      ['secretKeyRef', 'Secret'],
    ] as const) {
      const ref = from[field];
      if (!ref?.name) continue;
      const steps = [...path, index, 'valueFrom', field];
      const keys = [[ref.key, [...steps, 'key']]] as const;
      visit({ kind, name: ref.name, optional: ref.optional === true, keys, steps: [...steps, 'name'] });
    }
  }
}

function visitEnvFrom(envFrom: Any, path: readonly Step[], visit: Visit): void {
  for (let index = 0; index < envFrom.length; index++) {
    const { configMapRef, secretRef } = envFrom[index] ?? {};
    const named = (kind: Reference['kind'], field: string, ref: Any) => {
      if (!ref?.name) return;
      visit({ kind, name: ref.name, optional: ref.optional === true, steps: [...path, index, field, 'name'] });
    };
    named('ConfigMap', 'configMapRef', configMapRef);
    named('Secret', 'secretRef', secretRef);
  }
}

function visitVolumes(volumes: Any, visit: Visit): void {
  for (let index = 0; index < volumes.length; index++) {
    const { name: volume, configMap, secret, persistentVolumeClaim, projected, azureFile, csi } = volumes[index] ?? {};
    const path = ['spec', 'volumes', index];
    const named = (kind: Reference['kind'], holder: Any, field: string, steps: readonly Step[]) => {
      if (!holder?.[field]) return;
      const items: Any[] = Array.isArray(holder.items) ? holder.items : [];
      const keys = items.map((item, at) => [item?.key, [...steps, 'items', at, 'key']] as const);
      const optional = holder.optional === true;
      visit({ kind, name: holder[field], volume, optional, keys, steps: [...steps, field] });
    };
    named('ConfigMap', configMap, 'name', [...path, 'configMap']);
    named('Secret', secret, 'secretName', [...path, 'secret']);
    named('PersistentVolumeClaim', persistentVolumeClaim, 'claimName', [...path, 'persistentVolumeClaim']);
    named('Secret', azureFile, 'secretName', [...path, 'azureFile']);
    named('Secret', csi?.nodePublishSecretRef, 'name', [...path, 'csi', 'nodePublishSecretRef']);
    const sources: Any[] = Array.isArray(projected?.sources) ? projected.sources : [];
    for (const [at, source] of sources.entries()) {
      const steps = [...path, 'projected', 'sources', at];
      named('ConfigMap', source?.configMap, 'name', [...steps, 'configMap']);
      named('Secret', source?.secret, 'name', [...steps, 'secret']);
    }
  }
}

// Whether what pods refer to is there, or is made by what is there.
import { madeSecrets } from '../relations/makers';
import type { Reference } from '../relations/references';
import type { World } from '../world';

/** Whether a ConfigMap or Secret is there, is declared, or is made in the cluster by what is there. */
export function isThere(world: World, kind: Reference['kind'], name: string, namespace: string): boolean {
  if (world.has(kind, name, namespace)) return true;
  // The controller manager puts the API server's certificate into each namespace.
  if (kind === 'ConfigMap') return name === 'kube-root-ca.crt';
  for (const made of madeSecrets(world, namespace)) if (made.name === name) return true;
  return false;
}

// Whether what pods refer to is there, or is made by what is there.
import { MAKERS } from '../relations/makers';
import type { Reference } from '../relations/references';
import type { World } from '../world';

/** Whether a ConfigMap or Secret is there, is declared, or is made in the cluster by what is there. */
export function isThere(world: World, kind: Reference['kind'], name: string, namespace: string): boolean {
  if (world.has(kind, name, namespace)) return true;
  // The controller manager puts the API server's certificate into each namespace.
  return kind === 'ConfigMap' ? name === 'kube-root-ca.crt' : isMade(world, name, namespace);
}

function isMade(world: World, name: string, namespace: string): boolean {
  for (const [kind, nameOf] of Object.entries(MAKERS)) {
    const everywhere = kind.endsWith('/ClusterExternalSecret');
    for (const { metadata, spec } of world.ofKind(kind, everywhere ? undefined : namespace)) {
      if (nameOf(spec, metadata?.name) === name) return true;
    }
  }
  return false;
}

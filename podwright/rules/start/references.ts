// What pods refer to by name and is not there, and what makes the Secrets that no manifest holds.
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

/** What is said of a name that nothing has. */
export function missing(kind: string, name: string, namespace: string): string {
  const where = namespace === '' ? '' : ` of namespace ${namespace}`;
  return `names a ${kind}${where} that is not there, got ${JSON.stringify(name)}`;
}

/** What to do about an object that is not there. */
export function declare(kind: string, name: string, alternative = ''): string {
  return `Add it, or declare that others make it: externals: [{ kind: '${kind}', name: '${name}' }]${alternative}`;
}

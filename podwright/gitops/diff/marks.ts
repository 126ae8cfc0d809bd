// What an object's annotations tell a GitOps controller to do with it.

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

/** The words of Argo CD's sync options. */
function argoOptions(object: Any): string[] {
  const text = object?.metadata?.annotations?.['argocd.argoproj.io/sync-options'];
  return typeof text === 'string' ? text.split(',').map((word) => word.trim()) : [];
}

function flux(object: Any, mark: string): unknown {
  return object?.metadata?.annotations?.[`kustomize.toolkit.fluxcd.io/${mark}`];
}

/** Whether the object stays in the cluster when it leaves git: by Flux's mark, or by Argo CD's. */
export function isKept(object: Any): boolean {
  return flux(object, 'prune') === 'disabled' || argoOptions(object).includes('Prune=false');
}

/** Whether a controller deletes the object and makes it again where a change is not taken. */
export function isForced(object: Any): boolean {
  return flux(object, 'force') === 'enabled' || argoOptions(object).includes('Force=true');
}

import type { ObjectMeta } from '../api/k8s';

/** What tells a GitOps controller how to treat an object: Flux and Argo CD each read their own. */
export type Annotations = Readonly<Record<string, string>>;

/** Nothing deletes the object but a person: not when it leaves the repository, nor when the whole application goes. */
export const KEEP: Annotations = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

/** As {@link KEEP}, for what is meant to stay behind: Argo CD does not call the application out of sync for it. */
export const KEEP_GENERATIONS: Annotations = { ...KEEP, 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous' };

/**
 * A change of what cannot be changed deletes the object and makes it again. Argo CD's `Replace=true`, which is often
 * named beside it, does so at every sync, changed or not.
 */
export const RECREATE: Annotations = {
  'argocd.argoproj.io/sync-options': 'Force=true',
  'kustomize.toolkit.fluxcd.io/force': 'enabled',
};

/** Metadata with marks; an annotation that it has already stays as it is, and in a list of options each that it has. */
export function marked(metadata: ObjectMeta | undefined, marks: Annotations): ObjectMeta {
  const own = metadata?.annotations ?? {};
  const lists = Object.keys(own).filter((name) => name.startsWith('argocd.argoproj.io/') && name in marks);
  const merged = lists.map((name) => [name, options(own[name] as string, marks[name] as string)]);
  return { ...metadata, annotations: { ...marks, ...own, ...Object.fromEntries(merged) } };
}

/** Argo CD's comma-separated options, `Prune=false,Delete=false`: those of its own, and those marks that it says nothing of. */
function options(own: string, marks: string): string {
  const names = own.split(',').map(nameOf);
  return [own, ...marks.split(',').filter((mark) => !names.includes(nameOf(mark)))].join();
}

function nameOf(option: string): string {
  return option.split('=', 1)[0]?.trim() ?? '';
}

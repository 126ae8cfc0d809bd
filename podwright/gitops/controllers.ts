// What GitOps controllers are told to follow, read from the manifests that tell them.
import { posix } from 'node:path';
import { parse } from 'yaml';
import { kindName } from '../api/identity';
import { documentsOf, ManifestFault, objectsOf } from './manifests/documents';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

/** What follows manifests: a Flux Kustomization, an Argo CD Application. */
export interface Controller {
  /** `Kustomization flux-system/apps`. */
  readonly name: string;
  /** The files and folders that it applies, from the folder of the call; '' for all of them. */
  readonly paths: readonly string[];
}

/** Files that tell kustomize what to do, and that no cluster is given. */
export const KUSTOMIZATION = /(^|\/)(kustomization\.ya?ml|Kustomization)$/;

/**
 * The controllers that manifests set up, with what each of them follows. A folder with a kustomization.yaml is what that
 * one lists; any other is all that is in it.
 *
 * @param files the text of each file beside the program, by its path from the folder of the call
 * @param folder the folder of the call in the repository, '' for its top: controllers count from there
 */
export function controllersIn(files: ReadonlyMap<string, string>, folder = ''): Controller[] {
  const found: Controller[] = [];
  for (const [file, text] of files) {
    if (KUSTOMIZATION.test(file)) continue;
    for (const object of objectsIn(file, text)) {
      const paths = pathsOf(object).map((path) => within(folder, path));
      if (paths.length === 0) continue;
      const { name, namespace } = object.metadata ?? {};
      const called = `${object.kind} ${namespace ? `${namespace}/` : ''}${name}`;
      found.push({ name: called, paths: paths.flatMap((path) => listed(path, files)) });
    }
  }
  return found;
}

/** A path of the repository as it is from a folder in it: '' where the folder itself is within it. */
function within(folder: string, path: string): string {
  const from = posix.relative(folder, posix.normalize(path));
  return /^\.\.(\/\.\.)*$/.test(from) ? '' : from;
}

/** The objects of a file; none where it holds something else, as values of a chart. */
function objectsIn(file: string, text: string): Any[] {
  try {
    return documentsOf(file, text).flatMap((document) => objectsOf(document).map(({ object }) => object));
  } catch (error) {
    if (error instanceof ManifestFault) return [];
    throw error;
  }
}

/** The controller that names a file, or the innermost folder that it is in. */
export function mostClose(controllers: readonly Controller[], file: string): Controller | undefined {
  let best: Controller | undefined;
  let length = -1;
  for (const controller of controllers) {
    for (const path of controller.paths) {
      const within = path === '' || file === path || file.startsWith(`${path}/`);
      if (within && path.length > length) [best, length] = [controller, path.length];
    }
  }
  return best;
}

/** The folders of the repository that an object has a controller follow. */
function pathsOf({ apiVersion, kind, spec }: Any): string[] {
  const sources: Any[] =
    kindName({ apiVersion, kind }) === 'kustomize.toolkit.fluxcd.io/Kustomization'
      ? [{ path: spec?.path ?? '.' }]
      : kindName({ apiVersion, kind }) === 'argoproj.io/Application'
        ? [spec?.source, ...(Array.isArray(spec?.sources) ? spec.sources : [])]
        : [];
  return sources.map((source) => source?.path).filter((path): path is string => typeof path === 'string');
}

/** What a folder stands for: what its kustomization.yaml lists, or itself. */
function listed(folder: string, files: ReadonlyMap<string, string>, seen = new Set<string>()): string[] {
  const path = folder.replace(/\/$/, '').replace(/^\.$/, '');
  const own = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']
    .map((name) => posix.join(path, name))
    .find((file) => files.has(file));
  if (own === undefined) return [path];
  if (seen.has(own)) return [];
  seen.add(own);
  return resourcesIn(files.get(own) ?? '')
    .filter((one): one is string => typeof one === 'string' && !one.includes('://'))
    .flatMap((one) => listed(posix.join(path, one), files, seen));
}

function resourcesIn(text: string): unknown[] {
  try {
    const { resources } = parse(text) ?? {};
    return Array.isArray(resources) ? resources : [];
  } catch {
    // kustomize will say what is wrong with it.
    return [];
  }
}

import { posix } from 'node:path';
import { groupOf } from '../../api/identity';
import type { HandedFile, HandedObject } from '../../synth/clusters/hand-over';

/** What a kustomization.yaml takes from dist. */
export interface Taken {
  /** The folder of the kustomization.yaml, and that of dist, as seen from one place. */
  readonly folder: string;
  readonly dist: string;
  readonly files: readonly HandedFile[];
  /** Whether an object of the files is taken. @default - all are */
  readonly has?: (object: HandedObject) => boolean;
}

/**
 * The content of a kustomization.yaml: files of dist, without the objects that it does not take. The files are outside of
 * its folder: Flux reads them there; for kustomize and kubectl it is `--load-restrictor LoadRestrictionsNone`.
 */
export function kustomizationFile({ folder, dist, files, has = () => true }: Taken): object {
  const objects = files.flatMap((file) => file.objects);
  const taken = new Set(objects.filter(has).map(versionedKind));
  const patches = new Map<string, object>();
  for (const object of objects) {
    if (has(object)) continue;
    const { kind, name = '', namespace } = object.outline;
    const of = kindTarget(object);
    // A kind of which nothing is taken goes as a whole.
    const target = taken.has(versionedKind(object))
      ? { ...of, name: literal(name), ...(namespace !== '' && { namespace: literal(namespace) }) }
      : of;
    // The names in the patch say nothing: its target does.
    const patch = `$patch: delete\napiVersion: ${object.outline.apiVersion}\nkind: ${kind}\nmetadata:\n  name: any\n`;
    patches.set(JSON.stringify(target), { target, patch });
  }
  const paths = files.map((file) => posix.join(dist, file.path));
  return { ...kustomizationOf(folder, paths), ...(patches.size > 0 && { patches: [...patches.values()] }) };
}

/** The content of a kustomization.yaml in a folder, for files that are seen from where the folder is. */
export function kustomizationOf(folder: string, paths: readonly string[]): object {
  const resources = paths.map((path) => posix.relative(folder, path));
  return { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources };
}

function kindTarget({ outline: { apiVersion, kind } }: HandedObject): object {
  const group = groupOf(apiVersion);
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  return { ...(group !== '' && { group: literal(group) }), version: literal(version), kind };
}

function versionedKind({ outline }: HandedObject): string {
  return `${outline.apiVersion} ${outline.kind}`;
}

/** Kustomize reads targets as regular expressions, anchored at both ends. */
function literal(text: string): string {
  return text.replaceAll('.', '\\.');
}

// Generations of hashed configuration that git has had: they stay in the cluster, since no commit deletes them.
import { identityKey } from '../../api/identity';
import type { ObjectDiff } from '../../report/diff';
import type { Repository } from '../git';
import { documentsOf, ManifestFault, type ManifestObject, objectsOf } from '../manifests/documents';
import { isKept } from './marks';
import { isHashed } from './renamed';
import type { Side } from './side';

/** A generation: an object of an environment. */
export type Generation = Pick<ObjectDiff, 'object' | 'environment'>;

/** The lines of a manifest that may name one. */
const NAME = '^ +name: .*-[0-9a-f]{8}$';

/** What is compared, and where its history is. */
export interface History {
  readonly before: Side;
  readonly after: Side;
  /** The commit that the history ends with. */
  readonly commit: string;
  /** The folders of the manifests, absolute or from the folder that the repository is asked from. */
  readonly roots: readonly string[];
}

/**
 * The generations that were in git before, are marked to be kept, and are used by no workload any more; without those
 * that are in git on either side. Whether the cluster still has them git does not know.
 *
 * @throws GitError
 */
export async function earlierGenerations(
  repository: Repository,
  { before, after, commit, roots }: History,
): Promise<Generation[]> {
  const found = new Map<string, Generation>();
  for (const root of roots) {
    for (const [file, text] of await repository.filesBeforeRemoval(commit, root, NAME)) {
      for (const { object } of objectsIn(file, text.toString())) {
        if (!isHashed(object) || !isKept(object)) continue;
        const environment = after.environmentOf(file) ?? before.environmentOf(file);
        const { apiVersion, kind, metadata } = object;
        const { name, namespace } = metadata;
        const generation = { object: { apiVersion, kind, name, ...(namespace && { namespace }) }, environment };
        const { once, mounted } = after.cluster(environment).usesOf(object);
        const isUsed = once.length + mounted.length > 0;
        if (isUsed || before.find(generation) || after.find(generation)) continue;
        found.set(`${environment ?? ''} ${identityKey(object)}`, generation);
      }
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, generation]) => generation);
}

/** The objects of a file as it was; what could not be read then is passed over. */
function objectsIn(file: string, text: string): ManifestObject[] {
  try {
    return documentsOf(file, text).flatMap(objectsOf);
  } catch (error) {
    if (error instanceof ManifestFault) return [];
    throw error;
  }
}

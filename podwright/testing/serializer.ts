// Snapshots of manifests: YAML, one block a resource, the same when only a hash in a name is another.
import { emit } from '../synth/yaml/emit';
import { Manifests } from './manifests';
import { nameOf } from './relations';

/** A name that ends in a hash of content, as HashedConfigMap and `onChange: 'new-name'` give them. */
const HASHED = /^(.+)-(?=[0-9a-f]*[0-9])[0-9a-f]{8}$/;
const HASHED_KINDS = ['ConfigMap', 'Secret', 'Job'];

/** The objects as a snapshot has them. */
export function snapshotOf(manifests: Manifests): string {
  const names = manifests.objects.flatMap(({ kind, metadata }) =>
    HASHED_KINDS.includes(kind) && HASHED.test(metadata?.name ?? '') ? [metadata.name as string] : [],
  );
  const text = manifests.objects.map((object) => `# ${nameOf(object)}\n${emit(object)}`).join('---\n');
  return names.reduce((all, name) => all.replaceAll(name, name.replace(HASHED, '$1-<hash>')), text);
}

/** For `expect.addSnapshotSerializer`; where `expect` is global, importing `podwright/testing` has done it. */
export const serializer = {
  test: (value: unknown): boolean => value instanceof Manifests,
  serialize: (value: Manifests): string => snapshotOf(value).trimEnd(),
};

// Objects that have only another name: to a cluster one is gone, and another is new.
import { kindName } from '../../api/identity';
import type { ManifestObject } from '../manifests/documents';
import type { Pair } from './pair';
import type { Side } from './side';

/** Names that end in a hash of their content. */
const HASHED = /-[0-9a-f]{8}$/;

/** Whether an object is configuration whose name has its content's hash. */
export function isHashed({ kind, metadata }: ManifestObject['object']): boolean {
  return (kind === 'ConfigMap' || kind === 'Secret') && HASHED.test(String(metadata?.name ?? ''));
}

/** For each object that is gone or new, the one of its cluster that it was, or is, under another name. */
export function renames(pairs: readonly Pair[], old: Side, now: Side): ReadonlyMap<ManifestObject, ManifestObject> {
  const found = new Map<ManifestObject, ManifestObject>();
  const gone = new Map<string, ManifestObject[]>();
  for (const { before, after } of pairs) {
    if (!before || after) continue;
    for (const sign of signs(before, old)) gone.set(sign, [...(gone.get(sign) ?? []), before]);
  }
  if (gone.size === 0) return found;
  for (const { before, after } of pairs) {
    if (before || !after) continue;
    for (const sign of signs(after, now)) {
      const other = (gone.get(sign) ?? []).find((item) => !found.has(item));
      if (!other) continue;
      found.set(after, other);
      found.set(other, after);
      break;
    }
  }
  return found;
}

/** What an object keeps when it is renamed: all but its name, or all of its name but the hash. */
function signs({ object, document }: ManifestObject, side: Side): string[] {
  const { name, namespace = '' } = object.metadata ?? {};
  if (typeof name !== 'string' || name === '') return [];
  const kind = `${side.environmentOf(document.file) ?? ''} ${kindName(object)} ${namespace}`;
  const content = JSON.stringify({ ...object, metadata: { ...object.metadata, name: '' } }).replaceAll(name, '\0');
  return [`${kind} ${content}`, ...(HASHED.test(name) ? [`${kind} ${name.replace(HASHED, '')}`] : [])];
}

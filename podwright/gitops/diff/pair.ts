// Which object of one side is which of the other.
import { identityKey } from '../../api/identity';
import { copy } from '../../api/plain';
import type { ManifestObject } from '../manifests/documents';
import type { Side } from './side';

/** An object on both sides, or on one of them. */
export interface Pair {
  readonly before?: ManifestObject;
  readonly after?: ManifestObject;
}

/** The pairs that may differ, and how many objects of each file are the same, text and all, on both sides. */
export interface Pairs {
  readonly pairs: readonly Pair[];
  readonly unchanged: ReadonlyMap<string, number>;
}

/** Pairs the objects of two sides. Documents whose text is the same in the same file are not read at all. */
export function pair(before: Side, after: Side): Pairs {
  const old: ManifestObject[] = [];
  const now: ManifestObject[] = [];
  const unchanged = new Map<string, number>();
  for (const file of new Set([...before.files.keys(), ...after.files.keys()])) {
    const documents = before.documents(file);
    if (before.files.get(file) === after.files.get(file)) {
      unchanged.set(file, documents.length);
      continue;
    }
    let same = 0;
    const texts = new Map<string, number>();
    for (const { text } of documents) texts.set(text, (texts.get(text) ?? 0) + 1);
    for (const document of after.documents(file)) {
      const count = texts.get(document.text) ?? 0;
      if (count > 0) {
        texts.set(document.text, count - 1);
        same++;
      } else now.push(...after.reader.objectsOf(document));
    }
    unchanged.set(file, same);
    for (const document of documents) {
      const count = texts.get(document.text) ?? 0;
      if (count === 0) continue;
      texts.set(document.text, count - 1);
      old.push(...before.reader.objectsOf(document));
    }
  }
  return { pairs: match(old, now, before, after), unchanged };
}

function match(old: readonly ManifestObject[], now: readonly ManifestObject[], before: Side, after: Side): Pair[] {
  const waiting = new Map<string, ManifestObject[]>();
  for (const item of old) {
    const key = keyIn(item, before);
    waiting.set(key, [...(waiting.get(key) ?? []), item]);
  }
  const pairs: Pair[] = [];
  const alone: ManifestObject[] = [];
  for (const item of now) {
    const found = waiting.get(keyIn(item, after))?.shift();
    if (found) pairs.push({ before: found, after: item });
    else alone.push(item);
  }
  // A namespace that is written out on one side only: it is the same object where 'default' is meant.
  for (const item of alone) {
    const found = waiting.get(keyIn(inOtherForm(item), after))?.shift();
    pairs.push(found ? { before: found, after: item } : { after: item });
  }
  for (const rest of waiting.values()) pairs.push(...rest.map((item) => ({ before: item })));
  return pairs;
}

function keyIn(item: ManifestObject, side: Side): string {
  return `${side.environmentOf(item.document.file) ?? ''} ${identityKey(item.object)}`;
}

function inOtherForm(item: ManifestObject): ManifestObject {
  const object = copy(item.object);
  const { namespace } = object.metadata ?? {};
  if (namespace === undefined) object.metadata = { ...object.metadata, namespace: 'default' };
  else if (namespace === 'default') delete object.metadata.namespace;
  return { ...item, object };
}

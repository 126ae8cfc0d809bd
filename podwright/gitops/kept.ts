import { storedForm } from '../api/defaulting/stored';
import { kindOf } from '../api/definitions';
import { type Version, versionSet } from '../api/versions';
import { type Any, Cursor } from '../rules/engine/cursor';
import { without } from '../rules/schema/as-read';
import { decoderOf } from '../rules/schema/decode';

/**
 * What a cluster of one Kubernetes version keeps of an object: its stored form, without the fields that this version
 * accepts and drops. Two objects of which the same is kept are the same to that cluster.
 */
export function kept(object: Any, version: Version): Any {
  const kind = kindOf(object.apiVersion, object.kind);
  if (!kind || !(kind.versions & versionSet(version))) return storedForm(object, { version });
  const at = new Cursor();
  at.versions = versionSet(version);
  at.root = object;
  decoderOf(kind.definition)(object, at);
  if (at.dropped.length === 0) return storedForm(object, { version });
  return storedForm(withoutPlaceholders(without(object, at.dropped)), { version });
}

/** Volumes that are dropped leave a placeholder, which keeps others in their places for the rules' pointers. */
function withoutPlaceholders(value: Any): Any {
  if (Array.isArray(value)) {
    return value.filter((item) => !/^dropped-\d+$/.test(item?.name ?? '')).map(withoutPlaceholders);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutPlaceholders(part)]));
}

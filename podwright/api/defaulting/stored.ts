import { kindOf } from '../definitions';
import { copy } from '../plain';
import { NEWEST, type Version, versionSet } from '../versions';
import { shapeOf } from './shape';
import type { Any } from './type-defaults';

/** Fields of metadata that the API server writes itself, whatever an object says. */
const SERVER_METADATA = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'managedFields',
  'selfLink',
];

/** Options of {@link storedForm}. */
export interface StoredFormOptions {
  /** The Kubernetes version whose defaults are meant. @default - the newest known one */
  readonly version?: Version;
}

/**
 * An object as the API server keeps it: what is not written filled in, what is as good as not written left out, and
 * quantities, times and base64 in their one form. Two objects with the same stored form are the same to a cluster.
 * Status and what the server writes into metadata are left out. Objects of kinds that are not built in are returned
 * without these, and are else as they are.
 *
 * What the API server could not decode is not filled in. The object is not changed; the result shares nothing with it that either may change.
 */
export function storedForm(object: Any, { version = NEWEST }: StoredFormOptions = {}): Any {
  const kind = kindOf(object.apiVersion, object.kind);
  if (!kind || !(kind.versions & versionSet(version))) return withoutServerFields(copy(object));
  const shape = shapeOf(kind.definition, version);
  const stored = identified(shape.read(object), kind.namespaced);
  try {
    shape.fill?.(stored, { minor: Number(version.slice(2)) });
    return stored;
  } catch {
    // A value of another type stands where fields are expected: the API server would not get as far as this.
    return identified(shape.read(object), kind.namespaced);
  }
}

function identified(object: Any, namespaced: boolean): Any {
  const { metadata } = withoutServerFields(object);
  if (namespaced) metadata.namespace ??= 'default';
  else delete metadata.namespace;
  return object;
}

function withoutServerFields(object: Any): Any {
  delete object.status;
  object.metadata = { ...object.metadata };
  for (const field of SERVER_METADATA) delete object.metadata[field];
  return object;
}

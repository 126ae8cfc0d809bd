// Names, labels, annotations, owners and finalizers of every object.
// Source: k8s.io/apimachinery/pkg/api/validation/objectmeta.go, pkg/apis/core/validation ValidateObjectMeta.
import { all, each, form, object, since, until } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { pathSegmentPrefix } from '../values/keys';
import { asPrefix, byteLength, dnsLabel, dnsSubdomain, type Problems, qualifiedName } from '../values/names';
import { labels } from './labels';
import { owners } from './owners';

/** The most bytes that an object's annotations may have together. */
const ANNOTATIONS_MOST = 256 * 1024;

/** A map of annotations. */
export const annotations: Check = (map: Any, at: Cursor) => {
  let size = 0;
  for (const key in map) {
    size += byteLength(key) + byteLength(map[key] ?? '');
    for (const problem of qualifiedName(key.toLowerCase()) ?? []) at.invalid(key, problem).at(key);
  }
  if (size > ANNOTATIONS_MOST) at.tooLong(ANNOTATIONS_MOST);
};

/** The finalizers that need no domain before them. */
const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];

const finalizerName: Check = form(qualifiedName);

/** The name of a finalizer: one of Kubernetes' own, or `example.com/name`. */
export const finalizer: Check = (name: Any, at: Cursor) => {
  finalizerName(name, at);
  if (!name.includes('/') && !STANDARD_FINALIZERS.includes(name)) {
    at.invalid(name, 'name is neither a standard finalizer name nor is it fully qualified');
  }
};

const finalizers = (finalizer: Check) => (names: Any, at: Cursor) => {
  for (let i = 0; i < names.length; i++) {
    const from = at.faults.length;
    at.enter(i, finalizer, names[i] ?? '');
    // The general check of names forgets which finalizer it is, the one of Kubernetes' own does not.
    for (const fault of at.faults.slice(from)) if (!fault.message.includes('neither a standard')) fault.says(1);
  }
  if (names.includes('orphan') && names.includes('foregroundDeletion')) {
    at.invalid(names, 'finalizer orphan and foregroundDeletion cannot be both set');
  }
};

const managedFields: Check = each((entry: Any, at: Cursor) => {
  if (entry.operation !== 'Apply' && entry.operation !== 'Update') {
    at.invalid(entry.operation ?? '', 'must be `Apply` or `Update`', 'operation');
  }
  if (entry.fieldsType && entry.fieldsType !== 'FieldsV1') {
    at.invalid(entry.fieldsType, 'must be `FieldsV1`', 'fieldsType');
  }
  if (entry.manager && byteLength(entry.manager) > 128) at.tooLong(128, 'manager');
  if (entry.subresource && byteLength(entry.subresource) > 256) at.tooLong(256, 'subresource');
});

const shared = { labels, annotations, ownerReferences: owners, managedFields };

/**
 * An object's metadata.
 * @param names the form of the kind's names
 * @param namespaced whether the kind's objects live in a namespace
 * @param lenient whether a finalizer without a domain may be another than Kubernetes' own, as in some kinds
 * @param prefix what is wrong with a generateName
 * @param generating how a check of what is generated becomes that of the versions which have it
 */
export function metadata(
  names: (name: string) => Problems,
  namespaced = true,
  lenient = false,
  prefix: (text: string) => Problems = asPrefix(names),
  generating: (check: Check) => Check = (check) => check,
): Check {
  // What is cut off a prefix before it is judged comes back in the name: `webA-` passes, `webA-x7k2p` does not.
  const generated = generating((meta: Any, at: Cursor) => {
    if (!meta.name && meta.generateName && !prefix(meta.generateName)) nameFrom(meta.generateName, names, at);
  });
  return object(
    'api/metadata',
    {
      name: form(names),
      generateName: generating(form(prefix)),
      // The API server takes the namespace of a cluster-scoped object from the path, which has none.
      ...(namespaced && { namespace: form(dnsLabel) }),
      finalizers: finalizers(lenient ? finalizerName : finalizer),
      ...shared,
    },
    (meta: Any, at: Cursor) => {
      if (!meta.name && !meta.generateName) at.required('name or generateName is required', 'name');
    },
    generated,
  );
}

/** Judges the name that the API server makes: the first 58 characters of a prefix and 5 more. */
function nameFrom(prefix: string, names: (name: string) => Problems, at: Cursor): void {
  const name = `${prefix.slice(0, 58)}xxxxx`;
  for (const problem of names(name) ?? []) at.invalid(name, problem, 'generateName').says(1, 'name');
}

/** Metadata of kinds of which, since 1.35, the generated name is judged, and no longer what it is generated from. */
export function generatedMetadata(names: (name: string) => Problems, namespaced: boolean): Check {
  const generated: Check = (meta: Any, at: Cursor) => {
    const prefix = meta.generateName;
    if (!prefix) return;
    if (!meta.name) nameFrom(prefix, names, at);
    for (const problem of pathSegmentPrefix(prefix) ?? []) at.invalid(prefix, problem, 'generateName');
  };
  return all(
    metadata(names, namespaced, false, asPrefix(names), (check) => until('1.35', check)),
    since('1.35', object('api/metadata', {}, generated)),
  );
}

/** The metadata of most kinds, whose names are DNS subdomains. */
export const subdomainMetadata: Check = metadata(dnsSubdomain);

/** Metadata of what is made for a Pod: the rest is given to it when it is made. */
export const onlyLabelsAndAnnotations: Check = (meta: Any, at: Cursor) => {
  for (const field in meta) {
    if (field === 'labels' || field === 'annotations') continue;
    const value = meta[field];
    // 0 seconds are given, too; no generation is 0.
    if (Array.isArray(value) || value || (value === 0 && field === 'deletionGracePeriodSeconds'))
      at.forbidden('cannot be set', field).says(1, field === 'uid' ? 'uID' : field);
  }
};

/** The object's metadata, even where it has none. */
export function withMetadata(check: Check): Check {
  return (value: Any, at: Cursor) => at.enter('metadata', check, value.metadata ?? {});
}

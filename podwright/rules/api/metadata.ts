// Names, labels, annotations, owners and finalizers of every object.
// Source: k8s.io/apimachinery/pkg/api/validation/objectmeta.go, pkg/apis/core/validation ValidateObjectMeta.
import { each, form, object } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { asPrefix, byteLength, dnsLabel, dnsSubdomain, type Problems, qualifiedName } from '../values/names';
import { labels } from './labels';

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

/** The name of a finalizer: one of Kubernetes' own, or `example.com/name`. */
export const finalizer: Check = (name: Any, at: Cursor) => {
  for (const problem of qualifiedName(name) ?? []) at.invalid(name, problem);
  if (!name.includes('/') && !STANDARD_FINALIZERS.includes(name)) {
    at.invalid(name, 'name is neither a standard finalizer name nor is it fully qualified');
  }
};

const finalizers: Check = (names: Any, at: Cursor) => {
  each(finalizer)(names, at);
  if (names.includes('orphan') && names.includes('foregroundDeletion')) {
    at.invalid(names, 'finalizer orphan and foregroundDeletion cannot be both set');
  }
};

const owner: Check = (reference: Any, at: Cursor) => {
  const { apiVersion = '', kind = '', name = '', uid = '' } = reference;
  const slashes = apiVersion.split('/').length - 1;
  if (apiVersion === '' || apiVersion === '/' || slashes > 1 || apiVersion.endsWith('/')) {
    at.invalid(apiVersion, 'version must not be empty', 'apiVersion');
  }
  if (kind === '') at.invalid(kind, 'must not be empty', 'kind');
  if (name === '') at.invalid(name, 'must not be empty', 'name');
  if (uid === '') at.invalid(uid, 'must not be empty', 'uid');
  if (apiVersion === 'v1' && kind === 'Event') {
    at.invalid(reference, '/v1, Kind=Event is disallowed from being an owner');
  }
};

const owners: Check = (references: Any, at: Cursor) => {
  each(owner)(references, at);
  let first = '';
  for (const { kind = '', name = '', controller } of references) {
    if (!controller) continue;
    if (first === '') first = `${kind}/${name}`;
    else {
      at.invalid(
        references,
        `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${kind}/${name}`,
      );
    }
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

const shared = { labels, annotations, ownerReferences: owners, finalizers, managedFields };

/**
 * An object's metadata.
 * @param names the form of the kind's names
 * @param namespaced whether the kind's objects live in a namespace
 */
export function metadata(names: (name: string) => Problems, namespaced = true): Check {
  return object(
    'api/metadata',
    {
      name: form(names),
      generateName: form(asPrefix(names)),
      // The API server takes the namespace of a cluster-scoped object from the path, which has none.
      ...(namespaced && { namespace: form(dnsLabel) }),
      ...shared,
    },
    (meta: Any, at: Cursor) => {
      if (!meta.name && !meta.generateName) at.required('name or generateName is required', 'name');
    },
  );
}

/** The metadata of most kinds, whose names are DNS subdomains. */
export const subdomainMetadata: Check = metadata(dnsSubdomain);

/** The object's metadata, even where it has none. */
export function withMetadata(check: Check): Check {
  return (value: Any, at: Cursor) => at.enter('metadata', check, value.metadata ?? {});
}

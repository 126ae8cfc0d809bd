// Objects of the API's own that custom resources hold: `x-kubernetes-embedded-resource`.
// Source: k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta/validation.go.
import { metadata } from '../api/metadata';
import type { Any, Check, Cursor } from '../engine/cursor';
import { pathSegment } from '../values/keys';
import { dnsLabel1035 } from '../values/names';

const META: { readonly [namespaced: string]: Check } = {
  true: metadata(pathSegment, true, true),
  false: metadata(pathSegment, false, true),
};

/** An object in a custom resource: what it is must be said, and its metadata be well formed. */
export const embeddedResource: Check = (object: Any, at: Cursor) => {
  at.rule = 'api/schema';
  text(object.apiVersion, 'apiVersion', at, (version) => {
    const parts = version.split('/').length;
    return parts > 2 ? `unexpected GroupVersion string: ${version}` : undefined;
  });
  text(object.kind, 'kind', at, (kind) => {
    const problems = dnsLabel1035(kind.toLowerCase());
    return problems && `may have mixed case, but should otherwise match: ${problems.join(',')}`;
  });
  const meta = object.metadata;
  if (meta === undefined || meta === null) return;
  const namespaced = Boolean(meta.namespace);
  at.enter('metadata', META[String(namespaced)] as Check, meta.name ? meta : { ...meta, name: 'fakename' });
};

function text(value: Any, field: string, at: Cursor, problem: (text: string) => string | undefined): void {
  if (value === undefined) {
    at.required('', field);
    return;
  }
  const what = typeof value !== 'string' ? 'must be a string' : value === '' ? 'must not be empty' : problem(value);
  if (what) at.invalid(value, what, field);
}

// PersistentVolumeClaims, as objects and as templates in Pods and StatefulSets.
// Source: pkg/apis/core/validation ValidatePersistentVolumeClaimSpec.
import { form, object, oneOf, required } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsLabel, dnsSubdomain } from '../values/names';
import { formatQuantity } from '../values/quantity';
import { labelSelector, labels } from './labels';
import { annotations, onlyLabelsAndAnnotations, subdomainMetadata, withMetadata } from './metadata';
import { stored } from './resources';

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

/** The ways that nodes may use a volume. */
export const accessModes: Check = (modes: Any, at: Cursor) => {
  for (const mode of modes) {
    if (!ACCESS_MODES.includes(mode)) at.notSupported(mode ?? '', ACCESS_MODES);
  }
  if (
    modes.includes('ReadWriteOncePod') &&
    modes.some((mode: string) => mode !== 'ReadWriteOncePod' && ACCESS_MODES.includes(mode))
  ) {
    at.forbidden('may not use ReadWriteOncePod with other access modes');
  }
};

/** How a volume is used: as a file system or as a device. */
export const volumeMode: Check = oneOf('Block', 'Filesystem');

/** The name of a class of storage. */
export const className: Check = form(dnsSubdomain);

/** What a volume is filled from. */
const dataSource: Check = object(
  undefined,
  { name: required(), kind: required(), apiGroup: form(dnsSubdomain), namespace: form(dnsLabel) },
  (source: Any, at: Cursor) => {
    if (!source.apiGroup && source.kind !== 'PersistentVolumeClaim') {
      at.invalid(source.kind ?? '', "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
    }
  },
);

function storage(spec: Any, at: Cursor): void {
  const value = spec.resources?.requests?.storage;
  // The API server leaves `requests` out of the path.
  if (value === undefined || (value === null && !('storage' in (spec.resources?.requests ?? {})))) {
    at.required('', 'resources', 'requests', 'storage').says(2, 'storage');
    return;
  }
  const quantity = stored(value);
  if (quantity.nano <= 0n) {
    at.invalid(formatQuantity(quantity), 'must be greater than zero', 'resources', 'requests', 'storage').says(
      2,
      'storage',
    );
  }
}

function twoSources(spec: Any, at: Cursor): void {
  const { dataSource: source, dataSourceRef: reference } = spec;
  if (!source || !reference) return;
  if (reference.namespace) {
    at.invalid({}, 'may not be specified when dataSourceRef.namespace is specified').at('dataSource');
  } else if (
    (source.apiGroup ?? null) !== (reference.apiGroup ?? null) ||
    (source.kind ?? '') !== (reference.kind ?? '') ||
    (source.name ?? '') !== (reference.name ?? '')
  ) {
    at.invalid({}, 'must match dataSourceRef').at('dataSource');
  }
}

/** Whether a claim of its own keeps its dataSource, which once could only be one of these. */
function isKept({ dataSource: source, dataSourceRef: reference }: Any): boolean {
  if (reference || !source) return true;
  return source.apiGroup
    ? source.apiGroup === 'snapshot.storage.k8s.io' && source.kind === 'VolumeSnapshot'
    : source.kind === 'PersistentVolumeClaim';
}

/** What a claim asks for, its source apart. */
const claimFields: Check = object(
  'api/persistent-volume-claim',
  {
    accessModes: required(accessModes, 'at least 1 access mode is required'),
    selector: labelSelector,
    storageClassName: className,
    volumeMode: { check: volumeMode, empty: true },
    dataSourceRef: dataSource,
    volumeAttributesClassName: className,
  },
  storage,
  twoSources,
);

/** What a claim asks for, in a template. */
export const claimSpec: Check = object('api/persistent-volume-claim', { dataSource }, claimFields);

const ownSpec: Check = (spec: Any, at: Cursor) => (isKept(spec) ? claimSpec : claimFields)(spec, at);

/** A claim that each Pod gets one of. */
export const claimTemplate: Check = object(
  'api/persistent-volume-claim',
  {
    metadata: object(undefined, { labels, annotations }, onlyLabelsAndAnnotations),
  },
  (template: Any, at: Cursor) => at.enter('spec', claimSpec, template.spec ?? {}),
);

/** A PersistentVolumeClaim. */
export const persistentVolumeClaim: Check = object(
  'api/persistent-volume-claim',
  {},
  withMetadata(subdomainMetadata),
  (claim: Any, at: Cursor) => at.enter('spec', ownSpec, claim.spec ?? {}),
);

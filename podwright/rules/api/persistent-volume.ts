// PersistentVolumes. Source: pkg/apis/core/validation ValidatePersistentVolumeSpec.
import { given, object, oneOf, required } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsSubdomain } from '../values/names';
import { formatQuantity, wholeValue } from '../values/quantity';
import { nodeSelector } from './affinity';
import { withSpec } from './apps';
import { accessModes, className, volumeMode } from './claim';
import { metadata, withMetadata } from './metadata';
import { oneSource } from './persistent-volume-sources';
import { stored } from './resources';

const capacity: Check = (spec: Any, at: Cursor) => {
  const map = spec.capacity ?? {};
  const names = Object.keys(map);
  if (names.length === 0) at.required('', 'capacity');
  if (!names.includes('storage') || names.length > 1) at.notSupported(map, ['storage'], 'capacity');
  for (const name of names) {
    const quantity = stored(map[name]);
    const value = BigInt.asIntN(64, wholeValue(quantity));
    if (value < 0n) at.invalid(Number(value), 'must be a valid resource quantity', 'capacity', name);
    if (quantity.nano <= 0n) at.invalid(formatQuantity(quantity), 'must be greater than zero', 'capacity', name);
  }
};

const others: Check = (spec: Any, at: Cursor) => {
  const path = spec.hostPath?.path;
  if (path && /^\/+(\.?\/*)*$/.test(path) && spec.persistentVolumeReclaimPolicy === 'Recycle') {
    at.forbidden("may not be 'recycle' for a hostPath mount of '/'", 'persistentVolumeReclaimPolicy');
  }
  if ((spec.volumeAttributesClassName ?? undefined) !== undefined && !spec.csi) {
    at.required('has to be specified when using volumeAttributesClassName', 'csi');
  }
  if (spec.local && !spec.nodeAffinity) at.required('Local volume requires node affinity', 'nodeAffinity');
  if (spec.nodeAffinity && !spec.nodeAffinity.required) {
    at.required('must specify required node constraints', 'nodeAffinity', 'required');
  }
};

const persistentVolumeSpec: Check = object(
  'api/persistent-volume',
  {
    accessModes: required(accessModes),
    persistentVolumeReclaimPolicy: oneOf('Delete', 'Recycle', 'Retain'),
    nodeAffinity: object(undefined, { required: nodeSelector }),
    storageClassName: className,
    volumeMode: given(volumeMode),
    volumeAttributesClassName: given((name: Any, at: Cursor) => {
      if (name === '') at.required('an empty string is disallowed');
      else className(name, at);
    }),
  },
  capacity,
  oneSource,
  others,
);

/** A PersistentVolume. */
export const persistentVolume: Check = object(
  'api/persistent-volume',
  {},
  withMetadata(metadata(dnsSubdomain, false)),
  withSpec(persistentVolumeSpec),
);

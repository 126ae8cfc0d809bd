// PersistentVolumes. Source: pkg/apis/core/validation ValidatePersistentVolumeSpec.
import { form, given, object, oneOf, required } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsLabel, dnsSubdomain } from '../values/names';
import { formatQuantity, wholeValue } from '../values/quantity';
import { nodeSelector } from './affinity';
import { withSpec } from './apps';
import { accessModes, className, volumeMode } from './claim';
import { metadata, withMetadata } from './metadata';
import { noParentFolder } from './paths';
import { stored } from './resources';
import * as source from './volume-sources';

const secretIn = object(undefined, { name: required(form(dnsSubdomain)), namespace: required(form(dnsLabel)) });
const namedSecret = object(undefined, { name: required(), namespace: required() });

const glusterfs: Check = object(undefined, {
  endpoints: required(),
  path: required(),
  endpointsNamespace: given((name: Any, at: Cursor) => {
    if (name === '') at.invalid(name, 'if the endpointnamespace is set, it must be a valid namespace name');
    else for (const problem of dnsLabel(name) ?? []) at.invalid(name, problem);
  }),
});

/** The kinds of volume in the order in which the API server counts them. */
const SOURCES: readonly (readonly [string, Check])[] = [
  ['hostPath', source.hostPath],
  ['gcePersistentDisk', source.gcePersistentDisk],
  ['awsElasticBlockStore', source.awsElasticBlockStore],
  ['glusterfs', glusterfs],
  ['flocker', source.flocker],
  ['nfs', source.nfs],
  ['rbd', source.rbd],
  ['quobyte', source.quobyte],
  ['cephfs', source.cephfs],
  ['iscsi', source.iscsi(true)],
  ['cinder', object(undefined, { volumeID: required(), secretRef: namedSecret })],
  ['fc', source.fc],
  ['flexVolume', source.flexVolume],
  [
    'azureFile',
    object(undefined, {
      secretName: required(),
      shareName: required(),
      secretNamespace: given((name: Any, at: Cursor) => {
        if (name === '') at.required('');
      }),
    }),
  ],
  ['vsphereVolume', source.vsphereVolume],
  ['photonPersistentDisk', source.photonPersistentDisk],
  ['portworxVolume', source.portworxVolume],
  ['azureDisk', source.azureDisk],
  ['scaleIO', source.scaleIO],
  ['local', object(undefined, { path: required(noParentFolder) })],
  ['storageos', source.storageos(true)],
  [
    'csi',
    object(undefined, {
      driver: required(source.csiDriver),
      volumeHandle: required(),
      controllerPublishSecretRef: secretIn,
      controllerExpandSecretRef: secretIn,
      nodePublishSecretRef: secretIn,
      nodeExpandSecretRef: secretIn,
    }),
  ],
];
const SPELT: { readonly [name: string]: string } = { gcePersistentDisk: 'persistentDisk' };

const oneSource: Check = (spec: Any, at: Cursor) => {
  let count = 0;
  for (const [name, check] of SOURCES) {
    const value = spec[name];
    if (value === undefined || value === null) continue;
    // The API server forgets to refuse this one.
    if (count++ > 0 && name !== 'flexVolume') {
      at.forbidden('may not specify more than 1 volume type', name).says(1, name === 'cephfs' ? 'cephFS' : name);
      continue;
    }
    const from = at.faults.length;
    at.enter(name, check, value);
    const spelt = SPELT[name];
    const step = at.path.length;
    if (spelt) {
      for (const fault of at.faults.slice(from)) {
        fault.field = [...fault.path.slice(0, step), spelt, ...fault.path.slice(step + 1)];
      }
    }
  }
  if (count === 0) at.required('must specify a volume type');
  const name = at.root.metadata?.name ?? '';
  if (source.iscsiTooLong(name, spec.iscsi)) {
    at.invalid(
      spec.iscsi.targetPortal,
      'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.',
      'iscsi',
      'targetPortal',
    ).says(1, 'targetportal');
  }
};

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

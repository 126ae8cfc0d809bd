// What a PersistentVolume is of: one source. Source: pkg/apis/core/validation ValidatePersistentVolumeSpec.
import { form, given, object, required } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsLabel, dnsSubdomain } from '../values/names';
import { noParentFolder } from './paths';
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

/** One source. */
export const oneSource: Check = (spec: Any, at: Cursor) => {
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

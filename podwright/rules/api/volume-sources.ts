// The kinds of volume that Pods and PersistentVolumes share, one check a kind.
// Source: pkg/apis/core/validation validateHostPathVolumeSource and its neighbours.
import { between, each, form, object, oneOf, required } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { byteLength, dnsLabel, dnsSubdomain } from '../values/names';
import { quantityOf } from '../values/quantity';
import { descendingPath, fileMode, localPath, noParentFolder } from './paths';

export { azureDisk } from './azure-disk';
export { iscsi, iscsiTooLong } from './iscsi';
export { quobyte } from './quobyte';

const secretName: Check = object(undefined, { name: required() });

export const emptyDir: Check = (source: Any, at: Cursor) => {
  if (quantityOf(source.sizeLimit ?? '0').nano < 0n) {
    at.forbidden('SizeLimit field must be a valid resource quantity', 'sizeLimit');
  }
};

const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

export const hostPath: Check = (source: Any, at: Cursor) => {
  if (!source.path) {
    at.required('', 'path');
    return;
  }
  at.enter('path', noParentFolder, source.path);
  at.enter('type', oneOf(...HOST_PATH_TYPES), source.type ?? '');
};

export const gitRepo: Check = object(undefined, { repository: required(), directory: descendingPath });

export const fc: Check = (source: Any, at: Cursor) => {
  const names = source.targetWWNs ?? [];
  const ids = source.wwids ?? [];
  if (names.length === 0 && ids.length === 0) {
    at.required('must specify either targetWWNs or wwids, but not both', 'targetWWNs');
  }
  if (names.length === 0) return;
  if (ids.length > 0) at.invalid(names, 'targetWWNs and wwids can not be specified simultaneously', 'targetWWNs');
  if (source.lun === undefined || source.lun === null) at.required('lun is required if targetWWNs is specified', 'lun');
  else at.enter('lun', between(0, 255), source.lun);
};

const partition = (value: Any, at: Cursor) => {
  if (value < 0 || value > 255) at.invalid(value, 'must be between 1 and 255, inclusive');
};
export const gcePersistentDisk: Check = object(undefined, { pdName: required(), partition });
export const awsElasticBlockStore: Check = object(undefined, { volumeID: required(), partition });

/** A key of a ConfigMap or Secret, and the file that it becomes. */
export const keyToPath: Check = object(undefined, { key: required(), path: required(localPath), mode: fileMode });

export const secret: Check = object(undefined, {
  secretName: required(),
  defaultMode: fileMode,
  items: each(keyToPath),
});
export const configMap: Check = object(undefined, { name: required(), defaultMode: fileMode, items: each(keyToPath) });
export const persistentVolumeClaim: Check = object(undefined, { claimName: required() });

export const nfs: Check = object(undefined, { server: required(), path: required() }, (source: Any, at: Cursor) => {
  if (!(source.path ?? '').startsWith('/')) at.invalid(source.path ?? '', 'must be an absolute path', 'path');
});

export const glusterfs: Check = object(undefined, { endpoints: required(), path: required() });

export const flocker: Check = (source: Any, at: Cursor) => {
  const { datasetName, datasetUUID } = source;
  if (!datasetName && !datasetUUID) at.required('one of datasetName and datasetUUID is required');
  if (datasetName && datasetUUID) {
    at.invalid('resource', 'datasetName and datasetUUID can not be specified simultaneously');
  }
  if (datasetName?.includes('/')) at.invalid(datasetName, "must not contain '/'", 'datasetName');
};

export const rbd: Check = object(undefined, { monitors: required(), image: required() });
export const cinder: Check = object(undefined, { volumeID: required(), secretRef: secretName });
export const cephfs: Check = object(undefined, { monitors: required() });

export const flexVolume: Check = object(undefined, { driver: required() }, (source: Any, at: Cursor) => {
  for (const key in source.options ?? {}) {
    const domain = key.split('/')[0] as string;
    if (/\.(kubernetes|k8s)\.io$/.test(`.${domain.toLowerCase()}`)) {
      at.invalid(key, 'kubernetes.io and k8s.io namespaces are reserved', 'options', key);
    }
  }
});

export const azureFile: Check = object(undefined, { secretName: required(), shareName: required() });
export const vsphereVolume: Check = object(undefined, { volumePath: required() });
export const photonPersistentDisk: Check = object(undefined, { pdID: required() });
export const portworxVolume: Check = object(undefined, { volumeID: required() });

export const scaleIO: Check = object(undefined, { gateway: required(), system: required(), volumeName: required() });

/** @param persistent whether the source is a PersistentVolume's, whose secret is in a namespace of its own */
export function storageos(persistent: boolean): Check {
  return object(undefined, {
    volumeName: required(form(dnsLabel)),
    volumeNamespace: form(dnsLabel),
    secretRef: persistent ? object(undefined, { name: required(), namespace: required() }) : secretName,
  });
}

/** A CSI driver's name: a DNS subdomain of at most 63 characters, in any case. */
export const csiDriver: Check = (name: Any, at: Cursor) => {
  if (byteLength(name) > 63) at.tooLong(63);
  for (const problem of dnsSubdomain(name.toLowerCase()) ?? []) at.invalid(name, problem);
};

export const csi: Check = object(undefined, {
  driver: required(csiDriver),
  nodePublishSecretRef: object(undefined, {
    name: required((name: Any, at: Cursor) => {
      // The API server forgets the reference's own name.
      for (const problem of dnsSubdomain(name) ?? []) at.invalid(name, problem).says(2, 'name');
    }),
  }),
});

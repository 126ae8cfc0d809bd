// The kinds of volume that Pods and PersistentVolumes share, one check a kind.
// Source: pkg/apis/core/validation validateHostPathVolumeSource and its neighbours.
import { between, each, form, object, oneOf, required } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { byteLength, dnsLabel, dnsSubdomain } from '../values/names';
import { quantityOf } from '../values/quantity';
import { descendingPath, fileMode, localPath, noParentFolder } from './paths';

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

const initiator = /iqn\.\d{4}-\d{2}\.([a-zA-Z0-9\-.]+)(:[^,;*&$|\s]+)$/;

/** The name of an iSCSI initiator: iqn, eui or naa. */
function initiatorProblem(name: string, otherwise: string): string | undefined {
  if (name.startsWith('iqn')) return initiator.test(name) ? undefined : 'must be valid format';
  if (name.startsWith('eui')) return /^eui.[a-zA-Z0-9]{16}$/.test(name) ? undefined : 'must be valid format';
  if (name.startsWith('naa')) return /^naa.[a-zA-Z0-9]{32}$/.test(name) ? undefined : 'must be valid format';
  return otherwise;
}

/** @param persistent whether the source is a PersistentVolume's, whose secret must have a name */
export function iscsi(persistent: boolean): Check {
  const other = 'must be valid format starting with iqn, eui, or naa';
  return object(
    undefined,
    {
      targetPortal: required(),
      iqn: required((name: Any, at: Cursor) => {
        const problem = initiatorProblem(name, persistent ? 'must be valid format' : other);
        if (problem) at.invalid(name, problem);
      }),
      lun: between(0, 255),
      ...(persistent && { secretRef: secretName }),
    },
    (source: Any, at: Cursor) => {
      if ((source.chapAuthDiscovery || source.chapAuthSession) && !source.secretRef) at.required('', 'secretRef');
      const name = source.initiatorName;
      if (name === undefined || name === null) return;
      const problem = initiatorProblem(name, other);
      if (problem) at.invalid(name, problem, 'initiatorName').says(1, 'initiatorname');
    },
  );
}

/** iSCSI counts a volume's name and portal together, where it has an initiator. */
export function iscsiTooLong(name: string, source: Any): boolean {
  return Boolean(source?.initiatorName != null && byteLength(`${name}:${source.targetPortal ?? ''}`) > 64);
}

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

/** Whether a text is `host:port`, as Go splits it. */
function isHostPort(text: string): boolean {
  const colon = text.lastIndexOf(':');
  if (colon < 0) return false;
  const host = text.slice(0, colon);
  if (host.startsWith('[')) return host.indexOf(']') === host.length - 1 && !host.slice(1).includes('[');
  return !/[:[\]]/.test(host) && !/[[\]]/.test(text.slice(colon + 1));
}

export const quobyte: Check = (source: Any, at: Cursor) => {
  const pairs = 'must be a host:port pair or multiple pairs separated by commas';
  const { registry = '', tenant = '' } = source;
  if (!registry) at.required(pairs, 'registry');
  else if (byteLength(tenant ?? '') >= 65) {
    at.required('must be a UUID and may not exceed a length of 64 characters', 'tenant');
  } else if (!registry.split(',').every(isHostPort)) at.invalid(registry, pairs, 'registry');
  if (!source.volume) at.required('', 'volume');
};

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

export const azureDisk: Check = (source: Any, at: Cursor) => {
  const kind = source.kind ?? 'Shared';
  const caching = source.cachingMode ?? 'ReadWrite';
  if (!source.diskName) at.required('', 'diskName');
  if (!source.diskURI) at.required('', 'diskURI');
  at.enter('cachingMode', oneOf('None', 'ReadOnly', 'ReadWrite'), caching);
  at.enter('kind', oneOf('Dedicated', 'Managed', 'Shared'), kind);
  const uri = source.diskURI ?? '';
  if (kind === 'Managed') {
    if (!uri.startsWith('/subscriptions/')) {
      at.notSupported(
        uri,
        ['/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}'],
        'diskURI',
      );
    }
  } else if (!uri.startsWith('https://')) {
    at.notSupported(uri, ['https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd'], 'diskURI');
  }
};

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

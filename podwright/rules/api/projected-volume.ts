// Volumes whose files come from several sources, and from the Pod itself.
// Source: pkg/apis/core/validation validateProjectionSources, validateDownwardAPIVolumeFile.
import { each, object, required } from '../engine/checks';
import type { Any, Check, Cursor, Step } from '../engine/cursor';
import { fileFieldRef, resourceFieldRef } from './field-ref';
import { labelSelector } from './labels';
import { fileMode, localPath } from './paths';
import { certificateSigner, clusterTrustBundleName } from './signer';
import { keyToPath } from './volume-sources';

const CERTIFICATE_KEYS = ['RSA3072', 'RSA4096', 'ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519'];

/** A file of the Pod's own fields. The API server forgets which item it is. */
const downwardFile: Check = (file: Any, at: Cursor) => {
  const from = at.faults.length;
  if (!file.path) at.required('', 'path');
  at.enter('path', localPath, file.path ?? '');
  if (file.fieldRef) {
    at.enter('fieldRef', fileFieldRef, file.fieldRef);
    if (file.resourceFieldRef) {
      at.invalid('resource', 'fieldRef and resourceFieldRef can not be specified simultaneously');
    }
  } else if (file.resourceFieldRef) at.enter('resourceFieldRef', resourceFieldRef(true), file.resourceFieldRef);
  else at.required('one of fieldRef and resourceFieldRef is required');
  if (file.mode !== undefined && file.mode !== null) at.enter('mode', fileMode, file.mode);
  const item = at.path.length - 1;
  for (const fault of at.faults.slice(from)) {
    fault.field = [...fault.path.slice(0, item - 1), ...fault.path.slice(item + 1)];
  }
};

/** Files of the Pod's own fields. */
export const downwardAPI: Check = object(undefined, { defaultMode: fileMode, items: each(downwardFile) });

const keyed = object(undefined, { name: required(), items: each(keyToPath) });

/** A service account's token. The API server names its path as if it were the volume's. */
const serviceAccountToken: Check = (token: Any, at: Cursor) => {
  const seconds = token.expirationSeconds ?? 3600;
  if (seconds < 600) at.invalid(seconds, 'may not specify a duration less than 10 minutes', 'expirationSeconds');
  if (seconds > 2 ** 32) {
    at.invalid(seconds, 'may not specify a duration larger than 2^32 seconds', 'expirationSeconds');
  }
  const from = at.faults.length;
  if (!token.path) at.required('', 'path');
  else at.enter('path', localPath, token.path);
  for (const fault of at.faults.slice(from)) fault.says(4, 'path');
};

const clusterTrustBundle: Check = (bundle: Any, at: Cursor) => {
  const named = bundle.name !== undefined && bundle.name !== null;
  const signed = bundle.signerName !== undefined && bundle.signerName !== null;
  if (named && signed) at.invalid(bundle, 'only one of name and signerName may be used');
  else if (named) {
    if (bundle.name === '') at.required('must be a valid object name', 'name');
    at.enter('name', clusterTrustBundleName, bundle.name);
    if (bundle.labelSelector) {
      at.invalid(bundle.labelSelector, 'labelSelector must be unset if name is specified', 'labelSelector');
    }
  } else if (signed) {
    if (bundle.signerName === '') at.required('must be a valid signer name', 'signerName');
    at.enter('signerName', certificateSigner, bundle.signerName);
    if (bundle.labelSelector) at.enter('labelSelector', labelSelector, bundle.labelSelector);
  } else at.required('either name or signerName must be specified');
  if (!bundle.path) at.required('', 'path');
  at.enter('path', localPath, bundle.path ?? '');
};

const podCertificate: Check = (certificate: Any, at: Cursor) => {
  at.enter('signerName', certificateSigner, certificate.signerName ?? '');
  if (!CERTIFICATE_KEYS.includes(certificate.keyType)) {
    at.notSupported(certificate.keyType ?? '', CERTIFICATE_KEYS, 'keyType');
  }
  const seconds = certificate.maxExpirationSeconds;
  const most = certificate.signerName?.startsWith('kubernetes.io/') ? 86400 : 7862400;
  if (seconds < 3600) at.invalid(seconds, 'if provided, maxExpirationSeconds must be >= 3600', 'maxExpirationSeconds');
  if (seconds > most)
    at.invalid(seconds, `if provided, maxExpirationSeconds must be <= ${most}`, 'maxExpirationSeconds');
  const paths = ['credentialBundlePath', 'keyPath', 'certificateChainPath'].filter((path) => certificate[path]);
  for (const path of paths) at.enter(path, localPath, certificate[path]);
  if (paths.length === 0) {
    at.required('specify at least one of credentialBundlePath, keyPath, and certificateChainPath');
  }
};

const SOURCES: { readonly [source: string]: Check } = {
  secret: keyed,
  configMap: keyed,
  downwardAPI: object(undefined, { items: each(downwardFile) }),
  serviceAccountToken,
  clusterTrustBundle,
  podCertificate,
};
const source = object(undefined, SOURCES, (value: Any, at: Cursor) => {
  if (Object.keys(SOURCES).filter((name) => value[name]).length > 1) {
    at.forbidden('may not specify more than 1 volume type per source');
  }
});

/** The paths of a source's files, with what the API server calls the file's maker. */
function* filesOf(source: Any): Generator<[path: string, shown: string, steps: Step[]]> {
  for (const kind of ['secret', 'configMap', 'downwardAPI']) {
    const items = source[kind]?.items ?? [];
    for (let i = 0; i < items.length; i++) {
      const path = items[i]?.path;
      if (path) yield [path, kind === 'downwardAPI' ? path : (source[kind].name ?? ''), [kind, 'items', i, 'path']];
    }
  }
  const bundle = source.clusterTrustBundle;
  if (bundle) yield [bundle.path ?? '', bundle.path ?? '', ['clusterTrustBundle', 'path']];
  for (const field of ['credentialBundlePath', 'keyPath', 'certificateChainPath']) {
    const path = source.podCertificate?.[field];
    if (path) yield [path, path, ['podCertificate', field]];
  }
}

/** Files from several sources. */
export const projected: Check = object(
  undefined,
  { defaultMode: fileMode, sources: each(source) },
  (volume: Any, at: Cursor) => {
    const taken = new Set<string>();
    const sources = volume.sources ?? [];
    for (let i = 0; i < sources.length; i++) {
      for (const [path, shown, steps] of filesOf(sources[i] ?? {})) {
        if (taken.has(path)) at.invalid(shown, 'conflicting duplicate paths').at('sources', i, ...steps);
        taken.add(path);
      }
    }
  },
);

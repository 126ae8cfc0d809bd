// Classes of storage, and the drivers that they are of. Source: pkg/apis/storage/validation.
import { each, object, oneOf, required } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { byteLength, dnsSubdomain, qualifiedName } from '../values/names';
import { withSpec } from './apps';
import { labelKey } from './labels';
import { metadata, withMetadata } from './metadata';

const names = withMetadata(metadata(dnsSubdomain, false));

const parameters: Check = (map: Any, at: Cursor) => {
  const keys = Object.keys(map);
  if (keys.length > 512) at.tooLong(512);
  let size = 0;
  for (const key of keys) {
    if (key === '') at.invalid(key, 'field can not be empty.');
    size += byteLength(key) + byteLength(map[key] ?? '');
  }
  if (size > 256 * 1024) at.tooLong(256 * 1024);
};

/** Where volumes may be made: labels of nodes, each with its values. */
const topology: Check = (term: Any, at: Cursor) => {
  const seen = new Set<string>();
  (term.matchLabelExpressions ?? []).forEach((entry: Any, i: number) => {
    const { key = '' } = entry ?? {};
    const values: Any[] = entry?.values ?? [];
    at.path.push('matchLabelExpressions', i);
    if (values.length === 0) at.required('', 'values');
    values.forEach((value, n) => {
      if (values.indexOf(value) < n) at.duplicate(value, 'values', n);
    });
    at.enter('key', labelKey, key);
    if (seen.has(key)) at.duplicate(key, 'key');
    seen.add(key);
    at.path.length -= 2;
  });
};

/** A term's meaning, whatever its order. */
function meaning(term: Any): string {
  const expressions = (term?.matchLabelExpressions ?? []).map((entry: Any) => [
    entry?.key ?? '',
    [...new Set(entry?.values ?? [])].sort(),
  ]);
  return JSON.stringify([...new Map(expressions)].sort());
}

const topologies: Check = (terms: Any, at: Cursor) => {
  each(topology)(terms, at);
  const known: string[] = [];
  terms.forEach((term: Any, i: number) => {
    const text = meaning(term);
    // The API server compares an empty term with places in its memory, and finds them equal.
    if (text === '[]') at.duplicate('', i, 'matchLabelExpressions');
    for (const other of known) if (other === text) at.duplicate('', i, 'matchLabelExpressions');
    known.push(text);
  });
};

const driverName: Check = (name: Any, at: Cursor) => {
  for (const problem of qualifiedName(name.toLowerCase()) ?? []) at.invalid(name.toLowerCase(), problem);
};

/** A VolumeAttributesClass. */
export const volumeAttributesClass: Check = object(
  'api/volume-attributes-class',
  { driverName: required(driverName), parameters },
  names,
  (value: Any, at: Cursor) => {
    if (Object.keys(value.parameters ?? {}).length === 0) {
      at.required('must contain at least one key/value pair', 'parameters');
    }
  },
);

/** A StorageClass. */
export const storageClass: Check = object(
  'api/storage-class',
  {
    provisioner: required(driverName),
    parameters,
    reclaimPolicy: oneOf('Delete', 'Retain'),
    volumeBindingMode: { check: oneOf('Immediate', 'WaitForFirstConsumer'), empty: true },
    allowedTopologies: topologies,
  },
  names,
);

const tokenRequests: Check = (requests: Any, at: Cursor) => {
  const audiences = new Set<string>();
  requests.forEach((request: Any, i: number) => {
    const { audience = '', expirationSeconds: seconds } = request ?? {};
    if (audiences.has(audience)) {
      at.duplicate(audience, i, 'audience');
      return;
    }
    audiences.add(audience);
    if (seconds < 600) at.invalid(seconds, 'may not specify a duration less than 10 minutes', i, 'expirationSeconds');
    if (seconds > 2 ** 32) {
      at.invalid(seconds, 'may not specify a duration larger than 2^32 seconds', i, 'expirationSeconds');
    }
  });
};

const MODES = ['Persistent', 'Ephemeral'];

/** A CSIDriver. */
export const csiDriver: Check = object(
  'api/csi-driver',
  {},
  names,
  withSpec(
    object('api/csi-driver', {
      fsGroupPolicy: { check: oneOf('File', 'None', 'ReadWriteOnceWithFSType'), empty: true },
      tokenRequests,
      // The API server names the list.
      volumeLifecycleModes: (modes: Any, at: Cursor) => {
        for (const mode of modes) if (!MODES.includes(mode)) at.notSupported(mode ?? '', MODES);
      },
      serviceAccountTokenInSecrets: (value: Any, at: Cursor) => {
        if (at.root.spec.tokenRequests?.length) return;
        at.invalid(value, 'serviceAccountTokenInSecrets is set but no tokenRequests are specified');
      },
      nodeAllocatableUpdatePeriodSeconds: (seconds: Any, at: Cursor) => {
        if (seconds < 10) at.invalid(seconds, 'must be greater than or equal to 10 seconds');
      },
    }),
  ),
);

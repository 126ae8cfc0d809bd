// Volumes of Quobyte. Source: pkg/apis/core/validation validateQuobyteVolumeSource.
import type { Any, Check, Cursor } from '../engine/cursor';
import { byteLength } from '../values/names';

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

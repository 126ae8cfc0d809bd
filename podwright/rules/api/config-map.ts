// ConfigMaps. Source: pkg/apis/core/validation ValidateConfigMap.
import { object } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { configMapKey } from '../values/keys';
import { byteLength } from '../values/names';
import { subdomainMetadata, withMetadata } from './metadata';

/** The most bytes that a ConfigMap's or Secret's values may have together. */
export const DATA_MOST = 1024 * 1024;

/** How many bytes a base64 text stands for; a list of bytes is one as well. */
export function decodedLength(text: string | readonly number[]): number {
  if (typeof text !== 'string') return text.length;
  const clean = text.replace(/[\r\n]/g, '');
  const padding = clean.endsWith('==') ? 2 : clean.endsWith('=') ? 1 : 0;
  return (clean.length / 4) * 3 - padding;
}

/** Keys as files can be named. */
export const dataKeys: Check = (data: Any, at: Cursor) => {
  for (const key in data) for (const problem of configMapKey(key) ?? []) at.invalid(key, problem, key);
};

/** A ConfigMap. */
export const configMap: Check = object(
  'api/config-map',
  { data: dataKeys, binaryData: dataKeys },
  withMetadata(subdomainMetadata),
  (map: Any, at: Cursor) => {
    const data = map.data ?? {};
    const binary = map.binaryData ?? {};
    let size = 0;
    for (const key in data) {
      size += byteLength(data[key] ?? '');
      if (Object.hasOwn(binary, key)) at.invalid(key, 'duplicate of key present in binaryData', 'data', key);
    }
    for (const key in binary) size += decodedLength(binary[key] ?? '');
    if (size > DATA_MOST) at.tooLong(DATA_MOST).field = ['[]'];
  },
);

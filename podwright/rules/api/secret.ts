// Secrets. Source: pkg/apis/core/validation ValidateSecret.
import { object } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { configMapKey } from '../values/keys';
import { byteLength } from '../values/names';
import { DATA_MOST, decodedLength } from './config-map';
import { subdomainMetadata, withMetadata } from './metadata';

const SERVICE_ACCOUNT = 'kubernetes.io/service-account.name';
const is = (value: Any) => value !== undefined;

/** The value of a key as text: stringData stands over data. */
function textOf(secret: Any, key: string): string | undefined {
  const plain = secret.stringData?.[key];
  if (is(plain)) return plain ?? '';
  const encoded = secret.data?.[key];
  return is(encoded) ? Buffer.from(encoded ?? '', 'base64').toString() : undefined;
}

/** What each type must hold. */
const TYPES: { readonly [type: string]: (secret: Any, at: Cursor) => void } = {
  'kubernetes.io/service-account-token': (secret, at) => {
    if (!secret.metadata?.annotations?.[SERVICE_ACCOUNT]) at.required('', 'metadata', 'annotations', SERVICE_ACCOUNT);
  },
  'kubernetes.io/dockercfg': (secret, at) => json(secret, '.dockercfg', at),
  'kubernetes.io/dockerconfigjson': (secret, at) => json(secret, '.dockerconfigjson', at),
  'kubernetes.io/basic-auth': (secret, at) => {
    if (is(textOf(secret, 'username')) || is(textOf(secret, 'password'))) return;
    at.required('', 'data', 'username');
    at.required('', 'data', 'password');
  },
  'kubernetes.io/ssh-auth': (secret, at) => {
    if (!textOf(secret, 'ssh-privatekey')) at.required('', 'data', 'ssh-privatekey');
  },
  'kubernetes.io/tls': (secret, at) => {
    for (const key of ['tls.crt', 'tls.key']) if (!is(textOf(secret, key))) at.required('', 'data', key);
  },
};

function json(secret: Any, key: string, at: Cursor): void {
  const text = textOf(secret, key);
  if (text === undefined) {
    at.required('', 'data', key);
    return;
  }
  let problem: string | undefined;
  try {
    const value = JSON.parse(text);
    if (typeof value !== 'object' || Array.isArray(value)) problem = 'json: cannot unmarshal into a map';
  } catch {
    problem = 'invalid character in JSON';
  }
  if (problem) at.invalid('<secret contents redacted>', problem, 'data', key);
}

/** A Secret. */
export const secret: Check = object('api/secret', {}, withMetadata(subdomainMetadata), (value: Any, at: Cursor) => {
  const plain = value.stringData ?? {};
  const data = value.data ?? {};
  let size = 0;
  for (const [key, text] of Object.entries<Any>({ ...data, ...plain })) {
    const field = Object.hasOwn(plain, key) ? 'stringData' : 'data';
    for (const problem of configMapKey(key) ?? []) at.invalid(key, problem, field, key).says(2, 'data', key);
    size += field === 'data' ? decodedLength(text ?? '') : byteLength(text ?? '');
  }
  if (size > DATA_MOST) at.tooLong(DATA_MOST, 'data');
  const type = value.type ?? '';
  if (Object.hasOwn(TYPES, type)) TYPES[type]?.(value, at);
});

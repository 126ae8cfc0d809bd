// Which checks are for which kind of object. A kind's checks are loaded when its first object comes by: a program of
// one Pod loads what Pods need.
import type { Check } from '../engine/cursor';

const KINDS: { readonly [kind: string]: () => Check } = {
  'v1 Pod': () => (require('./pod') as typeof import('./pod')).pod,
};
const loaded = new Map<string, Check | undefined>();

/** The checks of a kind's objects, beyond their schema; undefined where there are none. */
export function checksOf(apiVersion: string, kind: string): Check | undefined {
  const key = `${apiVersion} ${kind}`;
  if (!loaded.has(key)) loaded.set(key, Object.hasOwn(KINDS, key) ? KINDS[key]?.() : undefined);
  return loaded.get(key);
}

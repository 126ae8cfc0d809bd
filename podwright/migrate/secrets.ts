// Secrets whose values stay outside of the program: it knows their names and keys alone.
import { type Any, nameOf } from './path';
import type { Source } from './sources';

/** A Secret that is made outside of the program. */
export interface OutsideSecret {
  readonly name: string;
  readonly namespace?: string;
  /** As a reader knows it: `Secret ml/token`. */
  readonly shown: string;
  readonly type: string;
  /** The names of its values, sorted. */
  readonly keys: readonly string[];
}

/** A Secret's name and keys; undefined for what is none, or has no values. */
export function outsideSecret({ object }: Source): OutsideSecret | undefined {
  if (object.apiVersion !== 'v1' || object.kind !== 'Secret') return undefined;
  const keys = [...new Set([...keysOf(object.data), ...keysOf(object.stringData)])].sort();
  const { name, namespace } = object.metadata;
  if (keys.length === 0 || name === undefined) return undefined;
  const type = typeof object.type === 'string' ? object.type : 'Opaque';
  return { name, ...(namespace !== undefined && { namespace }), shown: nameOf(object), type, keys };
}

function keysOf(map: Any): string[] {
  return typeof map === 'object' && map !== null ? Object.keys(map) : [];
}

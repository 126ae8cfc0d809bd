// What items of a list may not have in common: `x-kubernetes-list-type` set and map.
// Source: k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype/validation.go.
import type { Any, Cursor } from '../engine/cursor';
import type { Node } from './node';
import { canonical } from './schema';

/** Items that repeat an earlier one, or its keys; each is said once. */
export function listItems(list: readonly Any[], node: Node, at: Cursor): void {
  const type = node.schema['x-kubernetes-list-type'];
  at.rule = 'api/list-type';
  if (type === 'set') {
    for (const index of repeated(list)) at.duplicate(list[index], index);
  } else if (type === 'map') {
    const index = list.findIndex((item) => item !== null && (typeof item !== 'object' || Array.isArray(item)));
    if (index >= 0) {
      at.invalid(list[index], 'must be an object for an array of list-type map', index);
      return;
    }
    const names = (node.schema['x-kubernetes-list-map-keys'] ?? []) as readonly string[];
    const keys = list.map((item) => keysOf(item, names));
    for (const index of repeated(keys)) at.duplicate(keys[index], index);
  }
}

function keysOf(item: Any, names: readonly string[]): object {
  const keys: { [name: string]: unknown } = {};
  for (const name of names) if (item !== null && item[name] !== undefined) keys[name] = item[name];
  return keys;
}

/** The second of each group of equal items. */
function repeated(items: readonly unknown[]): number[] {
  if (items.length < 2) return [];
  const times = new Map<string, number>();
  return items.flatMap((item, index) => {
    const text = canonical(item);
    const before = times.get(text) ?? 0;
    times.set(text, before + 1);
    return before === 1 ? [index] : [];
  });
}

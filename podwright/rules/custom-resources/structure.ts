// What the structure of a schema demands beyond types and limits: list types and embedded objects, wherever they are.
import type { Any, Cursor } from '../engine/cursor';
import { embeddedResource } from './embedded';
import { listItems } from './lists';
import type { Node } from './node';

/** Walks a value along its schema. */
export function structure(value: Any, node: Node, at: Cursor): void {
  if (Array.isArray(value)) {
    if (node.schema['x-kubernetes-list-type'] !== undefined) listItems(value, node, at);
    const { items } = node;
    if (!items) return;
    for (let i = 0; i < value.length; i++) below(value[i], i, items, at);
  } else {
    if (node.embedded) embeddedResource(value, at);
    for (const key in value) {
      const child = node.at(key);
      if (child) below(value[key], key, child, at);
    }
  }
}

function below(value: Any, step: string | number, node: Node, at: Cursor): void {
  if (typeof value !== 'object' || value === null) return;
  at.path.push(step);
  structure(value, node, at);
  at.path.pop();
}

// What the API server makes of a custom resource before it judges it: unknown fields are reported (strict) and dropped,
// nulls that are no values are taken out, defaults are put in. The given object stays as it is.
// Source: k8s.io/apiextensions-apiserver/pkg/apiserver/schema/{pruning,defaulting,objectmeta}.

import type { Any, Cursor } from '../engine/cursor';
import { closest } from '../schema/closest';
import { decoderOf } from '../schema/decode';
import { dotted } from '../schema/decode-faults';
import type { Node } from './node';

const OBJECT_META = decoderOf('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta');

/**
 * The object as it is stored, as far as its schema says.
 * @param root whether the value is a whole object: its apiVersion, kind and metadata need no schema
 */
export function complete(value: Any, node: Node | undefined, at: Cursor, root = false): Any {
  return completed(value, node, node?.preserve === true, at, root);
}

/** @param keep whether fields that the schema does not name are kept here */
function completed(value: Any, node: Node | undefined, keep: boolean, at: Cursor, root: boolean): Any {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? completedList(value, node, keep, at) : completedObject(value, node, keep, at, root);
}

function completedList(list: Any[], node: Node | undefined, keep: boolean, at: Cursor): Any[] {
  const items = node?.items;
  // A list whose items are not described may hold anything where unknown fields are kept.
  if (items === undefined && keep) return list;
  let changed: Any[] | undefined;
  for (let i = 0; i < list.length; i++) {
    const given = list[i];
    let item = given;
    if (item === null && items && !items.nullable) item = items.default ?? null;
    if (typeof item === 'object' && item !== null) {
      at.path.push(i);
      item = completed(item, items, items?.preserve === true || keep, at, false);
      at.path.pop();
    }
    if (item === given) continue;
    changed ??= [...list];
    changed[i] = item;
  }
  return changed ?? list;
}

function completedObject(object: Any, node: Node | undefined, keep: boolean, at: Cursor, root: boolean): Any {
  let changed: Any;
  const embedded = root || node?.embedded === true;
  for (const key in object) {
    const given = object[key];
    if (given === undefined) continue;
    const meta = embedded && (key === 'apiVersion' || key === 'kind' || key === 'metadata');
    if (meta && key === 'metadata') metadata(given, at);
    const below = node?.at(key);
    if (below === undefined) {
      if (meta) continue;
      if (node?.open && !keep) {
        // `additionalProperties: true` takes any key, and knows no field below it.
        at.path.push(key);
        completed(given, undefined, false, at, false);
        at.path.pop();
      } else if (!keep) {
        unknownField(key, node, at);
        changed ??= { ...object };
        delete changed[key];
      }
      continue;
    }
    if (given === null && !below.nullable) {
      changed ??= { ...object };
      if (below.default === undefined) delete changed[key];
      else changed[key] = defaultOf(below, at);
      continue;
    }
    if (typeof given !== 'object' || given === null) continue;
    at.path.push(key);
    const value = completed(given, below, below.preserve || meta, at, false);
    at.path.pop();
    if (value === given) continue;
    changed ??= { ...object };
    changed[key] = value;
  }
  if (node) {
    for (const [name, below] of node.defaults) {
      if (Object.hasOwn(object, name) && object[name] !== undefined) continue;
      changed ??= { ...object };
      changed[name] = defaultOf(below, at);
    }
  }
  return changed ?? object;
}

/** A node's default, itself completed. */
function defaultOf(node: Node, at: Cursor): Any {
  const { faults } = at;
  at.faults = [];
  const value = completed(node.default, node, true, at, false);
  at.faults = faults;
  return value;
}

/** The metadata of the object, or of one in it, is decoded as that of any kind. */
function metadata(value: Any, at: Cursor): void {
  if (value === null) return;
  at.path.push('metadata');
  OBJECT_META(value, at);
  at.path.pop();
}

function unknownField(key: string, node: Node | undefined, at: Cursor): void {
  at.rule = 'api/unknown-field';
  const fault = at.report('UnknownField', `unknown field ${JSON.stringify(dotted([...at.path, key]))}`, [key]);
  const meant = closest(key, Object.keys(node?.schema.properties ?? {}));
  if (meant) fault.fixedBy(`did you mean ${JSON.stringify(meant)}?`);
}

import { unescapeStep } from '../../api/json-pointer';
import { copy, same } from './json';

/** One step of a JSON Patch (RFC 6902). Paths are JSON pointers with the API's own field names. */
export type PatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly from: string; readonly path: string };

/** A patch that does not fit the object that it is for. */
export class PatchError extends Error {
  constructor(
    /** RFC 6901 JSON pointer, as the patch has it. */
    readonly pointer: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * What a JSON Patch makes of a document, which is left as it is.
 *
 * @throws PatchError for a path that is not there, and for a test that fails
 */
export function applyJsonPatch(document: unknown, operations: readonly PatchOperation[]): unknown {
  // The document is held by a field of its own, so that '' is a path like others.
  const root = { document: copy(document) };
  for (const operation of operations) step(root, operation);
  return root.document;
}

function step(root: object, operation: PatchOperation): void {
  const { op, path } = operation;
  switch (op) {
    case 'add':
      add(root, path, copy(operation.value));
      return;
    case 'remove':
      remove(root, path);
      return;
    case 'replace': {
      const { holder, key } = find(root, path);
      holder[key] = copy(operation.value);
      return;
    }
    case 'move': {
      const { from } = operation;
      if (path.startsWith(`${from}/`)) throw new PatchError(path, `cannot be in what is moved there, got from ${from}`);
      const value = valueAt(root, from);
      remove(root, from);
      add(root, path, value);
      return;
    }
    case 'copy':
      add(root, path, copy(valueAt(root, operation.from)));
      return;
    case 'test': {
      const value = valueAt(root, path);
      if (same(value, operation.value)) return;
      throw new PatchError(
        path,
        `test failed, got ${JSON.stringify(value)}; expected ${JSON.stringify(operation.value)}`,
      );
    }
    default:
      throw new PatchError(path, `unknown op, got '${op}'; expected add, remove, replace, move, copy or test`);
  }
}

/** A mapping, or a list with its indexes as text. */
type Holder = Record<string, unknown>;

/** The mapping or list that a path ends in, and its last part. */
function holderOf(root: object, path: string): { holder: Holder; key: string } {
  if (path !== '' && !path.startsWith('/')) {
    throw new PatchError(path, "expected a path that begins with '/', as in /spec/hostPID");
  }
  const keys = path.split('/').map(unescapeStep);
  let holder = root as Holder;
  let key = 'document';
  for (const next of keys.slice(1)) {
    const inner = at(holder, key, path);
    if (typeof inner !== 'object' || inner === null) {
      throw new PatchError(path, `does not exist: what '${next}' is looked for in is ${JSON.stringify(inner)}`);
    }
    holder = inner as Holder;
    key = next;
  }
  return { holder, key };
}

function find(root: object, path: string): { holder: Holder; key: string } {
  const found = holderOf(root, path);
  at(found.holder, found.key, path);
  return found;
}

function valueAt(root: object, path: string): unknown {
  const { holder, key } = holderOf(root, path);
  return at(holder, key, path);
}

function at(holder: Holder, key: string, path: string): unknown {
  if (Array.isArray(holder) && !/^(0|[1-9]\d*)$/.test(key)) {
    throw new PatchError(path, `'${key}' is no index of a list; expected a number`);
  }
  if (Object.hasOwn(holder, key) && key !== '__proto__') return holder[key];
  const there = Array.isArray(holder)
    ? `the list has ${holder.length} items`
    : `there are ${Object.keys(holder).join(', ')}`;
  throw new PatchError(path, `does not exist: '${key}' is missing; ${there}`);
}

function add(root: object, path: string, value: unknown): void {
  const { holder, key } = holderOf(root, path);
  if (!Array.isArray(holder)) {
    if (key === '__proto__') throw new PatchError(path, "'__proto__' is no field");
    holder[key] = value;
    return;
  }
  const index = key === '-' ? holder.length : Number(key);
  if (!/^(-|0|[1-9]\d*)$/.test(key) || index > holder.length) {
    throw new PatchError(
      path,
      `'${key}' is no place in a list of ${holder.length} items; expected up to ${holder.length}, or '-'`,
    );
  }
  holder.splice(index, 0, value);
}

function remove(root: object, path: string): void {
  const { holder, key } = find(root, path);
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

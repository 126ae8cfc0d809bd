// Objects as the API server has them once it has read them: without fields that a version drops, and without nulls.
import type { VersionSet } from '../../api/versions';
import type { Any, Cursor, Step } from '../engine/cursor';
import type { Gate } from './gates';

/** The part of an object that a path leads to. */
export function partAt(object: Any, path: readonly Step[]): Any {
  return path.reduce((value, step) => value?.[step], object);
}

/** Takes a field out, and the handlers and hooks around it that are empty without it. */
export function dropFromLifecycle(object: Any, path: readonly Step[]): void {
  for (let end = path.length; end > 0 && path[end] !== 'lifecycle'; end--) {
    const parent = partAt(object, path.slice(0, end - 1));
    delete parent[path[end - 1] as Step];
    if (Object.keys(parent).length > 0) return;
  }
}

/** A volume from an image goes with its mounts. Both leave others in their places. */
export function dropImageVolume(object: Any, path: readonly Step[]): void {
  const spec = partAt(object, path.slice(0, -3));
  const volume = partAt(object, path.slice(0, -1));
  const index = path[path.length - 2] as number;
  const name = `dropped-${index}`;
  for (const containers of [spec.containers, spec.initContainers, spec.ephemeralContainers]) {
    for (const container of containers ?? []) {
      container?.volumeMounts?.forEach((mount: Any, i: number) => {
        if (mount?.name === volume.name) {
          container.volumeMounts[i] = { name, mountPath: `/.dropped-${i}` };
        }
      });
    }
  }
  spec.volumes[index] = { name, emptyDir: {} };
}

/** A source in another namespace goes as a whole. */
export function dropDataSourceRef(object: Any, path: readonly Step[]): void {
  delete partAt(object, path.slice(0, -2)).dataSourceRef;
}

/** A field of an object that some versions drop. */
export interface Dropped {
  readonly gate: Gate;
  /** The name of the definition that has the field. */
  readonly type: string;
  readonly path: readonly Step[];
  readonly versions: VersionSet;
}

/** A copy of an object without the fields that are dropped. */
export function without(object: Any, dropped: readonly Dropped[]): Any {
  const copy = deepCopy(object);
  for (const { gate, path } of dropped) {
    const parent = partAt(copy, path.slice(0, -1));
    if (parent === undefined) continue;
    if (gate.drop) gate.drop(copy, path);
    else delete parent[path[path.length - 1] as Step];
  }
  return copy;
}

/** A null in an object. */
export interface Null {
  readonly path: readonly Step[];
  /** What an item of a list or a map is read as; undefined for a field, which is read as left out. */
  readonly zero: Any;
}

/** A copy of an object as the API server reads it: without nulls, and with each item of a list in its place. */
export function withoutNulls(object: Any, nulls: readonly Null[]): Any {
  const copy = deepCopy(object);
  for (const { path, zero } of nulls) {
    const parent = partAt(copy, path.slice(0, -1));
    const step = path[path.length - 1] as Step;
    if (zero === undefined) delete parent[step];
    else parent[step] = deepCopy(zero);
  }
  return copy;
}

function deepCopy(value: Any): Any {
  if (Array.isArray(value)) return value.map(deepCopy);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Any = {};
  for (const key in value) {
    // A key of a program's own may be any text, this one too.
    if (key === '__proto__') Object.defineProperty(copy, key, { value: value[key], enumerable: true, writable: true });
    else copy[key] = deepCopy(value[key]);
  }
  return copy;
}

/** Notes a field that some versions drop; the cursor stands on what has it. */
export function dropField(value: Any, at: Cursor, type: string, key: string, gate: Gate, versions: VersionSet): void {
  const path = [...at.path, key];
  // What an object's status says is dropped anyway.
  if (path[0] === 'status') return;
  const off = (typeof gate.off === 'number' ? gate.off : gate.off(value, path)) & versions;
  if (off !== 0) at.dropped.push({ gate, type, path, versions: off });
}

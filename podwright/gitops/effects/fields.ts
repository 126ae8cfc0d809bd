// The fields in which two objects differ. Items of lists that have names are compared by name, as the API does.
import { same } from '../../api/plain';

// biome-ignore lint/suspicious/noExplicitAny: objects have any shape until they are checked
type Any = any;

/** A field that differs. */
export interface FieldChange {
  /** From the object down: field names, map keys, and the index in a list (of the new object, else of the old). */
  readonly path: readonly (string | number)[];
  /** The path for a reader: `spec.template.spec.containers[main].image`. */
  readonly name: string;
  /** Undefined: the field is new. */
  readonly before: unknown;
  /** Undefined: the field is gone. */
  readonly after: unknown;
  /** The items are the same in another order. @default false */
  readonly reordered?: true;
}

/** What lists of the API tell their items apart by, in the order in which it is tried. */
const KEYS = ['name', 'mountPath', 'devicePath', 'containerPort', 'port', 'key', 'ip', 'resourceName'];

/** Every field in which two values differ, in the order of the objects; empty for two that say the same. */
export function fieldChanges(before: Any, after: Any): FieldChange[] {
  const changes: FieldChange[] = [];
  compare(before, after, [], '', changes);
  return changes;
}

function compare(
  before: Any,
  after: Any,
  path: readonly (string | number)[],
  name: string,
  changes: FieldChange[],
): void {
  if (same(before, after)) return;
  const [old, now] = opens(path) ? [before ?? {}, after ?? {}] : [before, after];
  if (isMap(old) && isMap(now)) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)]))
      compare(old[key], now[key], [...path, key], named(name, key), changes);
    return;
  }
  const isOfLists = Array.isArray(before) && Array.isArray(after);
  const key = isOfLists ? keyOf(before, after) : undefined;
  if (key !== undefined) compareByKey(before, after, key, path, name, changes);
  else if (isOfLists && before.length === after.length)
    before.forEach((item, index) => {
      compare(item, after[index], [...path, index], `${name}[${index}]`, changes);
    });
  else changes.push({ path, name, before, after });
}

function compareByKey(
  before: readonly Any[],
  after: readonly Any[],
  key: string,
  path: readonly (string | number)[],
  name: string,
  changes: FieldChange[],
): void {
  const old = new Map(before.map((item, index) => [item[key], { item, index }]));
  const found = changes.length;
  after.forEach((item, index) => {
    const other = old.get(item[key]);
    old.delete(item[key]);
    compare(other?.item, item, [...path, index], `${name}[${item[key]}]`, changes);
  });
  for (const [value, { item, index }] of old) compare(item, undefined, [...path, index], `${name}[${value}]`, changes);
  if (changes.length === found) changes.push({ path, name, before, after, reordered: true });
}

/** Whether a field that one side lacks is compared field by field all the same: labels and annotations are on their own. */
function opens(path: readonly (string | number)[]): boolean {
  return path.length < 3 && (path.length < 2 || path[0] === 'metadata') && path[0] !== 'data';
}

/** What tells the items of two lists apart: a field that each has, with another value each. */
function keyOf(before: readonly Any[], after: readonly Any[]): string | undefined {
  return KEYS.find((key) => [before, after].every((list) => isKey(list, key)));
}

function isKey(list: readonly Any[], key: string): boolean {
  const values = new Set(list.map((item) => (isMap(item) ? item[key] : undefined)));
  return values.size === list.length && !values.has(undefined);
}

function isMap(value: unknown): value is Any {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function named(name: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${name}[${JSON.stringify(key)}]`;
  return name === '' ? key : `${name}.${key}`;
}

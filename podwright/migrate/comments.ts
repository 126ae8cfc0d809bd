// Comments of a manifest on their way to source text: kept by the mapping or list that they stand in, since fields move
// from one object to another on the way.
import { isFields } from './code';

/** Where the comments after the last element of a collection are kept. */
const END = Symbol('end');

type Place = string | number | typeof END;

const known = new WeakMap<object, Map<Place, readonly string[]>>();

/** Keeps the lines of comments above a field or an item. */
export function addComments(container: object, place: string | number, lines: readonly string[]): void {
  add(container, place, lines);
}

/** Keeps the lines of comments after the last field or item. */
export function addEndComments(container: object, lines: readonly string[]): void {
  add(container, END, lines);
}

function add(container: object, place: Place, lines: readonly string[]): void {
  if (lines.length === 0) return;
  const places = known.get(container) ?? new Map();
  places.set(place, [...(places.get(place) ?? []), ...lines]);
  known.set(container, places);
}

/** The lines of comments above a field or an item. */
export function commentsAbove(container: object, place: string | number): readonly string[] {
  return known.get(container)?.get(place) ?? [];
}

/** The lines of comments after the last field or item. */
export function commentsAtEnd(container: object): readonly string[] {
  return known.get(container)?.get(END) ?? [];
}

/** Whether a collection itself has comments. */
export function hasComments(container: object): boolean {
  return known.has(container);
}

/** Gives a collection the comments of another, whose fields it has taken over. */
export function carry<T extends object>(to: T, from: object): T {
  for (const [place, lines] of known.get(from) ?? []) add(to, place, lines);
  return to;
}

/** All lines of comments in a value, in their order. */
export function allComments(value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    return [
      ...value.flatMap((item, index) => [...commentsAbove(value, index), ...allComments(item)]),
      ...commentsAtEnd(value),
    ];
  }
  if (!isFields(value)) return [];
  const own = Object.keys(value).flatMap((key) => [...commentsAbove(value, key), ...allComments(value[key])]);
  return [...own, ...commentsAtEnd(value)];
}

/** A copy of a value in which each scalar, list and mapping may be replaced; comments stay where they are. */
export function mapTree(
  value: unknown,
  change: (value: unknown, steps: readonly (string | number)[]) => unknown,
): unknown {
  const steps: (string | number)[] = [];
  const visit = (part: unknown): unknown => {
    const changed = change(part, steps);
    if (changed !== part) return changed;
    if (Array.isArray(part)) {
      return carry(
        part.map((item, index) => step(index, item)),
        part,
      );
    }
    if (!isFields(part)) return part;
    const fields: Record<string, unknown> = {};
    for (const key of Object.keys(part)) define(fields, key, step(key, part[key]));
    return carry(fields, part);
  };
  const step = (key: string | number, part: unknown): unknown => {
    steps.push(key);
    const result = visit(part);
    steps.pop();
    return result;
  };
  return visit(value);
}

/** Sets a field of any name, '__proto__' too. */
export function define(fields: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') fields[key] = value;
  else Object.defineProperty(fields, key, { value, enumerable: true, configurable: true, writable: true });
}

// Texts: CEL's own functions, its extension for strings, and Kubernetes' for regular expressions.
// Source: github.com/google/cel-go/ext/strings.go, k8s.io/apiserver/pkg/cel/library/regex.go.
import { goRegExp } from '../go-regexp';
import { formatText } from './format-text';
import type { Overloads } from './functions';
import { CelError, CelList, type Value } from './values';

/** A function over texts; others are left to other functions of the name. */
function texts(count: number, call: (...args: string[]) => Value): (...args: Value[]) => Value | undefined {
  return (...args) =>
    args.length === count && args.every((arg) => typeof arg === 'string') ? call(...(args as string[])) : undefined;
}

/** A regular expression that the CRD's author gave. */
function regExp(pattern: string, flags?: string): RegExp {
  const made = goRegExp(pattern, flags);
  if (typeof made === 'string') throw new CelError(made);
  return made;
}

const matches = texts(2, (text, pattern) => regExp(pattern).test(text));

export const STRING_FUNCTIONS: Overloads = {
  matches,
  'strings.quote': texts(1, (text) => JSON.stringify(text)),
};

/** Places in texts are counted in characters, not in JavaScript's units. */
function chars(text: string): string[] {
  return [...text];
}

function place(index: Value | undefined, otherwise: number, most: number): number | undefined {
  if (index === undefined) return otherwise;
  if (typeof index !== 'bigint') return undefined;
  if (index < 0n || index > BigInt(most)) throw new CelError(`index out of range: ${index}`);
  return Number(index);
}

function indexOf(last: boolean): (...args: Value[]) => Value | undefined {
  return (text, part, from) => {
    if (typeof text !== 'string' || typeof part !== 'string') return undefined;
    const [all, wanted] = [chars(text), chars(part)];
    const start = place(from, last ? all.length : 0, all.length);
    if (start === undefined) return undefined;
    const step = last ? -1 : 1;
    for (
      let at = last ? Math.min(start, all.length - wanted.length) : start;
      at >= 0 && at + wanted.length <= all.length;
      at += step
    ) {
      if (wanted.every((char, index) => all[at + index] === char)) return BigInt(at);
    }
    return -1n;
  };
}

/** ASCII letters alone change their case. */
function ascii(change: 'toLowerCase' | 'toUpperCase'): (text: Value) => Value | undefined {
  return (text) => (typeof text === 'string' ? text.replace(/[A-Za-z]/g, (char) => char[change]()) : undefined);
}

function split(text: Value, separator: Value | undefined, limit: Value | undefined): Value | undefined {
  if (typeof text !== 'string' || typeof separator !== 'string') return undefined;
  if (limit !== undefined && typeof limit !== 'bigint') return undefined;
  const parts = separator === '' ? chars(text) : text.split(separator);
  if (limit === undefined || limit < 0n || parts.length <= Number(limit)) return new CelList(parts);
  if (limit === 0n) return new CelList([]);
  const first = parts.slice(0, Number(limit) - 1);
  return new CelList([...first, parts.slice(first.length).join(separator)]);
}

function replace(
  text: Value,
  old: Value | undefined,
  by: Value | undefined,
  limit: Value | undefined,
): Value | undefined {
  if (typeof text !== 'string' || typeof old !== 'string' || typeof by !== 'string') return undefined;
  if (limit === undefined || (typeof limit === 'bigint' && limit < 0n)) return text.replaceAll(old, () => by);
  if (typeof limit !== 'bigint') return undefined;
  let left = limit;
  return text.replaceAll(old, (found) => (left-- > 0n ? by : found));
}

function substring(text: Value, from: Value | undefined, to: Value | undefined): Value | undefined {
  if (typeof text !== 'string') return undefined;
  const all = chars(text);
  const [start, end] = [place(from, 0, all.length), place(to, all.length, all.length)];
  if (start === undefined || end === undefined) return undefined;
  if (start > end) throw new CelError(`invalid substring range. start: ${start}, end: ${end}`);
  return all.slice(start, end).join('');
}

export const STRING_METHODS: Overloads = {
  matches,
  contains: texts(2, (text, part) => text.includes(part)),
  startsWith: texts(2, (text, part) => text.startsWith(part)),
  endsWith: texts(2, (text, part) => text.endsWith(part)),
  charAt: (text, index) => {
    if (typeof text !== 'string') return undefined;
    const all = chars(text);
    const at = place(index, 0, all.length);
    return at === undefined ? undefined : (all[at] ?? '');
  },
  indexOf: indexOf(false),
  lastIndexOf: indexOf(true),
  lowerAscii: ascii('toLowerCase'),
  upperAscii: ascii('toUpperCase'),
  trim: texts(1, (text) => text.trim()),
  split,
  replace,
  substring,
  join: (list, separator = '') => {
    if (!(list instanceof CelList) || typeof separator !== 'string') return undefined;
    return list.items.every((item) => typeof item === 'string') ? list.items.join(separator) : undefined;
  },
  format: (text, args) =>
    typeof text === 'string' && args instanceof CelList ? formatText(text, args.items) : undefined,
  find: texts(2, (text, pattern) => regExp(pattern).exec(text)?.[0] ?? ''),
  findAll: (text, pattern, limit) => {
    if (typeof text !== 'string' || typeof pattern !== 'string') return undefined;
    const found = text.match(regExp(pattern, 'g')) ?? [];
    return new CelList(typeof limit === 'bigint' && limit >= 0n ? found.slice(0, Number(limit)) : found);
  },
};

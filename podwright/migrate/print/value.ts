// Values as source text, formatted as Biome and Prettier do with 120 columns and single quotes, so that a formatter
// leaves it as it is.
import { Call, Code, isFields } from '../code';
import { commentsAbove, commentsAtEnd, hasComments } from '../comments';
import { commentLines, keyText, literal, numberText, width } from './text';

export const COLUMNS = 120;
/** A mapping on one line is read at a glance up to this width; formatters leave it to the author. */
const GLANCE = 100;
const INDENT = '  ';

/**
 * A value as source text.
 *
 * @param indent that of the line it begins in
 * @param column where it begins in that line
 * @param after how many columns come after it in its last line
 */
export function valueText(value: unknown, indent: string, column: number, after: number): string {
  const flat = flatText(value);
  if (flat !== undefined && column + width(flat) + after <= COLUMNS) return flat;
  return brokenText(value, indent) ?? flat ?? scalarText(value);
}

/** A collection over several lines; undefined for what has no items. */
export function brokenText(value: unknown, indent: string): string | undefined {
  if (Array.isArray(value)) return value.length === 0 && !hasComments(value) ? undefined : list(value, indent);
  if (!isFields(value)) return undefined;
  return Object.keys(value).length === 0 && !hasComments(value) ? undefined : mapping(value, indent);
}

/** A value on one line; undefined where formatters break it, or where it holds a comment. */
export function flatText(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    if (hasComments(value) || breaks(value)) return undefined;
    const items = value.map(flatText);
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
  }
  if (!isFields(value)) {
    const text = scalarText(value);
    return text.includes('\n') ? undefined : text;
  }
  if (hasComments(value)) return undefined;
  const fields: string[] = [];
  for (const key of Object.keys(value)) {
    const part = flatText(value[key]);
    if (part === undefined) return undefined;
    fields.push(field(key, part));
  }
  if (fields.length === 0) return '{}';
  const text = `{ ${fields.join(', ')} }`;
  return text.length > GLANCE || depth(value) > 3 ? undefined : text;
}

/** How many mappings are in each other. */
function depth(value: unknown): number {
  if (Array.isArray(value)) return Math.max(0, ...value.map(depth));
  return isFields(value) ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;
}

/** A list of several mappings or lists with several parts each: formatters give each a line. */
function breaks(list: readonly unknown[]): boolean {
  if (list.length < 2) return false;
  const all = (size: (item: unknown) => number) => list.every((item) => size(item) > 1);
  return (
    all((item) => (isFields(item) ? Object.keys(item).length : 0)) ||
    all((item) => (Array.isArray(item) ? item.length : 0))
  );
}

function scalarText(value: unknown): string {
  if (value instanceof Code) return value.text;
  if (value instanceof Call) return `${value.callee}(${value.args.map((arg) => flatText(arg)).join(', ')})`;
  if (typeof value === 'string') return literal(value);
  return typeof value === 'number' ? numberText(value) : String(value ?? null);
}

/** A field on one line: a variable of the field's own name needs no value. */
function field(key: string, text: string): string {
  return key === text && keyText(key) === key ? key : `${keyText(key)}: ${text}`;
}

function mapping(fields: { readonly [key: string]: unknown }, indent: string): string {
  const inner = indent + INDENT;
  const lines = Object.keys(fields).flatMap((key) => [
    ...commentLines(commentsAbove(fields, key)).map((line) => inner + line),
    `${inner}${fieldText(key, fields[key], inner)},`,
  ]);
  return `{\n${[...lines, ...atEnd(fields, inner)].join('\n')}\n${indent}}`;
}

function fieldText(key: string, value: unknown, indent: string): string {
  const name = keyText(key);
  const isLong = !isCollection(value) && !isTemplate(value);
  if (isLong) {
    const text = scalarText(value);
    const short = field(key, text);
    // Formatters put what is too long on a line of its own, unless the name is so short that nothing is won.
    if (indent.length + width(short) + 1 <= COLUMNS || name.length <= 4 || !isBreakable(value)) return short;
    return `${name}:\n${indent}${INDENT}${text}`;
  }
  return `${name}: ${valueText(value, indent, indent.length + width(name) + 2, 1)}`;
}

function isBreakable(value: unknown): boolean {
  return typeof value === 'string' || value instanceof Code;
}

function isCollection(value: unknown): boolean {
  return Array.isArray(value) || isFields(value);
}

function isTemplate(value: unknown): boolean {
  return typeof value === 'string' && literal(value).startsWith('`');
}

function list(items: readonly unknown[], indent: string): string {
  const inner = indent + INDENT;
  if (items.length > 0 && !hasComments(items) && items.every((item) => typeof item === 'number')) {
    return `[\n${filled(
      items.map((item) => numberText(item as number)),
      inner,
    )}\n${indent}]`;
  }
  const lines = items.flatMap((item, index) => [
    ...commentLines(commentsAbove(items, index)).map((line) => inner + line),
    `${inner}${valueText(item, inner, inner.length, 1)},`,
  ]);
  return `[\n${[...lines, ...atEnd(items, inner)].join('\n')}\n${indent}]`;
}

function atEnd(container: object, indent: string): string[] {
  return commentLines(commentsAtEnd(container)).map((line) => indent + line);
}

/** Numbers, as many as fit in each line. */
function filled(numbers: readonly string[], indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const number of numbers) {
    const text = `${number},`;
    const next = line === indent ? line + text : `${line} ${text}`;
    if (next.length > COLUMNS && line !== indent) {
      lines.push(line);
      line = indent + text;
    } else line = next;
  }
  return [...lines, line].join('\n');
}

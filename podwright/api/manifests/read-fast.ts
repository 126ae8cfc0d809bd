// Reads YAML in the forms that synthesis, kubectl and Helm write, which is most of what there is, some thirty times as
// fast as a whole YAML reader. What is written in any other way is left to one.
import { isPlainText, NUMBER } from './plain-scalars';

// biome-ignore lint/suspicious/noExplicitAny: what a document holds is not known
type Any = any;

/** Thrown for what is not in that form; caught below. */
const OTHER_FORM = Symbol('other form');

/** A document's value, or undefined where it is not in one of these forms, or is no mapping. */
export function readFast(text: string): Any {
  try {
    return new Reader(text).document();
  } catch (thrown) {
    if (thrown === OTHER_FORM) return undefined;
    throw thrown;
  }
}

class Reader {
  private readonly lines: readonly string[];
  private at = 0;

  constructor(text: string) {
    this.lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  }

  document(): Any {
    if (this.indent() !== 0) throw OTHER_FORM;
    const value = this.mapping(0, 0);
    if (this.at < this.lines.length) throw OTHER_FORM;
    return value;
  }

  /** The indentation of the next line that holds more than a comment; -1 at the end. */
  private indent(): number {
    for (; this.at < this.lines.length; this.at++) {
      const line = this.lines[this.at] as string;
      let width = 0;
      while (line.charCodeAt(width) === 32) width++;
      if (width < line.length && line.charCodeAt(width) !== 35) return width;
    }
    return -1;
  }

  /** @param hang where the first key begins in its line: after '- ' it is not the line's own indentation */
  private mapping(indent: number, hang: number): Any {
    const fields: Any = {};
    let start = hang;
    do {
      const line = this.lines[this.at] as string;
      const colon = keyEnd(line, start);
      const key = keyOf(line.slice(start, colon));
      if (Object.hasOwn(fields, key) || key === '__proto__') throw OTHER_FORM;
      fields[key] = this.value(line, colon + 1, indent);
      start = indent;
    } while (this.indent() === indent && !this.isItem(indent));
    return fields;
  }

  private sequence(indent: number, hang: number): Any[] {
    const items: Any[] = [];
    let start = hang;
    do {
      const line = this.lines[this.at] as string;
      if (line.charCodeAt(start) !== 45 || line.charCodeAt(start + 1) !== 32) throw OTHER_FORM;
      items.push(this.item(line, start + 2));
      start = indent;
    } while (this.indent() === indent && this.isItem(indent));
    return items;
  }

  private item(line: string, start: number): Any {
    if (line.charCodeAt(start) === 35) {
      // A comment above the item's first field, which then begins a line.
      this.at++;
      if (this.indent() !== start) throw OTHER_FORM;
      return this.isItem(start) ? this.sequence(start, start) : this.mapping(start, start);
    }
    if (line.charCodeAt(start) === 45 && line.charCodeAt(start + 1) === 32) return this.sequence(start, start);
    if (isKey(line, start)) return this.mapping(start, start);
    return this.scalar(line.slice(start), start - 2);
  }

  /** What stands after 'key:'. */
  private value(line: string, end: number, indent: number): Any {
    if (end < line.length) {
      if (line.charCodeAt(end) !== 32) throw OTHER_FORM;
      return this.scalar(line.slice(end + 1), indent);
    }
    this.at++;
    const inner = this.indent();
    if (inner < indent) throw OTHER_FORM;
    // A list may stand as deep as its key.
    if (this.isItem(inner)) return this.sequence(inner, inner);
    if (inner === indent) throw OTHER_FORM;
    return this.mapping(inner, inner);
  }

  private isItem(indent: number): boolean {
    const line = this.lines[this.at] as string;
    return line.charCodeAt(indent) === 45 && line.charCodeAt(indent + 1) === 32;
  }

  /** @param indent that of the key or dash that the scalar belongs to: a block's lines are deeper */
  private scalar(text: string, indent: number): Any {
    this.at++;
    if (text === '{}') return {};
    if (text === '[]') return [];
    const first = text.charCodeAt(0);
    if (first === 124) return this.block(text, indent);
    if (first === 34 || first === 39) return quoted(text);
    if (text === 'true') return true;
    if (text === 'false') return false;
    if (text === 'null') return null;
    if (NUMBER.test(text)) return Number(text);
    if (isPlainText(text)) return text;
    throw OTHER_FORM;
  }

  /** A literal block. Its own first line says how deep it is, where its head does not. */
  private block(head: string, parent: number): string {
    const [, given, chomp] = /^\|(2?)([-+]?)$/.exec(head) ?? [undefined, undefined, undefined];
    if (chomp === undefined) throw OTHER_FORM;
    const indent = given ? parent + 2 : this.blockIndent(parent);
    const body: string[] = [];
    for (; this.at < this.lines.length; this.at++) {
      const line = this.lines[this.at] as string;
      if (line.length > indent && isBlank(line, indent)) body.push(line.slice(indent));
      else if (isBlank(line, line.length)) body.push('');
      else break;
    }
    if (chomp === '+') return `${body.join('\n')}\n`;
    let last = body.length;
    while (last > 0 && body[last - 1] === '') last--;
    const text = body.slice(0, last).join('\n');
    return chomp === '-' || text === '' ? text : `${text}\n`;
  }

  private blockIndent(parent: number): number {
    for (let at = this.at; at < this.lines.length; at++) {
      const line = this.lines[at] as string;
      const indent = line.search(/[^ ]/);
      if (indent >= 0) return indent > parent ? indent : parent + 1;
      // Blanks before the first line could be deeper than it.
      if (line !== '') throw OTHER_FORM;
    }
    return parent + 1;
  }
}

/** Whether a line begins with this many blanks. */
function isBlank(line: string, width: number): boolean {
  for (let at = 0; at < width; at++) if (line.charCodeAt(at) !== 32) return false;
  return true;
}

/** Where the key that begins at `start` ends: at its colon. */
function keyEnd(line: string, start: number): number {
  const first = line.charCodeAt(start);
  if (first === 34 || first === 39) {
    const end = line.indexOf(first === 34 ? '":' : "':", start + 1);
    if (end < 0) throw OTHER_FORM;
    return end + 1;
  }
  for (let at = line.indexOf(':', start); at >= 0; at = line.indexOf(':', at + 1))
    if (at + 1 === line.length || line.charCodeAt(at + 1) === 32) return at;
  throw OTHER_FORM;
}

function isKey(line: string, start: number): boolean {
  const first = line.charCodeAt(start);
  if (first === 34 || first === 39) return /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'):(?: |$)/.test(line.slice(start));
  return /^[^\s|{[&*!>%@`][^:]*(?::(?! |$)[^:]*)*:(?: |$)/.test(line.slice(start));
}

function keyOf(text: string): string {
  const first = text.charCodeAt(0);
  if (first === 34 || first === 39) return quoted(text);
  if (!isPlainText(text) || NUMBER.test(text)) throw OTHER_FORM;
  return text;
}

function quoted(text: string): string {
  const end = text.length - 1;
  if (end === 0 || text.charCodeAt(end) !== text.charCodeAt(0)) throw OTHER_FORM;
  const inner = text.slice(1, -1);
  if (text.charCodeAt(0) === 39) {
    if (/(^|[^'])'($|[^'])/.test(inner)) throw OTHER_FORM;
    return inner.replaceAll("''", "'");
  }
  // JSON's strings are YAML's; YAML's further escapes are not JSON's.
  if (!inner.includes('\\') && !inner.includes('"')) return inner;
  try {
    return JSON.parse(text);
  } catch {
    throw OTHER_FORM;
  }
}

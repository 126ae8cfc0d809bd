import { escapeStep } from '../../api/json-pointer';
import { sortedKeys } from '../sorted-keys';
import { inline, NotYaml, number, quoted, text } from './scalar';
import { Spool } from './spool';

export { NotYaml } from './scalar';

/** Comments by the JSON pointer of the value that they stand above; '' is the whole object. */
export type Comments = ReadonlyMap<string, string>;

/**
 * An object as one YAML document, in block style with two spaces: the text that cdk8s writes, but for strings that it
 * leaves plain and some reader takes for something else. A value that is reached in several ways is written each time.
 *
 * @throws NotYaml for what is no JSON value: a function, NaN, half of a surrogate pair
 */
export function emit(object: unknown, comments?: Comments): string {
  const spool = new Spool();
  emitTo(spool, object, true, comments);
  return Buffer.from(spool.end()).toString();
}

/**
 * As {@link emit}, to a spool.
 *
 * @param sorted whether the keys are written in the order that they are in; else those below the first level are sorted
 */
export function emitTo(spool: Spool, object: unknown, sorted: boolean, comments?: Comments): void {
  const value = plain(object);
  const single = leaf(value, '  ');
  if (single === undefined) {
    const above = comments ? commentText(comments, '', '') : '';
    if (above) spool.put(`${above}\n`);
    new Writer(spool, sorted, comments?.size ? comments : undefined).lines(value as object, 0, true);
  } else spool.put(single);
  spool.put('\n');
}

/** What fits after 'key: ' or '- ': a scalar, or a collection without items; undefined for one with items. */
function leaf(value: unknown, indent: string): string | undefined {
  switch (typeof value) {
    case 'string':
      return value.length < 16 ? shortText(value, indent) : text(value, indent);
    case 'number':
      if (!Number.isFinite(value)) throw new NotYaml(`${value} is no JSON value`);
      return number(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'undefined':
      return 'null';
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return value.length === 0 ? '[]' : undefined;
      for (const _ in value) return undefined;
      return '{}';
    default:
      throw new NotYaml(`a ${typeof value} is no JSON value`);
  }
}

const SHORT = new Map<string, string>();

/** Short strings are mostly the same few; of several lines they are rare, and differ by the indentation. */
function shortText(value: string, indent: string): string {
  const known = SHORT.get(value);
  if (known !== undefined) return known;
  const written = text(value, indent);
  if (SHORT.size < 1000 && !value.includes('\n')) SHORT.set(value, written);
  return written;
}

class Writer {
  constructor(
    private readonly spool: Spool,
    private readonly sorted: boolean,
    private readonly comments: Comments | undefined,
  ) {}

  /**
   * Writes the lines of a collection that has items, without the last line break.
   *
   * @param hanging whether the first line hangs on what is before it ('- ', or nothing); else it begins with a line break
   * @param pointer to the collection; building pointers costs, so there are none without comments
   */
  lines(collection: object, level: number, hanging: boolean, pointer = ''): void {
    LEVELS[level] ??= levelOf(level);
    const { indent, inner, dash, heads } = LEVELS[level];
    const { spool, comments } = this;
    let first = hanging;
    if (Array.isArray(collection)) {
      for (let index = 0; index < collection.length; index++) {
        const at = comments ? `${pointer}/${index}` : '';
        if (comments && this.comment(at, indent, first)) first = false;
        spool.put(first ? '- ' : dash);
        const value = plain(collection[index]);
        const single = leaf(value, inner);
        if (single === undefined) this.lines(value as object, level + 1, true, at);
        else spool.put(single);
        first = false;
      }
      return;
    }
    const fields = collection as Readonly<Record<string, unknown>>;
    for (const key of this.sorted || level === 0 ? Object.keys(fields) : sortedKeys(fields)) {
      const at = comments ? `${pointer}/${escapeStep(key)}` : '';
      if (comments && this.comment(at, indent, first)) first = false;
      let head = heads.get(key);
      if (head === undefined) {
        head = `\n${indent}${keyOf(key, indent)}`;
        // Keys that are data are many, and none of them comes again.
        if (heads.size < 1000) heads.set(key, head);
      }
      spool.put(first ? head.slice(indent.length + 1) : head);
      const value = plain(fields[key]);
      const single = leaf(value, inner);
      if (single === undefined) this.lines(value as object, level + 1, false, at);
      else {
        spool.put(' ');
        spool.put(single);
      }
      first = false;
    }
  }

  /** Writes the comment above a value; false where there is none. */
  private comment(pointer: string, indent: string, hanging: boolean): boolean {
    const above = this.comments ? commentText(this.comments, pointer, indent) : '';
    if (above) this.spool.put(hanging ? above : `\n${indent}${above}`);
    return above !== '';
  }
}

/** What lines of one depth have in common. */
interface Level {
  readonly indent: string;
  /** The indentation of what is one level further in. */
  readonly inner: string;
  /** How an item of a sequence begins. */
  readonly dash: string;
  /** How fields begin: line break, indentation, key and colon, by the key. */
  readonly heads: Map<string, string>;
}

const LEVELS: Level[] = [];

function levelOf(level: number): Level {
  const indent = '  '.repeat(level);
  return { indent, inner: `${indent}  `, dash: `\n${indent}- `, heads: new Map() };
}

/** A key with its colon. One that is too long for a line of its own is written as YAML has it for such keys. */
function keyOf(key: string, indent: string): string {
  const name = inline(key);
  // At the start of a line these would end the document.
  if (/^(---|\.\.\.)/.test(name)) return `${indent === '' ? quoted(key) : name}:`;
  return name.length > 1024 ? `? ${name}\n${indent}:` : `${name}:`;
}

/** The comment above a value, without the first line's indentation and the last one's break; '' for none. */
function commentText(comments: Comments, pointer: string, indent: string): string {
  const comment = comments.get(pointer);
  if (comment === undefined) return '';
  return comment
    .split('\n')
    .map((line) => (line === '' ? '#' : `# ${line}`))
    .join(`\n${indent}`);
}

/** What JSON makes of an object of a class: Dates, and what an overridden toJson may hold. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const proto = Object.getPrototypeOf(value);
  if (proto === Object.prototype || proto === null) return value;
  if ('toJSON' in value && typeof value.toJSON === 'function') return plain(value.toJSON());
  if (value instanceof Map) return Object.fromEntries(value);
  if (value instanceof Set) return [...value];
  if (value instanceof String || value instanceof Number || value instanceof Boolean) return value.valueOf();
  return value;
}

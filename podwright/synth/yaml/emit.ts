import { inline, NotYaml, number, quoted, text } from './scalar';

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
  const value = plain(object);
  const single = leaf(value, '  ');
  if (single !== undefined) return `${single}\n`;
  if (!comments || comments.size === 0) return lines(value as object, '', false);
  return commentLines(comments, '', '') + lines(value as object, '', false, comments, '');
}

/** What fits after 'key: ' or '- ': a scalar, or a collection without items; undefined for one with items. */
function leaf(value: unknown, indent: string): string | undefined {
  switch (typeof value) {
    case 'string':
      return text(value, indent);
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

/**
 * The lines of a collection that has items.
 *
 * @param hanging whether the first line begins after '- ' and so needs no indentation
 * @param comments with the pointer to the collection; building pointers costs, so there are none without comments
 */
function lines(collection: object, indent: string, hanging: boolean, comments?: Comments, pointer = ''): string {
  const inner = deeper(indent);
  let out = '';
  let start = hanging ? '' : indent;
  if (Array.isArray(collection)) {
    for (let index = 0; index < collection.length; index++) {
      const value = plain(collection[index]);
      const at = comments ? `${pointer}/${index}` : '';
      if (comments) {
        const above = commentLines(comments, at, indent);
        // The comment comes between the dash that this sequence hangs on and its own first one.
        if (above) {
          out += start === '' && indent !== '' ? above.slice(indent.length) : above;
          start = indent;
        }
      }
      const single = leaf(value, inner);
      out +=
        single === undefined
          ? `${start}- ${lines(value as object, inner, true, comments, at)}`
          : `${start}- ${single}\n`;
      start = indent;
    }
    return out;
  }
  const fields = collection as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(fields)) {
    const value = plain(fields[key]);
    const at = comments ? `${pointer}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}` : '';
    if (comments) {
      const above = commentLines(comments, at, indent);
      if (above) {
        out += start === '' && indent !== '' ? above.slice(indent.length) : above;
        start = indent;
      }
    }
    const head = start + keyOf(key, indent);
    const single = leaf(value, inner);
    out +=
      single === undefined ? `${head}\n${lines(value as object, inner, false, comments, at)}` : `${head} ${single}\n`;
    start = indent;
  }
  return out;
}

const KEYS = new Map<string, string>();

/** A key with its colon. One that is too long for a line of its own is written as YAML has it for such keys. */
function keyOf(key: string, indent: string): string {
  const known = KEYS.get(key);
  if (known !== undefined) return known;
  const name = inline(key);
  // At the start of a line these would end the document.
  if (/^(---|\.\.\.)/.test(name)) return `${indent === '' ? quoted(key) : name}:`;
  if (name.length > 1024) return `? ${name}\n${indent}:`;
  if (KEYS.size > 10_000) KEYS.clear();
  KEYS.set(key, `${name}:`);
  return `${name}:`;
}

const DEEPER = new Map<string, string>();

function deeper(indent: string): string {
  let inner = DEEPER.get(indent);
  if (inner === undefined) {
    inner = `${indent}  `;
    DEEPER.set(indent, inner);
  }
  return inner;
}

function commentLines(comments: Comments, pointer: string, indent: string): string {
  const comment = comments.get(pointer);
  if (comment === undefined) return '';
  return comment
    .split('\n')
    .map((line) => (line === '' ? `${indent}#\n` : `${indent}# ${line}\n`))
    .join('');
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

// Finds its way through TypeScript source by its brackets: strings, templates, comments and regular expressions are
// passed over as wholes.

const OPEN = '([{';
const CLOSE = ')]}';

/** The position behind the blanks and comments that begin at a position. */
export function skipBlanks(source: string, start: number): number {
  let at = start;
  for (;;) {
    while (/\s/.test(source[at] ?? '')) at++;
    if (source.startsWith('//', at)) at = endOf(source, '\n', at);
    else if (source.startsWith('/*', at)) at = endOf(source, '*/', at + 2);
    else return at;
  }
}

function endOf(source: string, mark: string, from: number): number {
  const end = source.indexOf(mark, from);
  return end < 0 ? source.length : end + mark.length;
}

/** The position behind the string or template that begins at a position. */
export function stringEnd(source: string, start: number): number {
  const quote = source[start];
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === quote) return at + 1;
    else if (quote === '`' && source.startsWith('${', at)) at = closing(source, at + 1) - 1;
  }
  return source.length;
}

/** The position behind the bracket that closes the one at a position. */
export function closing(source: string, start: number): number {
  let depth = 0;
  for (let at = start; at < source.length; ) {
    const character = source[at] as string;
    if (OPEN.includes(character)) depth++;
    else if (CLOSE.includes(character) && --depth === 0) return at + 1;
    at = next(source, at);
  }
  return source.length;
}

/** The position behind the expression that begins at a position: at the comma or bracket that ends it. */
export function expressionEnd(source: string, start: number): number {
  let depth = 0;
  for (let at = start; at < source.length; ) {
    const character = source[at] as string;
    if (depth === 0 && (character === ',' || character === ';' || CLOSE.includes(character))) return at;
    if (OPEN.includes(character)) depth++;
    else if (CLOSE.includes(character)) depth--;
    at = next(source, at);
  }
  return source.length;
}

/** The position behind what begins at a position: a string, a comment, a regular expression, or one character. */
export function next(source: string, at: number): number {
  const character = source[at];
  if (character === "'" || character === '"' || character === '`') return stringEnd(source, at);
  if (character !== '/') return at + 1;
  if (source[at + 1] === '/' || source[at + 1] === '*') return Math.max(skipBlanks(source, at), at + 1);
  // After a value it divides; after an operator a regular expression begins.
  const before = source.slice(0, at).trimEnd().at(-1) ?? '';
  if (/[\w$)\]}]/.test(before)) return at + 1;
  const end = /^\/(?:\\.|\[(?:\\.|[^\]\n])*\]|[^/\\\n])+\/\w*/.exec(source.slice(at))?.[0].length;
  return at + (end ?? 1);
}

/** The source with all that is in strings and comments blanked, position by position. */
export function codeOf(source: string): string {
  let code = '';
  for (let at = 0; at < source.length; ) {
    const end = next(source, at);
    code += end === at + 1 ? source[at] : source.slice(at, end).replace(/[^\n]/g, ' ');
    at = end;
  }
  return code;
}

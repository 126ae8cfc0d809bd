/**
 * How strings are written, so that every reader gets the same string back: YAML 1.1 (PyYAML, and the Go library in
 * kubectl), YAML 1.2 (js-yaml, `yaml`). Where all of them agree, the text is that of the `yaml` package in its 1.1
 * mode, which is what cdk8s writes.
 */

/** A value that YAML cannot carry as the API would read it. */
export class NotYaml extends Error {}

/** Words that some reader takes for null, a boolean, or one of YAML 1.1's special keys. */
const WORDS = /^(?:~|null|Null|NULL|[yYnN]|[yY]es|YES|[nN]o|NO|[tT]rue|TRUE|[fF]alse|FALSE|[oO]n|ON|[oO]ff|OFF|=|<<)$/;

/** What some reader takes for a number or a time. */
const NUMBERS = new RegExp(
  `^(?:${[
    // Binary, octal and hexadecimal; Go takes the capital letters too, and a sign after '0b'.
    '[-+]?0[bBoOxX][0-9a-fA-F_]+|[-+]?0b[-+][01_]+',
    // Decimal, octal by a leading zero, sexagesimal (12:30:45), each with underscores as in YAML 1.1.
    '[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\\.[0-9_]*)?',
    '[-+]?(?:[0-9][0-9_]*)?\\.[0-9_]*',
    '[-+]?(?:[0-9][0-9_]*)?(?:\\.[0-9_]*)?[eE][-+]?[0-9]+',
    '[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)',
    '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[tT]|[ \\t]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\\.[0-9]+)?(?:[ \\t]*(?:Z|[-+][012]?[0-9](?::?[0-9]{2})?))?)?',
  ].join('|')})$`,
);

/** What a plain scalar may not begin with, hold or end with. */
const INDICATORS = /^[\n\t ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]$/;

/** Control characters, line breaks other than \n, and what Go's reader refuses; only an escape carries them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ESCAPED = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\u{d800}-\u{dfff}]/u;

/** Most strings in manifests: they need none of the tests above. A number or word that looks so is longer or shorter. */
const ORDINARY = /^[A-DF-Za-df-z/_][\w/.@+-]{5,}(?::[\w/.@+-]+)*$/;

/** The text of a string on one line: a key, or a value without line breaks. */
export function inline(value: string): string {
  if (ORDINARY.test(value)) return value;
  if (/[\n\t]/.test(value) || ESCAPED.test(value)) return doubleQuoted(value);
  if (value === '' || INDICATORS.test(value) || WORDS.test(value) || isNumber(value)) return quoted(value);
  return value;
}

/** The text of a finite number. YAML 1.1 takes an exponent for one only after a fraction. */
export function number(value: number): string {
  if (Object.is(value, -0)) return '-0';
  const digits = String(value);
  return digits.includes('e') && !digits.includes('.') ? digits.replace('e', '.0e') : digits;
}

/** Go leaves underscores out of what may be a number, wherever they are, before it looks. */
function isNumber(value: string): boolean {
  return NUMBERS.test(value) || (/^[-+.0-9].*_/.test(value) && NUMBERS.test(value.replaceAll('_', '')));
}

/**
 * The text of a string as a value, after 'key: ' or '- '; the lines after the first begin with `indent`, which is not
 * empty. Strings of several lines are literal blocks where a block can hold them.
 */
export function text(value: string, indent: string): string {
  if (!value.includes('\n') || /\n[\t ]+$|^\s+$/.test(value) || ESCAPED.test(value)) return inline(value);
  return block(value, indent);
}

/** A literal block. `value` has a line break and something else, and does not end with a line of blanks. */
function block(value: string, indent: string): string {
  const body = value.replace(/[\n\t ]+$/, '');
  const end = value.slice(body.length);
  const breakAt = end.indexOf('\n');
  // What becomes of the line breaks at the end: strip, clip to one, or keep them all.
  const chomp = breakAt < 0 ? '-' : breakAt === end.length - 1 ? '' : '+';
  // A blank at the beginning of the first line would be taken for indentation, and Go refuses a tab there.
  const indicator = /^\n*[ \t]/.test(value) ? '2' : '';
  const lines = (chomp === '-' ? value : value.slice(0, -1)).replace(/\n(?=[^\n])/g, `\n${indent}`);
  return `|${indicator}${chomp}\n${indent}${lines}`;
}

/** Double quotes, or single ones where that spares escapes. */
export function quoted(value: string): string {
  return value.includes('"') && !value.includes("'") ? `'${value}'` : doubleQuoted(value);
}

/** JSON's form, with YAML's escapes where JSON leaves a character bare that YAML does not. */
function doubleQuoted(value: string): string {
  if (/[\u{d800}-\u{dfff}]/u.test(value)) throw new NotYaml('half of a surrogate pair is no character');
  return JSON.stringify(value).replace(/\\\\|\\u00(..)|[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, (found, code) => {
    if (found === '\\\\') return found;
    if (code) return SHORT[code] ?? `\\x${code}`;
    const hex = found.charCodeAt(0).toString(16);
    return hex.length < 3 ? `\\x${hex}` : `\\u${hex}`;
  });
}

const SHORT: Readonly<Record<string, string>> = { '00': '\\0', '07': '\\a', '0b': '\\v', '1b': '\\e' };

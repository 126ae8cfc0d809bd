// Strings, keys, numbers and comments as source text.

/** What an editor does not show, or shows as something else, line breaks but \n included. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Cs}]|(?! )\p{Zs}/gu;

/** A string as a literal: in single quotes, or in double ones where that spares escapes; several lines as a template. */
export function literal(value: string): string {
  // A template's own sign in quotes is what linters take for a mistake.
  if (/\n[\s\S]/.test(value) || value.includes('${')) return template(value);
  const single = (value.match(/'/g) ?? []).length;
  const double = (value.match(/"/g) ?? []).length;
  const quote = single > double ? '"' : "'";
  return quote + value.replace(/\\/g, '\\\\').replaceAll(quote, `\\${quote}`).replace(HIDDEN, escaped) + quote;
}

function template(value: string): string {
  const text = value.replace(/\\|`|\$\{/g, (found) => `\\${found}`);
  return `\`${text.replace(HIDDEN, (hidden) => (hidden === '\n' ? hidden : escaped(hidden)))}\``;
}

const SHORT: { readonly [character: string]: string } = { '\n': '\\n', '\t': '\\t', '\r': '\\r' };

function escaped(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** A field's name as source text; what is not plainly an identifier is quoted. */
export function keyText(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  if (/^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name)) return name;
  const text = literal(name);
  return text.startsWith('`') ? `[${text}]` : text;
}

/** A number as formatters write it. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e');
}

/** Lines of a comment as source text, without indentation. */
export function commentLines(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split('\n')).map((line) => `// ${line.replace(HIDDEN, ' ')}`.trimEnd());
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]|[\u{20000}-\u{3fffd}]/gu;

/** How many columns a text takes. */
export function width(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what it asks for
  if (/^[\x00-\x7f]*$/.test(text)) return text.length;
  return [...text.replace(/\p{M}/gu, '')].length + (text.match(WIDE)?.length ?? 0);
}

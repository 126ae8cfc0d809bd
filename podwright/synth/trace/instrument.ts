import { KEY, type Literal, positions, type Sites, VALUE } from './sites';
import { type Token, tokenize } from './tokens';

/**
 * A program's text in which each literal, each property's name and each property's value passes through the recorder,
 * line for line as before; what decides how the program runs is left alone: comparisons, cases, loops, look-ups, paths
 * of modules.
 *
 * @param sites gets the places
 * @returns the text as it was when it cannot be read
 */
export function instrument(text: string, file: string, sites: Sites): string {
  try {
    const tokens = tokenize(text, /\.([cm]?ts)$/.test(file));
    if (tokens.some(({ type }) => type.startsWith('jsx'))) return text;
    return new Instrumenter(text, file, tokens, sites).run();
  } catch {
    return text;
  }
}

/** Names that a value follows. */
const KEYWORDS = /^(of|await|yield)$/;

class Instrumenter {
  /** What is put in at an offset, in the order of the text. */
  private readonly before = new Map<number, string>();
  private readonly after = new Map<number, string>();
  private readonly replaced = new Map<number, { readonly text: string; readonly end: number }>();
  private readonly position: (offset: number) => { line: number; column: number };
  private readonly objects = new Map<number, Literal>();

  constructor(
    private readonly text: string,
    private readonly file: string,
    private readonly tokens: readonly Token[],
    private readonly sites: Sites,
  ) {
    this.position = positions(text);
  }

  run(): string {
    const patterns = this.patterns();
    // The value of a property that is one literal is that property's: it is not a site once more.
    const done = new Set<number>();
    this.tokens.forEach((token, at) => {
      if ((this.isKey(at) || token.isShorthand) && token.parent !== undefined && !patterns.has(token.parent)) {
        this.property(at, token.parent, done);
      }
      if (done.has(at) || !this.isLiteral(at)) return;
      if (this.isFree(at)) this.wrap(at, this.end(at), 'literal');
      if (this.end(at) === at + 1) done.add(at + 1);
    });
    let result = '';
    let from = 0;
    const offsets = new Set([...this.before.keys(), ...this.after.keys(), ...this.replaced.keys()]);
    for (const offset of [...offsets].sort((a, b) => a - b)) {
      result += this.text.slice(from, offset) + (this.after.get(offset) ?? '') + (this.before.get(offset) ?? '');
      from = offset;
      const replacement = this.replaced.get(offset);
      if (replacement !== undefined) {
        result += replacement.text;
        from = replacement.end;
      }
    }
    return result + this.text.slice(from);
  }

  /** The braces that take an object apart instead of making one. */
  private patterns(): Set<number> {
    const patterns = new Set<number>();
    this.tokens.forEach((token, at) => {
      if (
        /^(braceL|bracketL)$/.test(token.type) &&
        token.close !== undefined &&
        this.tokens[token.close + 1]?.type === 'eq'
      ) {
        patterns.add(at);
      }
      if (!token.isDeclaration || token.parent === undefined || this.tokens[token.parent]?.type !== 'braceL') return;
      const next = this.tokens[at + 1]?.type;
      const previous = this.tokens[at - 1]?.type ?? '';
      if (next === 'arrow' || !/^(braceL|comma|colon|ellipsis)$/.test(previous)) return;
      for (let brace: number | undefined = token.parent; brace !== undefined; brace = this.tokens[brace]?.parent) {
        if (!/^(braceL|bracketL)$/.test(this.tokens[brace]?.type ?? '')) break;
        patterns.add(brace);
        if (!/^(colon|comma|braceL|bracketL)$/.test(this.tokens[brace - 1]?.type ?? '')) break;
      }
    });
    // What is in a pattern is one, but for the defaults.
    this.tokens.forEach((token, at) => {
      if (!/^(braceL|bracketL)$/.test(token.type) || token.parent === undefined || !patterns.has(token.parent)) return;
      if (/^(colon|comma|braceL|bracketL)$/.test(this.tokens[at - 1]?.type ?? '')) patterns.add(at);
    });
    return patterns;
  }

  private property(at: number, brace: number, done: Set<number>): void {
    const token = this.tokens[at] as Token;
    const name = token.type === 'string' ? unquoted(token.text) : token.text;
    const isPair = this.tokens[at + 1]?.type === 'colon';
    if (name === '__proto__' || this.tokens[brace]?.type !== 'braceL' || !(isPair || token.isShorthand)) return;
    if (token.type === 'num') return;
    const object = this.objectOf(brace);
    const place = this.position(token.start);
    object.keys.set(name, place);
    const shared = { key: name, object, property: place };
    const quoted = JSON.stringify(name);
    const id = this.sites.add({ kind: 'key', file: this.file, ...place, value: name, ...shared });
    const key = `[${KEY}(${id},${quoted})]`;
    done.add(at);
    if (token.isShorthand) {
      const value = this.sites.add({ kind: 'property', file: this.file, ...place, ...shared });
      this.replaced.set(token.start, { text: `${key}:${VALUE}(${value},${token.text})`, end: token.end });
      return;
    }
    this.replaced.set(token.start, { text: key, end: token.end });
    const [first, last] = this.valueOf(at + 2, this.tokens[brace]?.close ?? 0);
    if (last < first || !this.isData(first, last)) return;
    const isLiteral = this.isLiteral(first) && this.end(first) === last;
    if (isLiteral) done.add(first).add(last);
    this.wrap(first, last, isLiteral ? 'literal' : 'property', shared);
  }

  private objectOf(brace: number): Literal {
    const known = this.objects.get(brace);
    if (known) return known;
    const { start } = this.tokens[brace] as Token;
    const object = { file: this.file, ...this.position(start), keys: new Map() };
    this.objects.set(brace, object);
    return object;
  }

  /** The tokens of a property's value, the last included. */
  private valueOf(first: number, close: number): [number, number] {
    let at = first;
    while (at < close && this.tokens[at]?.type !== 'comma') at = this.end(at) + 1;
    return [first, at - 1];
  }

  /** The token itself, or what closes it where it is a bracket or a quote; the number after a sign. */
  private end(at: number): number {
    return this.isNegative(at) ? at + 1 : (this.tokens[at]?.close ?? at);
  }

  /** Whether a token is the sign of a number. */
  private isNegative(at: number): boolean {
    const previous = this.tokens[at - 1];
    const isAfterValue = /^(name|num|string|parenR|bracketR|braceR|backQuote|_this|_true|_false)$/.test(
      previous?.type ?? '',
    );
    return this.tokens[at]?.type === 'minus' && this.tokens[at + 1]?.type === 'num' && !isAfterValue;
  }

  /** Functions and classes take their name from the property; objects and lists are told of by what is in them. */
  private isData(first: number, last: number): boolean {
    const { type, text, close } = this.tokens[first] as Token;
    if (type === '_function' || type === '_class' || text === 'async') return false;
    if ((type === 'braceL' || type === 'bracketL') && close === last) return false;
    for (let at = first; at <= last; at = this.end(at) + 1) if (this.tokens[at]?.type === 'arrow') return false;
    return true;
  }

  private isLiteral(at: number): boolean {
    const { type, close } = this.tokens[at] as Token;
    if (type === 'minus') return this.isNegative(at);
    if (type === 'backQuote')
      return close !== undefined && !/^(name|parenR|bracketR)$/.test(this.tokens[at - 1]?.type ?? '');
    return /^(string|num|_true|_false)$/.test(type) && !this.isKey(at);
  }

  /** Whether a token is the name of a property. */
  private isKey(at: number): boolean {
    const token = this.tokens[at] as Token;
    const isFirst = /^(braceL|comma)$/.test(this.tokens[at - 1]?.type ?? '') && /^['"\w$]/.test(token.text);
    // Where the parser has read a text twice, its marks may be gone.
    const isInObject = token.parent !== undefined && this.tokens[token.parent]?.type === 'braceL';
    return token.isKey || (isFirst && isInObject && this.tokens[at + 1]?.type === 'colon');
  }

  /** Whether a literal is a value on its way, and not the program's own structure. */
  private isFree(at: number): boolean {
    const { type, parent } = this.tokens[at] as Token;
    const previous = this.tokens[at - 1];
    const next = this.tokens[this.end(at) + 1];
    if (!previous || /^(semi|braceR|dot|questionDot|_import|_export|_case|_declare)$/.test(previous.type)) return false;
    if (previous.type === 'name' && !KEYWORDS.test(previous.text)) return false;
    const compared = /^(equality|relationalOrEqual|lessThan|greaterThan|_in|_instanceof)$/;
    if (compared.test(previous.type) || compared.test(next?.type ?? '')) return false;
    if (type === 'num' && previous.type === 'assign') return false;
    const bracket = parent === undefined ? undefined : this.tokens[parent];
    const opener = parent === undefined ? undefined : this.tokens[parent - 1];
    if (previous === bracket && bracket?.type === 'braceL') return false;
    const isLookUp = /^(name|parenR|bracketR|string|questionDot|_this)$/.test(opener?.type ?? '');
    if (bracket?.type === 'bracketL' && isLookUp && !KEYWORDS.test(opener?.text ?? '')) return false;
    if (bracket?.type === 'braceL') {
      const owner = parent === undefined ? undefined : this.tokens[parent - 2];
      if (owner?.type === '_enum' || opener?.type === '_with' || opener?.text === 'assert') return false;
    }
    return !(bracket?.type === 'parenL' && /^(require|import|for|while|Symbol)$/.test(opener?.text ?? ''));
  }

  private wrap(first: number, last: number, kind: 'literal' | 'property', shared?: object): void {
    const { start } = this.tokens[first] as Token;
    const { end } = this.tokens[last] as Token;
    const isTemplate = kind === 'literal' && this.tokens[first]?.type === 'backQuote';
    const value = kind === 'literal' && !isTemplate ? said(this.text.slice(start, end)) : undefined;
    const id = this.sites.add({ kind, file: this.file, ...this.position(start), value, isTemplate, ...shared });
    this.before.set(start, `${this.before.get(start) ?? ''}${VALUE}(${id},`);
    this.after.set(end, `)${this.after.get(end) ?? ''}`);
  }
}

/** What a literal that is no template says. */
function said(text: string): string | number | boolean {
  if (/^['"]/.test(text)) return unquoted(text);
  return /^(true|false)$/.test(text) ? text === 'true' : Number(text.replaceAll('_', ''));
}

function unquoted(text: string): string {
  try {
    return JSON.parse(
      text.startsWith("'") ? `"${text.slice(1, -1).replaceAll('"', '\\"').replaceAll("\\'", "'")}"` : text,
    );
  } catch {
    return text.slice(1, -1);
  }
}

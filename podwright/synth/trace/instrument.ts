import { KEY, type Literal, positions, type Sites, VALUE } from './sites';
import { Syntax } from './syntax';
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

class Instrumenter {
  /** What is put in at an offset, in the order of the text. */
  private readonly before = new Map<number, string>();
  private readonly after = new Map<number, string>();
  private readonly replaced = new Map<number, { readonly text: string; readonly end: number }>();
  private readonly position: (offset: number) => { line: number; column: number };
  private readonly objects = new Map<number, Literal>();
  private readonly syntax: Syntax;

  constructor(
    private readonly text: string,
    private readonly file: string,
    private readonly tokens: readonly Token[],
    private readonly sites: Sites,
  ) {
    this.position = positions(text);
    this.syntax = new Syntax(tokens);
  }

  run(): string {
    const patterns = this.syntax.patterns();
    // The value of a property that is one literal is that property's: it is not a site once more.
    const done = new Set<number>();
    this.tokens.forEach((token, at) => {
      if ((this.syntax.isKey(at) || token.isShorthand) && token.parent !== undefined && !patterns.has(token.parent)) {
        this.property(at, token.parent, done);
      }
      if (done.has(at) || !this.syntax.isLiteral(at)) return;
      if (this.syntax.isFree(at)) this.wrap(at, this.syntax.end(at), 'literal');
      if (this.syntax.end(at) === at + 1) done.add(at + 1);
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
    const [first, last] = this.syntax.valueOf(at + 2, this.tokens[brace]?.close ?? 0);
    if (last < first || !this.syntax.isData(first, last)) return;
    const isLiteral = this.syntax.isLiteral(first) && this.syntax.end(first) === last;
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

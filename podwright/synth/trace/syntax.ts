import type { Token } from './tokens';

/** Names that a value follows. */
const KEYWORDS = /^(of|await|yield)$/;

/** What the tokens of a text are to each other, as far as instrumentation has to know. Tokens are named by their index. */
export class Syntax {
  constructor(private readonly tokens: readonly Token[]) {}

  /** The braces that take an object apart instead of making one. */
  patterns(): Set<number> {
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

  /** The tokens of a property's value, the last included. */
  valueOf(first: number, close: number): [number, number] {
    let at = first;
    while (at < close && this.tokens[at]?.type !== 'comma') at = this.end(at) + 1;
    return [first, at - 1];
  }

  /** The token itself, or what closes it where it is a bracket or a quote; the number after a sign. */
  end(at: number): number {
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
  isData(first: number, last: number): boolean {
    const { type, text, close } = this.tokens[first] as Token;
    if (type === '_function' || type === '_class' || text === 'async') return false;
    if ((type === 'braceL' || type === 'bracketL') && close === last) return false;
    for (let at = first; at <= last; at = this.end(at) + 1) if (this.tokens[at]?.type === 'arrow') return false;
    return true;
  }

  /** Whether text, a number or a boolean begins there. */
  isLiteral(at: number): boolean {
    const { type, close } = this.tokens[at] as Token;
    if (type === 'minus') return this.isNegative(at);
    if (type === 'backQuote')
      return close !== undefined && !/^(name|parenR|bracketR)$/.test(this.tokens[at - 1]?.type ?? '');
    return /^(string|num|_true|_false)$/.test(type) && !this.isKey(at);
  }

  /** Whether a token is the name of a property. */
  isKey(at: number): boolean {
    const token = this.tokens[at] as Token;
    const isFirst = /^(braceL|comma)$/.test(this.tokens[at - 1]?.type ?? '') && /^['"\w$]/.test(token.text);
    // Where the parser has read a text twice, its marks may be gone.
    const isInObject = token.parent !== undefined && this.tokens[token.parent]?.type === 'braceL';
    return token.isKey || (isFirst && isInObject && this.tokens[at + 1]?.type === 'colon');
  }

  /** Whether a literal is a value on its way, and not the program's own structure. */
  isFree(at: number): boolean {
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
}

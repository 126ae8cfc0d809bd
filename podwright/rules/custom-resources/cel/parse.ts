// The grammar of CEL: an expression as a tree. Source: https://github.com/google/cel-spec/blob/master/doc/langdef.md.

/** An expression. Operators are calls by their sign: `a + b` is a call of `+`. */
export type Ast =
  | { readonly op: 'literal'; readonly value: Literal }
  | { readonly op: 'name'; readonly name: string }
  | { readonly op: 'select'; readonly of: Ast; readonly field: string; readonly optional: boolean }
  | { readonly op: 'index'; readonly of: Ast; readonly index: Ast; readonly optional: boolean }
  | { readonly op: 'call'; readonly name: string; readonly target?: Ast; readonly args: readonly Ast[] }
  | { readonly op: 'list'; readonly items: readonly { readonly value: Ast; readonly optional: boolean }[] }
  | {
      readonly op: 'map';
      readonly entries: readonly { readonly key: Ast; readonly value: Ast; readonly optional: boolean }[];
    };

/** A literal: an int is a bigint, a uint says so, a double is a number. */
export type Literal = string | bigint | number | boolean | null | Uint8Array | { readonly uint: bigint };

type Token =
  | { readonly kind: 'name' | 'sign' | 'end'; readonly text: string }
  | { readonly kind: 'literal'; readonly text: string; readonly value: Literal };

const SIGNS = /^(?:&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()[\]{}])/;
const NUMBER = /^(?:0x[0-9a-fA-F]+[uU]?|\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?|\d+[uU]?)/;
const TEXT = /^([rRbB]{0,2})("""|'''|"|')/;
/** Binary operators from the loosest to the tightest. */
const BINARY: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['<', '<=', '>=', '>', '==', '!=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];
const WORDS: { readonly [word: string]: boolean | null } = { true: true, false: false, null: null };
const DEEPEST = 250;

/** @throws SyntaxError for text that is no expression */
export function parse(source: string): Ast {
  return new Parser(tokensOf(source)).whole();
}

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const rest = source.slice(at);
    const space = /^(?:[\s]+|\/\/[^\n]*)/.exec(rest);
    if (space) {
      at += space[0].length;
      continue;
    }
    const text = TEXT.exec(rest);
    if (text) {
      const [open, prefix = '', quote = ''] = text;
      const { value, length } = textLiteral(rest.slice(open.length), quote, prefix.toLowerCase());
      tokens.push({ kind: 'literal', text: open, value });
      at += open.length + length;
      continue;
    }
    const number = NUMBER.exec(rest)?.[0];
    const name = number ? undefined : /^[A-Za-z_]\w*/.exec(rest)?.[0];
    const sign = number || name ? undefined : SIGNS.exec(rest)?.[0];
    if (number) tokens.push({ kind: 'literal', text: number, value: numberLiteral(number) });
    else if (name === 'in') tokens.push({ kind: 'sign', text: name });
    else if (name && Object.hasOwn(WORDS, name)) {
      tokens.push({ kind: 'literal', text: name, value: WORDS[name] as boolean | null });
    } else if (name) tokens.push({ kind: 'name', text: name });
    else if (sign) tokens.push({ kind: 'sign', text: sign });
    else throw new SyntaxError(`unexpected ${JSON.stringify(rest[0])} at ${at}`);
    at += (number ?? name ?? sign ?? '').length;
  }
  tokens.push({ kind: 'end', text: 'the end' });
  return tokens;
}

function numberLiteral(text: string): Literal {
  if (/[uU]$/.test(text)) return { uint: BigInt(text.slice(0, -1)) };
  return /^(?:0x[0-9a-fA-F]+|\d+)$/.test(text) ? BigInt(text) : Number(text);
}

const ESCAPES: { readonly [letter: string]: string } = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function textLiteral(rest: string, quote: string, prefix: string): { value: Literal; length: number } {
  const bytes: number[] = [];
  let text = '';
  const add = (char: string, byte?: number) => {
    text += char;
    if (prefix.includes('b')) bytes.push(...(byte === undefined ? Buffer.from(char) : [byte]));
  };
  let at = 0;
  while (!rest.startsWith(quote, at)) {
    const char = String.fromCodePoint(rest.codePointAt(at) ?? 0);
    if (at >= rest.length || (quote.length === 1 && char === '\n')) throw new SyntaxError('a text has no end');
    at += char.length;
    if (char !== '\\' || prefix.includes('r')) {
      add(char);
      continue;
    }
    const escaped =
      /^(?:[abfnrtv\\?"'`]|[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))/.exec(
        rest.slice(at),
      );
    if (!escaped) throw new SyntaxError('a text has an unknown escape');
    at += escaped[0].length;
    const [whole, hex, short, long, octal] = escaped;
    const code = hex ?? short ?? long;
    if (code === undefined && octal === undefined) add(ESCAPES[whole] ?? whole);
    else {
      const number = code === undefined ? Number.parseInt(octal as string, 8) : Number.parseInt(code, 16);
      add(String.fromCodePoint(number), hex !== undefined || octal !== undefined ? number : undefined);
    }
  }
  return { value: prefix.includes('b') ? Uint8Array.from(bytes) : text, length: at + quote.length };
}

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Ast {
    const ast = this.expression();
    if (this.now.kind !== 'end') throw this.unexpected();
    return ast;
  }

  private get now(): Token {
    return this.tokens[this.at] as Token;
  }

  private expression(): Ast {
    if (++this.depth > DEEPEST) throw new SyntaxError('nested too deep');
    const condition = this.binary(0);
    let ast = condition;
    if (this.take('?')) {
      const then = this.binary(0);
      this.expect(':');
      ast = { op: 'call', name: '?:', args: [condition, then, this.expression()] };
    }
    this.depth--;
    return ast;
  }

  private binary(level: number): Ast {
    const signs = BINARY[level];
    if (!signs) return this.unary();
    let left = this.binary(level + 1);
    while (this.now.kind === 'sign' && signs.includes(this.now.text)) {
      const name = this.now.text;
      this.at++;
      left = { op: 'call', name, args: [left, this.binary(level + 1)] };
    }
    return left;
  }

  private unary(): Ast {
    if (this.take('!')) return { op: 'call', name: '!', args: [this.unary()] };
    if (!this.take('-')) return this.member();
    const { now } = this;
    if (now.kind === 'literal' && (typeof now.value === 'bigint' || typeof now.value === 'number')) {
      const { value } = now;
      this.at++;
      return this.members({ op: 'literal', value: typeof value === 'bigint' ? -value : -value });
    }
    return { op: 'call', name: 'neg', args: [this.unary()] };
  }

  private member(): Ast {
    return this.members(this.primary());
  }

  private members(start: Ast): Ast {
    let ast = start;
    for (;;) {
      if (this.take('.')) {
        const optional = this.take('?');
        const field = this.name();
        if (!optional && this.take('(')) ast = { op: 'call', name: field, target: ast, args: this.args() };
        else ast = { op: 'select', of: ast, field, optional };
      } else if (this.take('[')) {
        const optional = this.take('?');
        const index = this.expression();
        this.expect(']');
        ast = { op: 'index', of: ast, index, optional };
      } else return ast;
    }
  }

  private primary(): Ast {
    const { now } = this;
    if (now.kind === 'literal') {
      this.at++;
      return { op: 'literal', value: now.value };
    }
    if (this.take('(')) {
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    if (this.take('[')) return this.list();
    if (this.take('{')) return this.map();
    // A leading point means the root's name, and all of ours are there.
    this.take('.');
    const name = this.name();
    return this.take('(') ? { op: 'call', name, args: this.args() } : { op: 'name', name };
  }

  private args(): Ast[] {
    const args: Ast[] = [];
    while (!this.take(')')) {
      if (args.length > 0) this.expect(',');
      args.push(this.expression());
    }
    return args;
  }

  private list(): Ast {
    const items: { value: Ast; optional: boolean }[] = [];
    while (!this.take(']')) {
      if (items.length > 0) {
        this.expect(',');
        if (this.take(']')) break;
      }
      const optional = this.take('?');
      items.push({ value: this.expression(), optional });
    }
    return { op: 'list', items };
  }

  private map(): Ast {
    const entries: { key: Ast; value: Ast; optional: boolean }[] = [];
    while (!this.take('}')) {
      if (entries.length > 0) {
        this.expect(',');
        if (this.take('}')) break;
      }
      const optional = this.take('?');
      const key = this.expression();
      this.expect(':');
      entries.push({ key, value: this.expression(), optional });
    }
    return { op: 'map', entries };
  }

  private name(): string {
    const { now } = this;
    if (now.kind !== 'name') throw this.unexpected();
    this.at++;
    return now.text;
  }

  private take(sign: string): boolean {
    if (this.now.kind !== 'sign' || this.now.text !== sign) return false;
    this.at++;
    return true;
  }

  private expect(sign: string): void {
    if (!this.take(sign)) throw this.unexpected();
  }

  private unexpected(): SyntaxError {
    return new SyntaxError(`unexpected ${this.now.text}`);
  }
}

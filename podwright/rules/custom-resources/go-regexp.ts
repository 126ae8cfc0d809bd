// Regular expressions of Go (RE2), as CRDs have them in `pattern` and in rules, as JavaScript's.
// Source: https://pkg.go.dev/regexp/syntax

const POSIX: { readonly [name: string]: string } = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};
/** What Go's escapes for classes stand for, inside of brackets. */
const CLASSES: { readonly [letter: string]: string } = { d: '0-9', w: '0-9A-Za-z_', s: '\\t\\n\\f\\r ' };
const CONTROLS: { readonly [letter: string]: string } = {
  a: '\\x07',
  f: '\\f',
  n: '\\n',
  r: '\\r',
  t: '\\t',
  v: '\\v',
};

const known = new Map<string, RegExp | string>();

/**
 * Go's regular expression as JavaScript's.
 * @returns what is wrong with it, for text that is none
 */
export function goRegExp(pattern: string, flags = ''): RegExp | string {
  const key = `${flags}/${pattern}`;
  let regExp = known.get(key);
  if (regExp === undefined) {
    try {
      regExp = new RegExp(new Translation(pattern).all(), `u${flags}`);
    } catch (error) {
      regExp = `error parsing regexp: ${(error as Error).message}`;
    }
    if (known.size > 10_000) known.clear();
    known.set(key, regExp);
  }
  if (typeof regExp !== 'string') regExp.lastIndex = 0;
  return regExp;
}

/** Go's flags: `i` no case, `m` lines, `s` `.` takes a line's end as well, `U` as few as can be. */
interface Flags {
  readonly i?: boolean;
  readonly m?: boolean;
  readonly s?: boolean;
  readonly U?: boolean;
}

/** Translates one expression, from its start to its end. */
class Translation {
  private at = 0;

  constructor(private readonly source: string) {}

  all(): string {
    const out = this.alternatives({});
    if (this.at < this.source.length) throw new Error('unexpected )');
    return out;
  }

  private alternatives(outer: Flags): string {
    let flags = outer;
    let out = '';
    while (this.at < this.source.length && this.source[this.at] !== ')') {
      if (this.take('(?')) {
        const set = /^([a-zA-Z]*)(?:-([a-zA-Z]+))?([:)])/.exec(this.rest());
        if (set) {
          this.at += set[0].length;
          const inner = { ...flags };
          for (const flag of set[1] as string) Object.assign(inner, { [flag]: true });
          for (const flag of set[2] ?? '') Object.assign(inner, { [flag]: false });
          if (set[3] === ')') flags = inner;
          else out += this.repeated(this.group('(?:', inner), flags);
          continue;
        }
        const name = /^P?<(\w+)>/.exec(this.rest());
        if (!name) throw new Error('invalid or unsupported Perl syntax');
        this.at += name[0].length;
        out += this.repeated(this.group(`(?<${name[1]}>`, flags), flags);
      } else if (this.take('(')) out += this.repeated(this.group('(', flags), flags);
      else if (this.take('|')) out += '|';
      else if (this.take('\\Q')) {
        const end = this.source.indexOf('\\E', this.at);
        const text = this.source.slice(this.at, end < 0 ? undefined : end);
        this.at = end < 0 ? this.source.length : end + 2;
        for (const char of text) out += literal(char, flags);
      } else out += this.repeated(this.atom(flags), flags);
    }
    return out;
  }

  private group(open: string, flags: Flags): string {
    const inner = this.alternatives(flags);
    if (!this.take(')')) throw new Error('missing closing )');
    return `${open}${inner})`;
  }

  private repeated(atom: string, flags: Flags): string {
    const match = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(this.rest());
    if (!match) return atom;
    this.at += match[0].length;
    const lazy = this.take('?');
    return `${atom}${match[0]}${lazy !== (flags.U === true) ? '?' : ''}`;
  }

  private atom(flags: Flags): string {
    const char = this.char();
    switch (char) {
      case '.':
        return flags.s ? '[^]' : '[^\\n]';
      case '^':
        return flags.m ? '(?:^|(?<=\\n))' : '^';
      case '$':
        return flags.m ? '(?=\\n|$)' : '$';
      case '[':
        return this.brackets(flags);
      case '\\':
        return this.escape(flags);
      case '*':
      case '+':
      case '?':
        throw new Error('missing argument to repetition operator');
      default:
        return literal(char, flags);
    }
  }

  private escape(flags: Flags): string {
    const char = this.char();
    switch (char) {
      case 'A':
        return '^';
      case 'z':
        return '$';
      case 'b':
      case 'B':
        return `\\${char}`;
      default: {
        const set = this.classEscape(char);
        if (set !== undefined) return set.negated ? `[^${set.items}]` : `[${set.items}]`;
        return literal(this.charEscape(char), flags);
      }
    }
  }

  /** `\d`, `\pL` and the like. */
  private classEscape(char: string): { items: string; negated: boolean } | undefined {
    const lower = char.toLowerCase();
    const own = CLASSES[lower];
    if (own !== undefined) return { items: own, negated: char !== lower };
    if (lower !== 'p') return undefined;
    const match = /^(?:\{(\^?)(\w+)\}|(\w))/.exec(this.rest());
    if (!match) throw new Error('invalid character class range');
    this.at += match[0].length;
    const name = (match[2] ?? match[3]) as string;
    const script = name.length > 2 ? `Script=${name}` : name;
    return { items: `\\p{${script}}`, negated: (char === 'P') !== (match[1] === '^') };
  }

  private charEscape(char: string): string {
    if (char === 'x') {
      const match = /^(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{2}))/.exec(this.rest());
      if (!match) throw new Error('invalid escape sequence');
      this.at += match[0].length;
      return String.fromCodePoint(Number.parseInt((match[1] ?? match[2]) as string, 16));
    }
    if (/[0-7]/.test(char)) {
      const match = /^[0-7]{0,2}/.exec(this.rest()) as RegExpExecArray;
      this.at += match[0].length;
      return String.fromCodePoint(Number.parseInt(char + match[0], 8));
    }
    const control = CONTROLS[char];
    if (control !== undefined) return JSON.parse(`"${control.replace('\\x07', '\\u0007').replace('\\v', '\\u000b')}"`);
    if (/[a-zA-Z0-9]/.test(char)) throw new Error(`invalid escape sequence: \`\\${char}\``);
    return char;
  }

  private brackets(flags: Flags): string {
    const negated = this.take('^');
    let items = '';
    let excluded = '';
    for (let first = true; first || this.source[this.at] !== ']'; first = false) {
      if (this.at >= this.source.length) throw new Error('missing closing ]');
      const posix = /^\[:(\^?)(\w+):\]/.exec(this.rest());
      const set = posix && POSIX[posix[2] as string];
      if (posix && set !== undefined) {
        this.at += posix[0].length;
        if (posix[1]) excluded += `|[^${set}]`;
        else items += set;
        continue;
      }
      const from = this.member();
      if (typeof from !== 'string') {
        if (from.negated) excluded += `|[^${from.items}]`;
        else items += from.items;
        continue;
      }
      let to = from;
      if (this.source[this.at] === '-' && this.source[this.at + 1] !== ']' && this.at + 1 < this.source.length) {
        this.at++;
        const end = this.member();
        if (typeof end !== 'string') throw new Error('invalid character class range');
        to = end;
      }
      items += range(from, to, flags);
    }
    this.at++;
    if (excluded === '') return items === '' ? (negated ? '[^]' : '[]') : `[${negated ? '^' : ''}${items}]`;
    const either = `${items === '' ? '[]' : `[${items}]`}${excluded}`;
    return negated ? `(?:(?!${either})[^])` : `(?:${either})`;
  }

  private member(): string | { items: string; negated: boolean } {
    const char = this.char();
    if (char !== '\\') return char;
    const escaped = this.char();
    return this.classEscape(escaped) ?? this.charEscape(escaped);
  }

  private char(): string {
    const code = this.source.codePointAt(this.at);
    if (code === undefined) throw new Error('unexpected end');
    const char = String.fromCodePoint(code);
    this.at += char.length;
    return char;
  }

  private take(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private rest(): string {
    return this.source.slice(this.at);
  }
}

function literal(char: string, flags: Flags): string {
  if (flags.i && char.toLowerCase() !== char.toUpperCase()) return `[${char.toLowerCase()}${char.toUpperCase()}]`;
  return escaped(char);
}

/** A range inside of brackets, with the letters of the other case where case does not matter. */
function range(from: string, to: string, flags: Flags): string {
  const own = from === to ? escaped(from) : `${escaped(from)}-${escaped(to)}`;
  if (!flags.i) return own;
  let others = '';
  for (const [first, last, other] of [
    ['a', 'z', 'A'],
    ['A', 'Z', 'a'],
  ] as const) {
    const low = from > first ? from : first;
    const high = to < last ? to : last;
    if (low > high) continue;
    const shift = other.charCodeAt(0) - first.charCodeAt(0);
    others += `${String.fromCharCode(low.charCodeAt(0) + shift)}-${String.fromCharCode(high.charCodeAt(0) + shift)}`;
  }
  return own + others;
}

/** A character that stands for itself, inside of brackets and outside. */
function escaped(char: string): string {
  return /[\^$\\.*+?()[\]{}|/-]/.test(char) ? (char === '-' ? '\\x2d' : `\\${char}`) : char;
}

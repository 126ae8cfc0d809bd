// Rewrites the props of a cdk8s L1 class, written out as a literal, to the API's own fields and plain values.
import type { Schema } from '../../api/definitions';
import { keyText } from '../print/text';
import { fieldOf, isPlain, resolved } from './fields';
import { expressionEnd, skipBlanks, stringEnd } from './scan';

/** A change of the source. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Why a literal cannot be rewritten safely, and where. */
export class Unsafe extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/** The names by which a file knows what cdk8s generates. */
export interface L1Names {
  /** Matches any expression that uses one of them. */
  readonly any: RegExp;
  /** Matches a call of Quantity or IntOrString, with its argument as the first group. */
  readonly wrapped: RegExp;
}

/** What a rewritten literal says. */
export interface Rewritten {
  readonly edits: readonly Edit[];
  /** The position behind the literal. */
  readonly end: number;
  /** The fields of the literal. */
  readonly fields: ReadonlySet<string>;
  /** The fields of its metadata. */
  readonly metadata: ReadonlySet<string>;
}

/**
 * The edits of the literal that begins at a position.
 *
 * @param definition the type of its fields
 * @throws Unsafe
 */
export function rewriteProps(source: string, start: number, definition: string, names: L1Names): Rewritten {
  const edits: Edit[] = [];
  const metadata = new Set<string>();
  const fields = new Set<string>();
  const end = new Rewriter(source, names, edits, (path) => {
    const [first, second] = path;
    if (path.length === 1 && first !== undefined) fields.add(first);
    if (path.length === 2 && first === 'metadata' && second !== undefined) metadata.add(second);
  }).value(start, { $ref: definition }, []);
  return { edits, end, fields, metadata };
}

class Rewriter {
  constructor(
    private readonly source: string,
    private readonly names: L1Names,
    private readonly edits: Edit[],
    private readonly met: (path: readonly string[]) => void,
  ) {}

  /** Returns the position behind the value. */
  value(start: number, given: Schema, path: readonly string[]): number {
    const at = skipBlanks(this.source, start);
    const schema = resolved(given);
    if (this.source[at] === '{') return this.object(at, schema, path);
    if (this.source[at] === '[') return this.list(at, schema, path);
    const end = expressionEnd(this.source, at);
    const text = this.source.slice(at, end).trim();
    const wrapped = this.names.wrapped.exec(text)?.[1]?.trim();
    if (wrapped !== undefined && !this.names.any.test(wrapped)) {
      this.edits.push({ start: at, end: at + text.length, text: wrapped });
    } else if (this.names.any.test(text)) {
      throw new Unsafe(`${shown(text)} is cdk8s's own`, at);
    } else if (!isLiteral(text) && !isPlain(schema)) {
      throw new Unsafe(
        `${path.at(-1)} comes from elsewhere, as ${shown(text)}; only what is written out can be read`,
        at,
      );
    }
    return end;
  }

  private list(start: number, schema: Schema, path: readonly string[]): number {
    return this.parts(start, ']', (at) => {
      if (this.source.startsWith('...', at)) throw new Unsafe(`${path.at(-1)} has items from elsewhere`, at);
      return this.value(at, schema.items ?? {}, path);
    });
  }

  private object(start: number, schema: Schema, path: readonly string[]): number {
    return this.parts(start, '}', (at) => {
      if (this.source.startsWith('...', at)) throw new Unsafe(`${path.at(-1) ?? 'it'} has fields from elsewhere`, at);
      const { name, end } = this.key(at);
      const field = fieldOf(schema, name);
      if (!field) throw new Unsafe(`${name} is no field of ${path.at(-1) ?? 'it'}`, at);
      this.met([...path, field.name]);
      const colon = skipBlanks(this.source, end);
      if (this.source[colon] === ':') {
        if (field.name !== name) this.edits.push({ start: at, end, text: keyText(field.name) });
        return this.value(colon + 1, field.schema, [...path, field.name]);
      }
      if (!isPlain(field.schema)) throw new Unsafe(`${name} comes from elsewhere`, at);
      if (field.name !== name) this.edits.push({ start: at, end, text: `${keyText(field.name)}: ${name}` });
      return end;
    });
  }

  private key(at: number): { name: string; end: number } {
    const quote = this.source[at];
    if (quote === "'" || quote === '"') {
      const end = stringEnd(this.source, at);
      return { name: this.source.slice(at + 1, end - 1), end };
    }
    const name = /^[\w$]+/.exec(this.source.slice(at))?.[0];
    if (name === undefined) throw new Unsafe('a name of a field is worked out by the program', at);
    return { name, end: at + name.length };
  }

  /** Goes through what commas divide. */
  private parts(start: number, close: string, part: (at: number) => number): number {
    let at = skipBlanks(this.source, start + 1);
    while (this.source[at] !== close) {
      at = skipBlanks(this.source, part(at));
      if (this.source[at] === ',') at = skipBlanks(this.source, at + 1);
      else if (this.source[at] !== close) throw new Unsafe('this is more than a literal', at);
    }
    return at + 1;
  }
}

function isLiteral(text: string): boolean {
  return /^(?:-?[\d.][\w.]*|true|false|undefined|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[\s\S]*`)$/.test(text);
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 37)}...` : line;
}

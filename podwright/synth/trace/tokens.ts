// The tokens of a TypeScript text, with the bracket that each is in. sucrase's own parser tells types from values and
// keys from names, which is all that instrumentation needs to know; it is loaded when there is something to trace.

type Parser = typeof import('sucrase/dist/types/parser');
type TypesModule = typeof import('sucrase/dist/types/parser/tokenizer/types');
type RawToken = import('sucrase/dist/types/parser/tokenizer').Token;

/** What sucrase knows of a name: the numbers of its `IdentifierRole`. */
const ROLE = { shorthand: 8, key: 10 } as const;
const DECLARATIONS: ReadonlySet<number | null> = new Set([2, 3, 4, 5, 6, 7]);

/** One token that is no part of a type. */
export interface Token {
  /** sucrase's name of its type: `string`, `braceL`, `name`, `_case`. */
  readonly type: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isKey: boolean;
  readonly isShorthand: boolean;
  /** Whether it is the name of what is declared there. */
  readonly isDeclaration: boolean;
  /** The index of the bracket that it is in. @default - none */
  readonly parent: number | undefined;
  /** For a bracket, the index of the one that closes it. */
  close?: number;
}

const OPEN: ReadonlySet<string> = new Set(['parenL', 'bracketL', 'braceL', 'dollarBraceL']);
const CLOSE: ReadonlySet<string> = new Set(['parenR', 'bracketR', 'braceR']);

/**
 * The tokens of a text without those of its types.
 *
 * @throws what the parser throws for a text that is none
 */
export function tokenize(text: string, isTypeScript: boolean): Token[] {
  const { parse } = require('sucrase/dist/parser') as Parser;
  const { TokenType } = require('sucrase/dist/parser/tokenizer/types') as TypesModule;
  const tokens: Token[] = [];
  const open: number[] = [];
  // Where a template's text is open: its two quotes are of one type.
  const templates: number[] = [];
  for (const raw of parse(text, false, isTypeScript, false).tokens as RawToken[]) {
    if (raw.isType) continue;
    const type = TokenType[raw.type] as string;
    if (CLOSE.has(type)) close(open, tokens);
    const isClosingQuote = type === 'backQuote' && templates.at(-1) === open.at(-1) && templates.length > 0;
    if (isClosingQuote) {
      templates.pop();
      close(open, tokens);
    }
    tokens.push({
      type,
      text: text.slice(raw.start, raw.end),
      start: raw.start,
      end: raw.end,
      isKey: raw.identifierRole === ROLE.key,
      isShorthand: raw.identifierRole === ROLE.shorthand,
      isDeclaration: DECLARATIONS.has(raw.identifierRole),
      parent: open.at(-1),
    });
    if (OPEN.has(type)) open.push(tokens.length - 1);
    if (type === 'backQuote' && !isClosingQuote) {
      open.push(tokens.length - 1);
      templates.push(tokens.length - 1);
    }
  }
  return tokens;
}

function close(open: number[], tokens: Token[]): void {
  const opening = open.pop();
  if (opening !== undefined) (tokens[opening] as Token).close = tokens.length;
}

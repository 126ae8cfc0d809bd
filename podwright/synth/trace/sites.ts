/** What of a program's text can be the cause of a value: a literal, a property's name, or what a property is set to. */
export type SiteKind = 'literal' | 'key' | 'property';

/** One such place. Lines and columns count from 1. */
export interface Site {
  readonly kind: SiteKind;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The property that it is the name or the whole value of. @default - none: an argument, an item, a part of a value */
  readonly key?: string;
  /** The place of the property's name. @default - the site's own */
  readonly property?: { readonly line: number; readonly column: number };
  /** What it says as it stands. @default - it is computed, or is the file's own */
  readonly value?: string | number | boolean;
  /** Whether a literal is a template, whose parts may be the cause. @default false */
  readonly isTemplate?: boolean;
  /** The object literal that the property is in. @default - not in one */
  readonly object?: Literal;
}

/** An object literal of the program's text: its opening brace, and where its properties are, by name. */
export interface Literal {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly keys: Map<string, { readonly line: number; readonly column: number }>;
}

/** All sites of a program's files; a site's number is its index. */
export class Sites {
  readonly all: Site[] = [];

  add(site: Site): number {
    return this.all.push(site) - 1;
  }
}

/** The names by which an instrumented text tells {@link Recorder} of a site. */
export const VALUE = 'podwright$value';
/** See {@link VALUE}. */
export const KEY = 'podwright$key';

/** Lines and columns of offsets into a text. */
export function positions(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1 };
  };
}

import { type Document, isCollection, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { placeInJson } from './json-place';
import type { Part } from './parts';
import { AS_KUBECTL } from './yaml';

/** A line and column, from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

type Steps = readonly (string | number)[];

/** Finds fields in documents that were read: their text is looked at a second time when something is wrong there. */
export class Places {
  /** Findings come document by document: one is kept. */
  private last: { readonly part: Part; readonly document: Document; readonly lines: LineCounter } | undefined;

  /** The line and column of a field, or of the nearest thing around it that is there. */
  of(part: Part, steps: Steps): Place {
    const { text } = part;
    const offset = text.trimStart().startsWith('{') ? placeInJson(text, steps) : undefined;
    const { line, column } = offset === undefined ? this.inYaml(part, steps) : placeOf(text, offset);
    return { line: part.line + line - 1, column };
  }

  private inYaml(part: Part, steps: Steps): Place {
    if (this.last?.part !== part) {
      const lines = new LineCounter();
      this.last = { part, document: parseDocument(part.text, { ...AS_KUBECTL, lineCounter: lines }), lines };
    }
    const { document, lines } = this.last;
    let node: unknown = document.contents;
    let offset = rangeOf(node);
    for (const step of steps) {
      if (!isCollection(node)) break;
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
        if (!pair) break;
        offset = rangeOf(pair.key) ?? offset;
        node = pair.value;
      } else {
        const item: unknown = node.items[Number(step)];
        if (item === undefined) break;
        offset = rangeOf(item) ?? offset;
        node = item;
      }
    }
    const { line, col } = lines.linePos(offset ?? 0);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

function placeOf(text: string, offset: number): Place {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', end + 1)) {
    line++;
    start = end + 1;
  }
  return { line, column: offset - start + 1 };
}

function rangeOf(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] } | null)?.range?.[0];
}

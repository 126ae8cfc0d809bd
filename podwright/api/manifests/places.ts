import { type Document, isCollection, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Part } from './parts';
import { AS_KUBECTL } from './yaml';

/** Finds fields in documents that were read: parsed a second time, for their places, when something is wrong there. */
export class Places {
  private readonly parsed = new Map<Part, { document: Document; lines: LineCounter }>();

  /** The line and column of a field, or of the nearest thing around it that is there. */
  of(part: Part, steps: readonly (string | number)[]): { line: number; column: number } {
    let known = this.parsed.get(part);
    if (!known) {
      const lines = new LineCounter();
      known = { document: parseDocument(part.text, { ...AS_KUBECTL, lineCounter: lines }), lines };
      this.parsed.set(part, known);
    }
    let node: unknown = known.document.contents;
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
    const { line, col } = known.lines.linePos(offset ?? 0);
    return { line: part.line + Math.max(line, 1) - 1, column: Math.max(col, 1) };
  }
}

function rangeOf(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] } | null)?.range?.[0];
}

// Finds the comments of a document, each with the field or item that it stands at.
import { type Document, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Part } from '../api/manifests/parts';
import { AS_KUBECTL } from '../api/manifests/yaml';

/** Lines of comments at one place. */
export interface FoundComment {
  /** The steps to the field or item below them, or to the collection that they end; none is the document itself. */
  readonly steps: readonly (string | number)[];
  readonly lines: readonly string[];
  /** Whether they stand after the last item of the collection. @default false */
  readonly isEnd?: boolean;
}

/** The comments of a document, in their order; none of JSON. */
export function commentsOf(part: Part): readonly FoundComment[] {
  const { text } = part;
  if (!text.includes('#') || text.trimStart().startsWith('{')) return [];
  const head = /^(?:[ \t]*(?:#.*)?\r?\n)*/.exec(text)?.[0] ?? '';
  const rest = text.slice(head.length);
  if (!/(?:^|\s)#/m.test(rest)) return [found([], head.replace(/^[ \t]*#/gm, ''))].flat();
  const document = parseDocument(text, AS_KUBECTL);
  return [
    ...found([], document.commentBefore),
    ...found([], (document.contents as { commentBefore?: string } | null)?.commentBefore),
    ...inside(document.contents, []),
    ...found([], document.comment),
  ];
}

function inside(node: Document['contents'] | unknown, steps: readonly (string | number)[]): FoundComment[] {
  if (isMap(node)) {
    const own = node.items.flatMap(({ key, value }, index) => {
      if (!isScalar(key)) return [];
      const place = [...steps, String(key.value)];
      // What stands above the first field of the whole is about the whole.
      const above = steps.length === 0 && index === 0 ? [] : place;
      const { comment, commentBefore } = (value ?? {}) as { comment?: string; commentBefore?: string };
      return [
        ...found(above, key.commentBefore),
        ...found(place, key.comment),
        ...found(place, commentBefore),
        ...(isScalar(value) ? found(place, comment) : inside(value, place)),
      ];
    });
    return [...own, ...found(steps, node.comment, true)];
  }
  if (!isSeq(node)) return [];
  const own = node.items.flatMap((item, index) => {
    const place = [...steps, index];
    const { comment, commentBefore } = (item ?? {}) as { comment?: string; commentBefore?: string };
    return [...found(place, commentBefore), ...(isScalar(item) ? found(place, comment) : inside(item, place))];
  });
  return [...own, ...found(steps, node.comment, true)];
}

function found(steps: readonly (string | number)[], text: string | null | undefined, isEnd = false): FoundComment[] {
  const lines = (text ?? '').split('\n').map((line) => line.replace(/^ /, '').trimEnd());
  const used = lines.filter((line, index) => line !== '' || (index > 0 && index < lines.length - 1));
  return used.length === 0 ? [] : [{ steps, lines: used, ...(isEnd && { isEnd }) }];
}

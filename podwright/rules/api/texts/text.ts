// What a reader is told of a rule of api/*; its check is part of those of a kind.
import type { RuleText } from '../../rule';

/** See the head of the file; one object fails, and one passes. */
export type ApiText = RuleText;

/** A text, its parts in the order in which they are read. */
export function text(id: string, summary: string, why: string, source: string, fails: object, passes: object): ApiText {
  return { id, summary, why, source, fails: [fails], passes: [passes] };
}

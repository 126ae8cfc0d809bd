// All rules by their ids.
import { nearest } from '../report/nearest';
import { API_TEXTS } from './api/texts/texts';
import { rulesOf } from './families';
import type { Rule, RuleText } from './rule';

let texts: ReadonlyMap<string, RuleText> | undefined;

/** What a reader is told of a rule of the toolkit; undefined where there is none of that name. */
export function textOf(id: string): RuleText | undefined {
  texts ??= new Map([...API_TEXTS, ...rulesOf()].map((text) => [text.id, text]));
  return texts.get(id);
}

/** What is wrong with a rule's id: undefined where the toolkit, or the program itself, has such a rule. */
export function unknownRule(id: string, own: readonly Rule[] = []): string | undefined {
  if (textOf(id) || own.some((rule) => rule.id === id)) return undefined;
  const near = nearest(id, [...(texts?.keys() ?? []), ...own.map((rule) => rule.id)]);
  return `there is no rule ${JSON.stringify(id)}${near ? `; did you mean ${JSON.stringify(near)}?` : ''}`;
}

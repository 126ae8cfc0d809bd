// Holds a rule to its own examples: for its test, and for the page that is made from them.
import type { Finding } from '../report/finding';
import { checkAll, type Family } from './families';
import type { Rule } from './rule';

/** What a rule finds in its failing example. */
export function findingsOf(rule: Rule): Finding[] {
  const found = checkAll(rule.fails, { ...rule.given, families: [], rules: [rule] });
  return found.map(({ index, ...finding }) => finding);
}

/**
 * What is wrong with a rule's text and examples: that it finds nothing where it should, or something where it should
 * not, or that the API server would take neither. A rule's test expects none.
 */
export function exampleFaults(rule: Rule): string[] {
  const api: readonly Family[] = rule.id.startsWith('versions/') ? [] : ['api'];
  const found = (objects: readonly object[]) => checkAll(objects, { ...rule.given, families: api, rules: [rule] });
  const failing = found(rule.fails);
  const passing = found(rule.passes);
  const faults = [
    ...failing.filter(({ ruleId }) => ruleId !== rule.id).map((finding) => `fails: ${said(finding)}`),
    ...passing.map((finding) => `passes: ${said(finding)}`),
  ];
  if (!failing.some(({ ruleId }) => ruleId === rule.id)) faults.push('fails: nothing is found');
  if (rule.passes.length === 0) faults.push('passes: no object is shown');
  for (const field of ['summary', 'why', 'source'] as const) if (rule[field] === '') faults.push(`${field}: is empty`);
  return faults;
}

function said({ ruleId, pointer, message }: Finding): string {
  return `${ruleId} ${pointer} ${message}`;
}

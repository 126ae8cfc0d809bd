// What a rule's test asks of it: what it finds in objects, one short line a finding.
import { type CheckAllOptions, checkAll } from '../families';
import type { Rule } from '../rule';

/** @returns `KIND NAME POINTER: MESSAGE`, in the order of the objects */
export function findings(rule: Rule, objects: readonly object[], options: CheckAllOptions = {}): string[] {
  return checkAll(objects, { ...options, families: [], rules: [rule] }).map(
    ({ object, pointer, message }) => `${object?.kind} ${object?.name} ${pointer}: ${message}`,
  );
}

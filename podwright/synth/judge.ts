import type { IConstruct } from 'constructs';
import type { Finding } from '../report/finding';
import type { CheckAllOptions } from '../rules/families';
import type { Rule } from '../rules/rule';
import type { IndexedFinding } from '../rules/run';
import { Environment } from './environment';
import { isOurs } from './ours';
import type { SynthesizedObject } from './outputs';
import { shownPath } from './tree';

/** How the objects of a program are judged. */
export interface JudgeOptions extends Omit<CheckAllOptions, 'families' | 'rules' | 'complete'> {
  /** Rules of the program's own. @default - none */
  readonly ownRules?: readonly Rule[];
  /**
   * Whether errors of all rules stop a synthesis, whoever made the object. Without it they are warnings for objects
   * that neither the toolkit's constructs made nor classes that extend them, but for what the API server would refuse.
   * @default false
   */
  readonly strict?: boolean;
}

/** What is an error whoever made the object: the API server would refuse it. */
const REFUSED = /^api\/|^versions\/not-served$/;

/**
 * What the rules find wrong with objects, each finding at the construct that made the object. What is in one
 * environment is not seen from another.
 * @param report whether errors become warnings, which stop nothing
 */
export function judge(
  objects: readonly SynthesizedObject[],
  { ownRules, strict, severities, ...options }: JudgeOptions,
  report = false,
): Finding[] {
  // Loaded when there is something to judge: a program that is only built, as in most tests, pays nothing for it.
  const { checkAll } = require('../rules/families') as typeof import('../rules/families');
  const own = new Set(ownRules?.map(({ id }) => id));
  const isLenient = ({ ruleId, severity }: IndexedFinding, { construct }: SynthesizedObject): boolean =>
    severity === 'error' &&
    (report ||
      !(strict || REFUSED.test(ruleId) || own.has(ruleId) || severities?.[ruleId] !== undefined || isOurs(construct)));
  return environmentsOf(objects).flatMap((group) => {
    const found = checkAll(
      group.map(({ value }) => value),
      { ...options, rules: ownRules, severities: { ...severities, ...SAID_BY_SYNTHESIS } },
    );
    return found.map((finding) => {
      const object = group[finding.index] as SynthesizedObject;
      const { index, ...rest } = finding;
      const constructPath = shownPath(object.construct);
      return { ...rest, ...(isLenient(finding, object) && { severity: 'warning' as const }), constructPath };
    });
  });
}

/** What a synthesis says itself, with the paths of both constructs. */
const SAID_BY_SYNTHESIS = { 'start/one-identity': 'off' } as const;

function environmentsOf(objects: readonly SynthesizedObject[]): readonly (readonly SynthesizedObject[])[] {
  const groups = new Map<IConstruct | undefined, SynthesizedObject[]>();
  for (const object of objects) {
    const environment = Environment.tryOf(object.construct);
    const group = groups.get(environment);
    if (group) group.push(object);
    else groups.set(environment, [object]);
  }
  return [...groups.values()];
}

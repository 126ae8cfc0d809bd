import type { Finding } from '../report/finding';
import type { SynthesizedObject } from './outputs';
import { shownPath } from './tree';

/** How objects are judged. */
export interface JudgeOptions {
  /** The Kubernetes minor versions that the objects are for. @default - those that the rules take by default */
  readonly targets?: readonly string[];
  /** Whether errors become warnings, which stop nothing. @default false */
  readonly report?: boolean;
}

/** What the rules find wrong with objects, each finding at the construct that made the object. */
export function judge(objects: readonly SynthesizedObject[], { targets, report }: JudgeOptions): Finding[] {
  // Loaded when there is something to judge: a program that is only built, as in most tests, pays nothing for it.
  const { checkObjects } = require('../rules/index') as typeof import('../rules/index');
  const options = targets && { targets };
  const values = objects.map((object) => object.value);
  if (checkObjects(values, options).length === 0) return [];
  return objects.flatMap(({ construct, value }) =>
    checkObjects([value], options).map((finding) => ({
      ...finding,
      severity: report && finding.severity === 'error' ? 'warning' : finding.severity,
      constructPath: shownPath(construct),
    })),
  );
}

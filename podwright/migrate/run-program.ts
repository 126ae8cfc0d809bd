// Runs a migrated program, and compares what it says with what it was made from.
import type { Finding } from '../report/finding';
import { FindingsError } from '../report/findings-error';
import { evaluate } from './evaluate';
import type { Any } from './path';
import { type MainChart, mainText } from './print/main';
import { compare, objectsOf, type Proof } from './prove';
import type { OutsideSecret } from './secrets';

/** What came of a program. */
export interface Outcome {
  /** Its files, with the main.ts that can be synthesized. */
  readonly files: ReadonlyMap<string, string>;
  readonly proof: Proof;
  /** What the rules find wrong with the objects, which they were before. */
  readonly findings: readonly Finding[];
  /** Why the program cannot be run. @default - it can */
  readonly failure?: string;
}

/** Runs a program; its App reports what the rules refuse, where it must. */
export function proven(
  files: Map<string, string>,
  charts: readonly MainChart[],
  secrets: readonly OutsideSecret[],
  expected: readonly Any[],
): Outcome {
  const none: Proof = { equal: 0, byDefaults: 0, differences: [] };
  for (const isReport of [false, true]) {
    files.set('main.ts', mainText(charts, { secrets, isReport }));
    try {
      const plans = evaluate(files);
      const findings = plans.flatMap((plan) => plan.findings);
      return { files, findings, proof: compare(expected, objectsOf(plans)) };
    } catch (error) {
      // What the rules refuse was there before: the App reports it, and writes all the same.
      const isJudged =
        FindingsError.isFindingsError(error) && error.findings.some(({ ruleId }) => !/^synth\//.test(ruleId));
      if (isJudged && !isReport) continue;
      return { files, findings: [], proof: none, failure: error instanceof Error ? error.message : String(error) };
    }
  }
  return { files, findings: [], proof: none };
}

// The line of the program for each field that changes.
import type { DiffReport, FieldDiff, ObjectDiff } from '../../report/diff';
import type { Asked } from '../../synth/trace/protocol';
import { withPlaces } from '../../synth/trace/trace';
import type { CommandContext } from '../command';

/** A program of more objects is not run again for lines: a field has the line of the call that makes its object. */
export const MOST_OBJECTS = 1_000;

/** How many fields lines are looked for of, those that matter most first; the others have that of their object. */
const MOST_FIELDS = 100;

/**
 * A report whose fields have the lines of the program that they come from, found as those of findings are.
 *
 * @param main the program's file
 */
export function withLines(report: DiffReport, main: string, { cwd, installation }: CommandContext): DiffReport {
  const asked = new Map<FieldDiff, Asked>();
  for (const object of report.objects) {
    if (!object.after || object.constructPath === undefined) continue;
    for (const field of object.fields) if (asked.size < MOST_FIELDS) asked.set(field, question(object, field));
  }
  const found = withPlaces([...asked.values()], main, cwd, installation);
  const sources = new Map([...asked.keys()].map((field, index) => [field, found[index]?.source]));
  const objects = report.objects.map((object) => ({
    ...object,
    fields: object.fields.map((field) => {
      const source = sources.get(field) ?? object.source;
      return source ? { ...field, source } : field;
    }),
  }));
  return { ...report, objects };
}

function question({ object, constructPath }: ObjectDiff, { pointer, before }: FieldDiff): Asked {
  return { ruleId: 'diff/field', severity: 'info', object, constructPath, pointer, message: '', before };
}

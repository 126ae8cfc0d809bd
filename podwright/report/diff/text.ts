import type { DiffReport, ObjectDiff } from '../diff';
import { footprintChangeText } from '../formats/footprint';
import {
  FOOTPRINT,
  fieldText,
  groupsOf,
  linesOf,
  objectName,
  originText,
  placeText,
  summaryText,
  titleText,
} from './words';

/** For a terminal: what matters most first. */
export function formatDiffText(report: DiffReport): string {
  const groups = groupsOf(report).map(
    ({ title, objects }) => `${title} (${objects.length})\n${objects.map(objectText).join('')}`,
  );
  const notes = report.notes.map((note) => `note: ${note}\n`).join('');
  const footprint = footprintChangeText(report.footprint);
  return [
    `${titleText(report)}\n`,
    ...groups,
    footprint && `${FOOTPRINT}\n${footprint.replaceAll(/^/gm, '  ').trimEnd()}\n`,
    notes,
    `${summaryText(report)}\n`,
  ]
    .filter(Boolean)
    .join('\n');
}

function objectText(object: ObjectDiff): string {
  const head = `  ${[objectName(object), originText(object)].filter(Boolean).join('  ')}\n`;
  const outcomes = linesOf(object).map((line) => `    ${line}\n`);
  const fields = object.fields.map((field) => {
    const place = field.source && placeText(field.source) !== originText(object) ? `  ${placeText(field.source)}` : '';
    return `      ${fieldText(field)}${place}\n`;
  });
  return [head, ...outcomes, ...fields].join('');
}

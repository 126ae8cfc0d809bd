import type { DiffReport, ObjectDiff } from '../diff';
import { footprintChangeText } from '../formats/footprint';
import { LEAVING_TITLES, leavings } from './leaving';
import {
  FOOTPRINT,
  fieldText,
  groupsOf,
  linesOf,
  objectName,
  originText,
  placeText,
  summaryText,
  TITLES,
  titleText,
} from './words';

/** For a terminal: what matters most first. */
export function formatDiffText(report: DiffReport): string {
  const groups = groupsOf(report).map(
    ({ effect, objects }) => `${TITLES[effect]} (${objects.length})\n${objects.map(objectText).join('')}`,
  );
  const leaving = leavings(report).map(
    ({ leaves, objects }) =>
      `${LEAVING_TITLES[leaves]} (${objects.length})\n${objects.map((object) => `  ${objectName(object)}\n`).join('')}`,
  );
  const footprint = footprintChangeText(report.footprint);
  const notes = report.notes.map((note) => `note: ${note}\n`).join('');
  return [
    `${titleText(report)}\n`,
    ...groups,
    ...leaving,
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

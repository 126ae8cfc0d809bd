// A comment on a pull request: a table of all that happens, then each object, folded.
import type { DiffReport, FieldDiff, ObjectDiff } from '../diff';
import { footprintChangeMarkdown } from '../formats/footprint';
import {
  FOOTPRINT,
  type Group,
  groupsOf,
  linesOf,
  objectName,
  originText,
  placeText,
  summaryText,
  titleText,
  valueText,
} from './words';

/** GitHub takes no comment of more characters. */
export const MOST_CHARACTERS = 65_536;

/** What is kept free for the last line, which says what was cut. */
const RESERVE = 400;

/** How many names a cell of the table has. */
const NAMES = 5;

/**
 * For a comment on a pull request, within what GitHub takes: details that do not fit are left out, those that matter
 * least first, and that is said.
 */
export function formatDiffMarkdown(report: DiffReport): string {
  const groups = groupsOf(report);
  const head = [
    `### ${plain(titleText(report))}\n`,
    `${summaryText(report)}\n`,
    table(groups),
    footprint(report),
    notes(report),
  ];
  let text = head.filter(Boolean).join('\n');
  let cut = 0;
  for (const { title, objects } of groups) {
    const [open, close] = [`\n<details><summary>${title} (${objects.length})</summary>\n\n`, '\n</details>\n'];
    let inside = '';
    for (const entry of objects.map(entryOf)) {
      const length = text.length + open.length + inside.length + entry.length + close.length;
      if (length > MOST_CHARACTERS - RESERVE) cut++;
      else inside += entry;
    }
    if (inside !== '') text += `${open}${inside}${close}`;
  }
  return cut === 0 ? text : `${text}\n${cut} more do not fit into a comment: \`npx podwright diff\` shows them.\n`;
}

function table(groups: readonly Group[]): string {
  if (groups.length === 0) return '';
  const rows = groups.map(({ title, objects }) => `| ${title} | ${objects.length} | ${names(objects)} |\n`);
  return `| effect | objects | |\n|---|--:|---|\n${rows.join('')}`;
}

/** Amounts and names of namespaces: nothing in them is markup. */
function footprint({ footprint: changes }: DiffReport): string {
  return changes.length === 0 ? '' : `**${FOOTPRINT}**\n\n${footprintChangeMarkdown(changes)}`;
}

function names(objects: readonly ObjectDiff[]): string {
  const some = objects.slice(0, NAMES).map((object) => code(objectName(object)));
  return [...some, ...(objects.length > NAMES ? [`${objects.length - NAMES} more`] : [])].join(', ');
}

function notes({ notes: all }: DiffReport): string {
  return all.map((note) => `> ${plain(note)}\n`).join('>\n');
}

function entryOf(object: ObjectDiff): string {
  const outcomes = linesOf(object)
    .map((line) => `  ${plain(line)}\n`)
    .join('  <br>\n');
  const lines = object.fields.flatMap(fieldLines);
  const head = `- **${plain(objectName(object))}** ${code(originText(object))}`;
  return `${head}${outcomes === '' ? '' : '\\'}\n${outcomes}${fence(lines)}`;
}

function fieldLines({ name, before, after, source }: FieldDiff): string[] {
  return [
    `@@ ${name}${source ? ` ${placeText(source)}` : ''} @@`,
    ...(before === undefined ? [] : [`- ${valueText(before)}`]),
    ...(after === undefined ? [] : [`+ ${valueText(after)}`]),
  ];
}

/** Lines as a block that nothing in them ends. */
function fence(lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map(({ length }) => length)));
  const fence = '`'.repeat(longest + 1);
  return `\n${[`${fence}diff`, ...lines, fence].map((line) => `  ${line}\n`).join('')}`;
}

/** Text of manifests as code; in a table too. */
function code(text: string): string {
  if (text === '') return '';
  const line = text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}

/** Text of manifests that is neither markup nor a mention of a person. */
function plain(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_{}[\]#|~]/g, '\\$&')
    .replaceAll('@', '@\u200b')
    .replaceAll(/\s+/g, ' ');
}

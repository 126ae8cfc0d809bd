// A page that needs nothing but itself: no script, no font, no image of elsewhere.
import type { DiffReport, FieldDiff, ObjectDiff } from '../diff';
import { escapeHtml } from '../escape-html';
import { changeTable } from '../formats/footprint';
import {
  FOOTPRINT,
  groupsOf,
  linesOf,
  objectName,
  originText,
  placeText,
  summaryText,
  titleText,
  valueText,
} from './words';

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; } td, th { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
td.number { text-align: right; }
code, del, ins { font: 13px ui-monospace, monospace; overflow-wrap: anywhere; }
del, ins { text-decoration: none; display: block; padding: 0 .4rem; white-space: pre-wrap; }
del { background: light-dark(#ffebe9, #4b1d1b); } ins { background: light-dark(#dafbe1, #12361f); }
del::before { content: '- '; } ins::before { content: '+ '; }
details { border-left: 3px solid light-dark(#d0d7de, #3d444d); padding-left: .8rem; margin: .6rem 0; }
summary { cursor: pointer; } .place { opacity: .75; }
`;

/** One page to keep or to publish. */
export function formatDiffHtml(report: DiffReport): string {
  const groups = groupsOf(report);
  const rows = groups.map(
    ({ heading, title, objects }) =>
      `<tr><td><a href="#${heading}">${title}</a></td><td class="number">${objects.length}</td></tr>\n`,
  );
  const sections = groups.map(
    ({ heading, title, objects }) => `<h2 id="${heading}">${title}</h2>\n${objects.map(objectHtml).join('')}`,
  );
  const notes = report.notes.map((note) => `<p>${escapeHtml(note)}</p>\n`);
  const title = escapeHtml(titleText(report));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${title}</h1>
<p>${escapeHtml(summaryText(report))}</p>
${notes.join('')}<table>
<tr><th>effect</th><th>objects</th></tr>
${rows.join('')}</table>
${footprint(report)}${sections.join('')}</body>
</html>
`;
}

function footprint({ footprint: changes }: DiffReport): string {
  if (changes.length === 0) return '';
  const [heads = [], ...rows] = changeTable(changes);
  const row = (tag: string) => (cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>\n`;
  return `<h2 id="footprint">${FOOTPRINT}</h2>\n<table>\n${row('th')(heads)}${rows.map(row('td')).join('')}</table>\n`;
}

function objectHtml(object: ObjectDiff): string {
  const place = `<code class="place">${escapeHtml(originText(object))}</code>`;
  const outcomes = linesOf(object)
    .map((line) => `<p>${escapeHtml(line)}</p>\n`)
    .join('');
  return `<details open><summary><b>${escapeHtml(objectName(object))}</b> ${place}</summary>\n${outcomes}${object.fields
    .map(fieldHtml)
    .join('')}</details>\n`;
}

function fieldHtml({ name, before, after, source }: FieldDiff): string {
  const place = source ? ` <span class="place">${escapeHtml(placeText(source))}</span>` : '';
  const old = before === undefined ? '' : `<del>${escapeHtml(valueText(before))}</del>`;
  const now = after === undefined ? '' : `<ins>${escapeHtml(valueText(after))}</ins>`;
  return `<div><code>${escapeHtml(name)}${place}</code>${old}${now}</div>\n`;
}

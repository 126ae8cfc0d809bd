// JUnit's XML, as CI servers read it: a suite a file, a case a rule that found something at an object.
import { counts } from '../finding';
import type { CheckReport, LocatedFinding } from '../located';
import { formatFinding, formatIdentity } from '../text';

/** For CI servers: errors are failures; what is less is said beside a case that passes. */
export function formatJunit({ findings }: CheckReport): string {
  const files = new Map<string, LocatedFinding[]>();
  for (const finding of findings) files.set(finding.file, [...(files.get(finding.file) ?? []), finding]);
  const failures = (list: readonly LocatedFinding[]) =>
    list.filter((finding) => finding.severity === 'error' && counts(finding)).length;
  const figures = (list: readonly LocatedFinding[]) => `tests="${list.length}" failures="${failures(list)}" errors="0"`;
  const suites = [...files].map(
    ([file, list]) =>
      `  <testsuite name="${escapeXml(file)}" ${figures(list)}>\n${list.map(testcase).join('')}  </testsuite>\n`,
  );
  const head = `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="podwright check" ${figures(findings)}>\n`;
  return `${head}${suites.join('')}</testsuites>\n`;
}

function testcase(finding: LocatedFinding): string {
  const { ruleId, severity, object, pointer, file, line, message, suppressed } = finding;
  const name = [object && formatIdentity(object), pointer].filter(Boolean).join(' ') || file;
  const text = escapeXml(formatFinding(finding));
  const body = suppressed
    ? `<skipped message="${escapeXml(`${suppressed.reason} (${suppressed.owner}, until ${suppressed.expires})`)}"/>`
    : severity === 'error'
      ? `<failure type="${escapeXml(ruleId)}" message="${escapeXml(message)}">${text}</failure>`
      : `<system-out>${escapeXml(severity)}: ${text}</system-out>`;
  return `    <testcase classname="${escapeXml(ruleId)}" name="${escapeXml(name)}" file="${escapeXml(file)}" line="${line}">${body}</testcase>\n`;
}

function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write these
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll('\n', '&#10;')
      .replaceAll('\r', '&#13;')
      .replaceAll('\t', '&#9;')
  );
}

import { counts, type Finding, type ObjectIdentity } from './finding';

/**
 * A finding in one line: `<file:line> <construct path>: <pointer>: <what is wrong>. <fix>`. A part that is not known
 * is left out; an object that no construct made is named by its kind, namespace and name.
 */
export function formatFinding(finding: Finding): string {
  const { source, constructPath, object, pointer, message, fix } = finding;
  const place = source && `${source.file}:${source.line}`;
  const subject = constructPath || (object && formatIdentity(object));
  const where = [place, subject].filter(Boolean).join(' ');
  const what = [where, pointer, message].filter(Boolean).join(': ');
  return fix ? `${what}. ${fix}` : what;
}

/** What the API server calls an object: `Pod team-a/counter`, or `Namespace team-a` where it has no namespace. */
export function formatIdentity({ kind, namespace, name }: ObjectIdentity): string {
  return visible(`${kind} ${namespace ? `${namespace}/` : ''}${name}`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what they are looked for with
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** What a terminal would obey rather than show, or shows in another order, is written as JSON writes it. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Findings for a terminal, one a line: severity first, the rule's id last, since an exception names it. Those for which
 * an exception holds are left out.
 *
 * @returns the empty string when there are none; else text that ends in a line break.
 */
export function formatFindings(findings: readonly Finding[]): string {
  return findings
    .filter(counts)
    .map((finding) => `${finding.severity}: ${formatFinding(finding)} [${finding.ruleId}]\n`)
    .join('');
}

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
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
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

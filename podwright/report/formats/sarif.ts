// SARIF 2.1.0, within what GitHub's code scanning takes of it.
// Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0, https://docs.github.com/code-security/reference/code-scanning/sarif-support-for-code-scanning
import { createHash } from 'node:crypto';
import type { CheckReport, LocatedFinding } from '../located';
import { formatIdentity } from '../text';

/** GitHub refuses a run of more, and shows the first 5,000. */
const MOST_RESULTS = 25_000;

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/**
 * For code scanning.
 * @param version that of the toolkit
 */
export function formatSarif({ findings, describe }: CheckReport, version: string): string {
  // Errors first, so that none of them is what a limit cuts off.
  const kept = [...findings].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_RESULTS);
  const ids = [...new Set(kept.map(({ ruleId }) => ruleId))].sort();
  const rules = ids.map((id) => {
    const text = describe?.(id);
    return { id, name: id, shortDescription: { text: text ? `finds ${text}` : id } };
  });
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const seen = new Map<string, number>();
  const results = kept.map((finding) => {
    const { ruleId, severity, file, line, column, suppressed } = finding;
    return {
      ruleId,
      ruleIndex: indexes.get(ruleId),
      level: LEVELS[severity],
      message: { text: textOf(finding) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: file === '-' ? 'stdin' : file.split('/').map(encodeURIComponent).join('/') },
            region: { startLine: line, startColumn: column },
          },
        },
      ],
      ...(suppressed && {
        suppressions: [
          {
            kind: 'inSource',
            status: 'accepted',
            justification: `${suppressed.reason} (${suppressed.owner}, until ${suppressed.expires})`,
          },
        ],
      }),
      partialFingerprints: { 'podwright/v1': fingerprint(finding, seen) },
    };
  });
  const driver = { name: 'podwright', version, rules };
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function rank({ severity }: LocatedFinding): number {
  return ['error', 'warning', 'info'].indexOf(severity);
}

function textOf({ object, pointer, message, fix }: LocatedFinding): string {
  const what = [object && formatIdentity(object), pointer, message].filter(Boolean).join(': ');
  return fix ? `${what}. ${fix}` : what;
}

/** What a finding is known by from one run to the next: not its line, which what stands above it moves. */
function fingerprint({ ruleId, file, object, pointer }: LocatedFinding, seen: Map<string, number>): string {
  const text = JSON.stringify([ruleId, file, object && [object.kind, object.namespace, object.name], pointer]);
  const count = seen.get(text) ?? 0;
  seen.set(text, count + 1);
  return createHash('sha256').update(`${text}${count}`).digest('hex').slice(0, 32);
}

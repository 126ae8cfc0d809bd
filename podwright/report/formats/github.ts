// Commands in the log of a GitHub workflow, which shows them beside the lines that they are about.
// Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
import { counts } from '../finding';
import type { CheckReport, LocatedFinding } from '../located';
import { formatIdentity } from '../text';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** For the log of a GitHub workflow. */
export function formatGithub({ findings }: CheckReport): string {
  return findings.filter(counts).map(command).join('');
}

function command({ severity, ruleId, file, line, column, object, pointer, message, fix }: LocatedFinding): string {
  const properties = Object.entries({ ...(file !== '-' && { file, line, col: column }), title: ruleId })
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
    .join(',');
  const what = [object && formatIdentity(object), pointer, message].filter(Boolean).join(': ');
  return `::${COMMANDS[severity]} ${properties}::${escapeData(fix ? `${what}. ${fix}` : what)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

import { counts, type Finding } from './finding';
import { formatFinding } from './text';

const FINDINGS_ERROR = Symbol.for('podwright.FindingsError');

/**
 * Everything that is wrong with a program, thrown once: the findings are data, the message is their text.
 *
 * It is recognised by a symbol and not by `instanceof`, which fails where two copies of the package are loaded.
 */
export class FindingsError extends Error {
  /** Whether `error` is one, made by this copy of the package or by another. */
  static isFindingsError(error: unknown): error is FindingsError {
    return typeof error === 'object' && error !== null && FINDINGS_ERROR in error;
  }

  /** What was found, sorted as it is to be read. */
  readonly findings: readonly Finding[];

  /** @param findings one or more; a message without a finding would say nothing. */
  constructor(findings: readonly Finding[], options?: ErrorOptions) {
    super(text(findings), options);
    this.name = 'FindingsError';
    this.findings = findings;
    Object.defineProperty(this, FINDINGS_ERROR, { value: true });
  }
}

function text(all: readonly Finding[]): string {
  const findings = all.filter(counts);
  const [first] = findings;
  if (first && findings.length === 1) return formatFinding(first);
  return `${findings.length} findings:\n${findings.map((finding) => `  ${formatFinding(finding)}`).join('\n')}`;
}

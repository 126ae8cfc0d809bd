// Exceptions from rules, in code: beside what they are for, with who answers for them and until when.
import type { IConstruct } from 'constructs';
import type { Finding, Suppression } from '../report/finding';
import type { Rule } from '../rules/rule';
import { shownPath } from './tree';

/** An exception from a rule. */
export interface Exception extends Suppression {
  /** The rule's id: `pod-security/host-ports`. */
  readonly rule: string;
}

const EXCEPTIONS = new WeakMap<IConstruct, Exception[]>();

/**
 * Makes an exception from a rule for a construct and all that is in it: what the rule finds there stops nothing and is
 * not printed; reports have it as suppressed. An exception that is expired, or for which nothing is found, is a finding
 * itself.
 *
 * @example
 * except(agent, {
 *   rule: 'pod-security/host-namespaces',
 *   reason: 'it measures the network of the node',
 *   owner: 'team-observability',
 *   expires: '2027-06-30',
 * });
 * @throws when the exception names no rule, gives no reason or owner, or expires at no date
 */
export function except(scope: IConstruct, exception: Exception): void {
  const fail = (field: keyof Exception, expected: string) => {
    const got = JSON.stringify(exception[field]);
    throw new Error(`${scope.node.path}: exception: ${field} is ${got}; expected ${expected}`);
  };
  const { rule, reason, owner, expires } = exception;
  if (!/^[\w-]+\/[\w-]+$/.test(String(rule))) fail('rule', "a rule's id, as in pod-security/host-ports");
  if (!String(reason ?? '').trim()) fail('reason', 'why the rule does not hold here');
  if (!String(owner ?? '').trim()) fail('owner', 'who answers for it');
  if (!isDate(String(expires))) fail('expires', 'the last day of the exception, as in 2027-06-30');
  EXCEPTIONS.set(scope, [...(EXCEPTIONS.get(scope) ?? []), exception]);
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The exceptions of a program, applied to what is found in it. */
export class Exceptions {
  private readonly used = new Set<Exception>();
  private readonly today = new Date().toISOString().slice(0, 10);

  /** The exception that holds for a finding at a construct: its own, or that of what it is in. */
  of(finding: Finding, construct: IConstruct): Suppression | undefined {
    for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
      for (const exception of EXCEPTIONS.get(scope) ?? []) {
        if (exception.rule !== finding.ruleId) continue;
        this.used.add(exception);
        if (exception.expires < this.today) continue;
        const { reason, owner, expires } = exception;
        return { reason, owner, expires };
      }
    }
    return undefined;
  }

  /** The exceptions that hold for a construct today, by rule; undefined where there are none. */
  at(construct: IConstruct): Record<string, Suppression> | undefined {
    let found: Record<string, Suppression> | undefined;
    for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
      for (const { rule, reason, owner, expires } of EXCEPTIONS.get(scope) ?? []) {
        if (expires >= this.today) found = { [rule]: { reason, owner, expires }, ...found };
      }
    }
    return found;
  }

  /** What is wrong with the exceptions of some constructs, once all findings have been asked for. */
  faults(constructs: readonly IConstruct[], own?: readonly Rule[]): Finding[] {
    return constructs.flatMap((construct) =>
      (EXCEPTIONS.get(construct) ?? []).flatMap((exception) => this.fault(exception, construct, own) ?? []),
    );
  }

  private fault(exception: Exception, construct: IConstruct, own?: readonly Rule[]): Finding | undefined {
    const { rule, owner, expires } = exception;
    const said = { severity: 'warning', pointer: '', constructPath: shownPath(construct) } as const;
    if (!this.used.has(exception)) {
      const { unknownRule } = require('../rules/known') as typeof import('../rules/known');
      const message = unknownRule(rule, own) ?? `the exception from ${rule} is not needed: the rule finds nothing here`;
      return { ...said, ruleId: 'synth/exception-unused', message, fix: 'take it out' };
    }
    if (expires >= this.today) return undefined;
    const message = `the exception from ${rule} was until ${expires}; ${owner} answers for it`;
    return {
      ...said,
      ruleId: 'synth/exception-expired',
      message,
      fix: 'mend what the rule finds, or give it a new date',
    };
  }
}

// Tolerations, gates and names of a Pod's scheduling. Source: pkg/apis/core/validation ValidateTolerations.
import { each, form, object } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsSubdomain, labelValue, qualifiedName } from '../values/names';
import { ip } from './addresses';
import { labelKey } from './labels';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** A toleration of a node's taint. */
export const toleration: Check = object('api/toleration', { key: labelKey }, (value: Any, at: Cursor) => {
  const { key = '', operator = '', effect = '' } = value;
  const text = value.value ?? '';
  if (!key && operator !== 'Exists') {
    at.invalid(
      operator,
      'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      'operator',
    );
  }
  if ((value.tolerationSeconds ?? undefined) !== undefined && effect !== 'NoExecute') {
    at.invalid(effect, "effect must be 'NoExecute' when `tolerationSeconds` is set", 'effect');
  }
  if (operator === 'Equal' || !operator) {
    const problems = labelValue(text);
    if (problems) at.invalid(text, problems.join(';'), 'operator');
  } else if (operator === 'Exists') {
    if (text) at.invalid(text, "value must be empty when `operator` is 'Exists'", 'operator');
  } else at.notSupported(operator, ['Equal', 'Exists'], 'operator');
  if (effect && !EFFECTS.includes(effect)) at.notSupported(effect, EFFECTS, 'effect');
});

/** What must happen before a Pod is scheduled: names that are unique. */
export const schedulingGates: Check = (gates: Any, at: Cursor) => {
  const seen = new Set<string>();
  for (let i = 0; i < gates.length; i++) {
    const name = gates[i]?.name ?? '';
    for (const problem of qualifiedName(name) ?? []) at.invalid(name, problem, i).at('name');
    if (seen.has(name)) at.duplicate(name, i).at('name');
    seen.add(name);
  }
};

/** Conditions that make a Pod ready. */
export const readinessGates: Check = each((gate: Any, at: Cursor) =>
  at.enter('conditionType', form(qualifiedName), gate.conditionType ?? ''),
);

const hostNames = each(form(dnsSubdomain));

/** Lines of a Pod's /etc/hosts. */
export const hostAliases: Check = each((alias: Any, at: Cursor) => {
  at.enter('ip', ip, alias.ip ?? '');
  if (alias.hostnames)
    at.enter(
      'hostnames',
      hostNames,
      alias.hostnames.map((name: Any) => name ?? ''),
    );
});

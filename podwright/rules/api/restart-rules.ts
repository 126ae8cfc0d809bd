// When a container is started again. Source: pkg/apis/core/validation validateContainerRestartPolicy.

import { since, until } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';

const POLICIES = ['Always', 'Never', 'OnFailure'];
const OPERATORS = ['In', 'NotIn'];

const action: Check = (rule: Any, at: Cursor) => {
  if (rule.action !== 'Restart') at.notSupported(rule.action ?? '', ['Restart'], 'action');
};
const newAction: Check = (rule: Any, at: Cursor) => {
  if (rule.action !== 'Restart' && rule.action !== 'RestartAllContainers') {
    at.notSupported(rule.action ?? '', ['Restart', 'RestartAllContainers'], 'action');
  }
};
const actions = [until('1.36', action), since('1.36', newAction)];

/** restartPolicy and restartPolicyRules of a container. */
export const restartPolicyRules: Check = (container: Any, at: Cursor) => {
  const policy = container.restartPolicy ?? undefined;
  const rules = container.restartPolicyRules ?? [];
  if (policy === undefined) {
    if (rules.length === 0) return;
    at.required('must specify restartPolicy when restart rules are used', 'restartPolicy');
  } else if (!POLICIES.includes(policy)) at.notSupported(policy, POLICIES, 'restartPolicy');
  if (rules.length > 20) at.tooLong(20, 'restartPolicyRules');
  for (let i = 0; i < rules.length; i++) {
    const rule = rules[i] ?? {};
    at.path.push('restartPolicyRules', i);
    for (const check of actions) check(rule, at);
    const codes = rule.exitCodes;
    if (!codes) at.required('must be specified', 'exitCodes');
    else {
      if (!OPERATORS.includes(codes.operator))
        at.notSupported(codes.operator ?? '', OPERATORS, 'exitCodes', 'operator');
      if (codes.values?.length > 255) at.tooLong(255, 'exitCodes', 'values');
    }
    at.path.length -= 2;
  }
};

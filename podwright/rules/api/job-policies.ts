// When a Job fails or succeeds before all its Pods have. Source: pkg/apis/batch/validation validatePodFailurePolicy,
// validateSuccessPolicy.
import { before, form, nonNegative } from '../engine/checks';
import type { Any, Cursor } from '../engine/cursor';
import { byteLength, qualifiedName } from '../values/names';

const is = (value: Any) => value !== undefined && value !== null;
const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const OPERATORS = ['In', 'NotIn'];
const STATUSES = ['False', 'True', 'Unknown'];
const goList = (texts: readonly string[]) => `valid values: [${texts.map((text) => `"${text}"`).join(' ')}]`;

function onExitCodes(codes: Any, containers: ReadonlySet<string>, at: Cursor): void {
  const { operator = '', containerName } = codes;
  const values: Any[] = codes.values ?? [];
  if (!operator) at.required(goList(OPERATORS), 'operator');
  else if (!OPERATORS.includes(operator)) at.notSupported(operator, OPERATORS, 'operator');
  if (is(containerName) && !containers.has(containerName)) {
    const problem = 'must be one of the container or initContainer names in the pod template';
    at.invalid(containerName, problem, 'containerName');
  }
  if (values.length === 0) at.invalid(values, 'at least one value is required', 'values');
  else if (values.length > 255) at.tooMany(values.length, 255, 'values');
  const seen = new Set<number>();
  values.forEach((value, i) => {
    if (operator === 'In' && !value) at.invalid(0, 'must not be 0 for the In operator', 'values', i);
    if (seen.has(value ?? 0)) at.duplicate(value ?? 0, 'values', i);
    seen.add(value ?? 0);
  });
  if (values.some((value, i) => i > 0 && values[i - 1] > value)) at.invalid(values, 'must be ordered', 'values');
}

function onPodConditions(patterns: Any, at: Cursor): void {
  if (patterns.length > 20) at.tooMany(patterns.length, 20);
  patterns.forEach((pattern: Any, i: number) => {
    at.path.push(i);
    at.enter('type', form(qualifiedName), pattern?.type ?? '');
    const status = pattern?.status;
    // Later versions take 'True' for it, as all do in a Job.
    if (!status && at.root.kind === 'CronJob')
      at.within(before('1.34'), (_, at) => at.required(goList(STATUSES), 'status'), 0);
    if (status && !STATUSES.includes(status)) at.notSupported(status, STATUSES, 'status');
    at.path.pop();
  });
}

/** A Job's podFailurePolicy; the cursor stands on it. */
export function podFailurePolicy(spec: Any, at: Cursor): void {
  const rules: Any[] = spec.podFailurePolicy.rules ?? [];
  const pod = spec.template?.spec ?? {};
  const containers = new Set<string>();
  for (const container of [...(pod.containers ?? []), ...(pod.initContainers ?? [])]) containers.add(container?.name);
  if (rules.length > 20) at.tooMany(rules.length, 20, 'rules');
  rules.forEach((entry, i) => {
    const rule = entry ?? {};
    at.path.push('rules', i);
    if (!rule.action) at.required(goList(ACTIONS), 'action');
    else if (rule.action === 'FailIndex') {
      if (!is(spec.backoffLimitPerIndex)) {
        at.invalid(rule.action, 'requires the backoffLimitPerIndex to be set', 'action');
      }
    } else if (!ACTIONS.includes(rule.action)) at.notSupported(rule.action, ACTIONS, 'action');
    const conditions = rule.onPodConditions?.length > 0;
    if (rule.onExitCodes) at.enter('onExitCodes', (codes, at) => onExitCodes(codes, containers, at), rule.onExitCodes);
    if (conditions) at.enter('onPodConditions', onPodConditions, rule.onPodConditions);
    const both = 'specifying both OnExitCodes and OnPodConditions is not supported';
    const none = 'specifying one of OnExitCodes and OnPodConditions is required';
    if (rule.onExitCodes && conditions) at.report('FieldValueInvalid', `Invalid value: ${both}`, []);
    if (!rule.onExitCodes && !conditions) at.report('FieldValueInvalid', `Invalid value: ${none}`, []);
    at.path.length -= 2;
  });
}

/** How many indexes `1,3-5` names, or what is wrong with it. */
function countIndexes(text: string, completions: number): number | string {
  if (text === '') return 0;
  let last = -1;
  let total = 0;
  for (const part of text.split(',')) {
    const ends = part.split('-');
    if (ends.length > 2) {
      return `the fragment "${part}" violates the requirement that an index interval can have at most two parts separated by '-'`;
    }
    for (const end of ends) {
      if (!/^\+?\d+$/.test(end)) return `cannot convert string to integer for index: "${end}"`;
      if (Number(end) >= completions) return `too large index: "${end}"`;
    }
    const [from = 0, to = from] = ends.map(Number);
    if (ends.length === 2 && from >= to) return `non-increasing order, previous: ${from}, current: ${to}`;
    if (last >= from) return `non-increasing order, previous: ${last}, current: ${from}`;
    total += to - from + 1;
    last = to;
  }
  return total;
}

/** An Indexed Job's successPolicy; the cursor stands on it. */
export function successPolicy(spec: Any, at: Cursor): void {
  const rules: Any[] = spec.successPolicy.rules ?? [];
  const completions = spec.completions ?? 1;
  if (rules.length === 0)
    at.required('at least one rules must be specified when the successPolicy is specified', 'rules');
  if (rules.length > 20) at.tooMany(rules.length, 20, 'rules');
  rules.forEach((rule, i) => {
    const { succeededIndexes: indexes, succeededCount: count } = rule ?? {};
    at.path.push('rules', i);
    if (!is(indexes) && !is(count)) {
      at.required('at least one of succeededCount or succeededIndexes must be specified');
    }
    let named = 0;
    if (is(indexes)) {
      if (byteLength(indexes) > 65536) at.tooLong(65536, 'succeededIndexes');
      const result = countIndexes(indexes, completions);
      if (typeof result === 'string') {
        at.invalid(indexes, `error parsing succeededIndexes: ${result}`, 'succeededIndexes');
      } else named = result;
    }
    if (is(count)) {
      at.enter('succeededCount', nonNegative, count);
      const most = (number: number, what: string) =>
        count > number &&
        at.invalid(count, `must be less than or equal to ${number} (the number of ${what})`, 'succeededCount');
      most(completions, 'specified completions');
      if (is(indexes)) most(named, 'indexes in the specified succeededIndexes field');
    }
    at.path.length -= 2;
  });
}

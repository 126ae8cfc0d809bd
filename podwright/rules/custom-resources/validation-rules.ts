// `x-kubernetes-validations`: the rules in CEL that a schema has for its values.
// Source: k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go.
import { from } from '../engine/checks';
import { type Any, type Cursor, quote, type Step } from '../engine/cursor';
import type { Evaluate } from './cel/compile';
import type { Value } from './cel/values';
import type { Node } from './node';
import { type Compiled, cel, ITEMS, Tree, type ValidationRule } from './rule-tree';

/** Evaluates the rules of a whole object and of all that is in it. */
export function validationRules(object: Any, node: Node, at: Cursor): void {
  let tree = trees.get(node);
  if (tree === undefined) {
    tree = new Tree([node.schema]);
    trees.set(node, tree);
  }
  if (tree.hasRules) walk(object, node, tree, at, true);
}

const trees = new WeakMap<Node, Tree>();

function walk(value: Any, node: Node, tree: Tree, at: Cursor, root: boolean): void {
  const { rules } = tree;
  if (rules.length > 0) judgeAll(rules, value, node, at, root);
  if (typeof value !== 'object') return;
  if (Array.isArray(value)) {
    const { items } = node;
    const below = tree.at(ITEMS);
    for (let i = 0; below && items && i < value.length; i++) enter(value[i], i, items, below, at);
    return;
  }
  for (const key in value) {
    const below = tree.at(key);
    const child = below && node.at(key);
    if (child) enter(value[key], key, child, below, at);
  }
}

function enter(value: Any, step: Step, node: Node, tree: Tree, at: Cursor): void {
  if (value === null || value === undefined) return;
  at.path.push(step);
  walk(value, node, tree, at, node.embedded);
  at.path.pop();
}

function judgeAll(rules: readonly Compiled[], value: Any, node: Node, at: Cursor, root: boolean): void {
  const { CelError, dataValue } = cel();
  let self: Value;
  try {
    self = dataValue(value, node, root);
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    for (const { rule } of rules) evaluationFault(rule, error.message, node, at);
    return;
  }
  for (let i = 0; i < rules.length; i++) judge(rules[i] as Compiled, value, self, node, at);
}

function judge({ rule, evaluate, message }: Compiled, value: Any, self: Value, node: Node, at: Cursor): void {
  const { CelError, Optional } = cel();
  const frame = [self, Optional.none];
  try {
    if (evaluate(frame) === true) return;
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    evaluationFault(rule, error.message, node, at);
    return;
  }
  at.rule = 'api/validation-rule';
  failed(rule, (message && evaluated(message, frame)) ?? messageOf(rule), shownOf(value, node, at), at);
}

/** What the rule's own expression says of the fault; undefined where it does not say a line of text. */
function evaluated(message: Evaluate, frame: Value[]): string | undefined {
  try {
    const text = message(frame);
    const line = typeof text === 'string' ? text.trim() : '';
    return line === '' || line.includes('\n') || Buffer.byteLength(line) > 5 * 1024 ? undefined : line;
  } catch {
    return undefined;
  }
}

/** Older versions show the type of what a rule refuses, newer ones its value, unless that may be large. */
function shownOf(value: Any, { schema }: Node, at: Cursor): string {
  if ((at.versions & SHOWS_VALUES) === 0) return `: ${quote(schema.type ?? '')}`;
  return typeof value === 'object' ? '' : `: ${quote(value)}`;
}

const SHOWS_VALUES = from('1.35');

function failed(rule: ValidationRule, message: string, shown: string, at: Cursor): void {
  const steps = rule.fieldPath === undefined ? [] : stepsOf(rule.fieldPath);
  switch (rule.reason) {
    case 'FieldValueForbidden':
      at.forbidden(message, ...steps);
      return;
    case 'FieldValueRequired':
      at.required(message, ...steps);
      return;
    case 'FieldValueDuplicate':
      at.report('FieldValueDuplicate', `Duplicate value${shown}`, steps);
      return;
    default:
      at.report('FieldValueInvalid', `Invalid value${shown}: ${message}`, steps);
  }
}

function evaluationFault(rule: ValidationRule, error: string, node: Node, at: Cursor): void {
  at.rule = 'api/validation-rule';
  const text = (rule.message || rule.rule).trim();
  const what = error.startsWith('no such overload')
    ? `'${error}': call arguments did not match a supported operator, function or macro signature for rule: ${text}`
    : `${error} evaluating rule: ${text}`;
  at.invalid(node.schema.type ?? '', what);
}

function messageOf({ rule, message }: ValidationRule): string {
  return message ? message.trim() : `failed rule: ${rule.trim()}`;
}

/** A JSON path of fields and keys: `.spec.size`, `.labels['example.com/name']`. */
function stepsOf(path: string): string[] {
  return [...path.matchAll(/\.([^.[\]]+)|\['((?:[^'\\]|\\.)*)'\]/g)].map(
    ([, name, key]) => name ?? (key as string).replace(/\\(.)/g, '$1'),
  );
}

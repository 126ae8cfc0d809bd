// What the API server's own code made of expressions, recorded by scripts/record-custom-resources.mjs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Crd, CrdSchema } from '../../../../api/crds';
import { checkAll } from '../../../families';

const { properties, spec, expressions } = JSON.parse(
  readFileSync(join(__dirname, '..', '__fixtures__', 'expressions.json'), 'utf8'),
) as {
  properties: { readonly [name: string]: CrdSchema };
  spec: object;
  expressions: readonly (readonly [expression: string, outcome: string])[];
};

function crdWith(rule: object): Crd {
  const schema = {
    type: 'object',
    properties: { spec: { type: 'object', properties, 'x-kubernetes-validations': [rule] } },
  };
  return {
    group: 'example.com',
    kind: 'Queue',
    plural: 'queues',
    scope: 'Cluster',
    versions: [{ name: 'v1', storage: true, schema }],
  };
}

/** The outcome of a rule for the recorded spec: what is said, or that it is valid. */
function outcome(rule: object): string {
  const queue = { apiVersion: 'example.com/v1', kind: 'Queue', metadata: { name: 'a' }, spec };
  const found = checkAll([queue], { targets: ['1.34'], families: ['api'], crds: () => [crdWith(rule)] });
  return found.map(({ message }) => message).join(' | ') || 'valid';
}

/** A line is a rule, or after `text: ` the expression of a rule's message. */
function ruleOf(expression: string): object {
  return expression.startsWith('text: ')
    ? { rule: 'self.falsity', message: 'm', messageExpression: expression.slice('text: '.length) }
    : { rule: expression, message: 'm' };
}

test('says of recorded expressions what the API server said', () => {
  const found = expressions.map(([expression]) => [expression, outcome(ruleOf(expression))]);
  expect(found).toEqual(expressions);
});

test('passes rules about a change, which wait for one', () => {
  expect(outcome({ rule: 'self == oldSelf' })).toBe('valid');
  expect(outcome({ rule: 'self.int <= oldSelf.int', message: 'm' })).toBe('valid');
});

test('gives a rule whose old value is optional none of it', () => {
  expect(outcome({ rule: '!oldSelf.hasValue()', optionalOldSelf: true })).toBe('valid');
  expect(outcome({ rule: 'oldSelf.hasValue()', optionalOldSelf: true })).toBe(
    'Invalid value: "object": failed rule: oldSelf.hasValue()',
  );
});

test('names the reason and the field that a rule names', () => {
  const findings = (rule: object) =>
    checkAll([{ apiVersion: 'example.com/v1', kind: 'Queue', metadata: { name: 'a' }, spec }], {
      targets: ['1.34'],
      families: ['api'],
      crds: () => [crdWith({ rule: 'false', message: 'no', ...rule })],
    }).map(({ ruleId, reason, pointer, message }) => [ruleId, reason, pointer, message]);
  expect(findings({ reason: 'FieldValueForbidden', fieldPath: '.text' })).toEqual([
    ['api/validation-rule', 'FieldValueForbidden', '/spec/text', 'Forbidden: no'],
  ]);
  expect(findings({ reason: 'FieldValueRequired', fieldPath: ".map['x']" })).toEqual([
    ['api/validation-rule', 'FieldValueRequired', '/spec/map/x', 'Required value: no'],
  ]);
  expect(findings({ reason: 'FieldValueDuplicate' })).toEqual([
    ['api/validation-rule', 'FieldValueDuplicate', '/spec', 'Duplicate value: "object"'],
  ]);
});

test('leaves out a rule that is no expression, which no API server takes', () => {
  for (const rule of [
    'self.',
    '(',
    "'",
    'self.int ==',
    'nothing',
    'self.text.nope()',
    '"\\q"',
    'a'.repeat(9999),
    '('.repeat(999),
  ]) {
    expect(outcome({ rule })).toBe('valid');
  }
});

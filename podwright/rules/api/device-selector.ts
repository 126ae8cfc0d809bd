// Which devices fit, as an expression of CEL over one device. Source: k8s.io/dynamic-resource-allocation/cel.
import { before } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { byteLength } from '../values/names';

const MOST = 10 * 1024;

/** The fields of a device, of which each version knows some. */
const FIELDS = new Set(['driver', 'attributes', 'capacity']);
/** Known since its feature is on. */
const ALLOCATIONS = 'allowMultipleAllocations';

const cel = () => ({
  ...(require('../custom-resources/cel/compile') as typeof import('../custom-resources/cel/compile')),
  ...(require('../custom-resources/cel/parse') as typeof import('../custom-resources/cel/parse')),
});
type Ast = ReturnType<ReturnType<typeof cel>['parse']>;

/** A tree with another in the place of each of its parts. */
function mapped(ast: Ast, to: (part: Ast) => Ast): Ast {
  switch (ast.op) {
    case 'select':
      return { ...ast, of: to(ast.of) };
    case 'index':
      return { ...ast, of: to(ast.of), index: to(ast.index) };
    case 'call':
      return { ...ast, ...(ast.target && { target: to(ast.target) }), args: ast.args.map(to) };
    case 'list':
      return { ...ast, items: ast.items.map((item) => ({ ...item, value: to(item.value) })) };
    case 'map':
      return {
        ...ast,
        entries: ast.entries.map((entry) => ({ ...entry, key: to(entry.key), value: to(entry.value) })),
      };
    default:
      return ast;
  }
}

/** A tree without `cel.bind(name, value, expression)`: the value stands where its name did. */
function unbound(ast: Ast): Ast {
  const whole = mapped(ast, unbound);
  if (whole.op !== 'call' || whole.name !== 'bind' || whole.args.length !== 3) return whole;
  const [name, value, expression] = whole.args as [Ast, Ast, Ast];
  if (whole.target?.op !== 'name' || whole.target.name !== 'cel' || name.op !== 'name') return whole;
  const replaced = (part: Ast): Ast => (part.op === 'name' && part.name === name.name ? value : mapped(part, replaced));
  return replaced(expression);
}

/** The fields of the device that a tree selects. */
function fieldsOf(ast: Ast): string[] {
  const fields: string[] = [];
  const visit = (part: Ast): Ast => {
    if (part.op === 'select' && part.of.op === 'name' && part.of.name === 'device') fields.push(part.field);
    return mapped(part, visit);
  };
  visit(ast);
  return fields;
}

const NUMBERS = new Set([
  '+',
  '-',
  '*',
  '/',
  '%',
  'size',
  'int',
  'uint',
  'double',
  'string',
  'bytes',
  'quantity',
  'semver',
]);

/** Whether a tree can't be true or false. */
function isNoCondition(ast: Ast): boolean {
  if (ast.op === 'literal') return typeof ast.value !== 'boolean';
  if (ast.op === 'select') return ast.of.op === 'name' && ast.of.name === 'device' && ast.field !== ALLOCATIONS;
  return ast.op === 'name' || ast.op === 'list' || ast.op === 'map' || (ast.op === 'call' && NUMBERS.has(ast.name));
}

function problemOf(expression: string): { problem?: string; fields: string[] } {
  const { compiled, parse, Scope } = cel();
  try {
    const ast = unbound(parse(expression));
    compiled(ast, new Scope(new Map([['device', 0]])));
    const fields = fieldsOf(ast);
    const unknown = fields.find((field) => !FIELDS.has(field) && field !== ALLOCATIONS);
    if (unknown !== undefined) return { problem: `undefined field '${unknown}'`, fields };
    return isNoCondition(ast) ? { problem: 'must evaluate to bool', fields } : { fields };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: error.message, fields: [] };
  }
}

/** A device's selector. */
export const deviceSelector: Check = (value: Any, at: Cursor) => {
  if (!value.cel) {
    at.required('', 'cel');
    return;
  }
  const expression = value.cel.expression ?? '';
  if (byteLength(expression) > MOST) {
    at.tooLong(MOST, 'cel', 'expression');
    return;
  }
  const { problem, fields } = problemOf(expression);
  const refuse = (text: string) => at.invalid(expression, `compilation failed: ${text}`, 'cel', 'expression');
  if (problem !== undefined) refuse(problem);
  else if (fields.includes(ALLOCATIONS)) {
    at.within(before('1.36'), () => refuse(`undefined field '${ALLOCATIONS}'`), 0);
  }
};

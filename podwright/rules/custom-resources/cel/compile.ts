// Expressions of CEL as functions. Variables have their places in a frame, found when an expression is compiled: nothing
// is looked up by name when it is evaluated.
import { FUNCTIONS, METHODS } from './functions';
import { macro } from './macros';
import { OPERATORS, type Operator } from './operators';
import { type Ast, type Literal, parse } from './parse';
import { CelError, CelList, isMap, LiteralMap, noOverload, Optional, TypeValue, Uint, type Value } from './values';

/** The values of the variables, by their places. */
export type Frame = Value[];

/** Evaluates an expression; throws CelError where it has no value. */
export type Evaluate = (frame: Frame) => Value;

/** The variables that an expression may name, and their places. */
export class Scope {
  /** The variables that were named. */
  readonly used: Set<string>;

  constructor(
    private readonly places: ReadonlyMap<string, number>,
    used?: Set<string>,
  ) {
    this.used = used ?? new Set();
  }

  /** @throws SyntaxError for a name that is no variable */
  place(name: string): number | undefined {
    const place = this.places.get(name);
    if (place !== undefined) this.used.add(name);
    return place;
  }

  has(name: string): boolean {
    return this.places.has(name);
  }

  /** A scope with more variables; they take the next places. */
  with(...names: string[]): { scope: Scope; places: number[] } {
    const places = new Map(this.places);
    const next = Math.max(-1, ...places.values()) + 1;
    names.forEach((name, index) => {
      places.set(name, next + index);
    });
    return { scope: new Scope(places, this.used), places: names.map((_, index) => next + index) };
  }
}

/** An expression, ready to be evaluated. */
export interface Program {
  readonly evaluate: Evaluate;
  /** The variables that it names. */
  readonly used: ReadonlySet<string>;
}

/**
 * Compiles an expression.
 * @param variables the names of the variables; a frame has their values in this order
 * @throws SyntaxError for what is no expression, or names what there is not
 */
export function compile(source: string, variables: readonly string[]): Program {
  const scope = new Scope(new Map(variables.map((name, place) => [name, place])));
  const evaluate = compiled(parse(source), scope);
  return { evaluate, used: scope.used };
}

const TYPES = new Map(
  ['int', 'uint', 'double', 'bool', 'string', 'bytes', 'list', 'map', 'null_type', 'type', 'optional_type'].map(
    (name) => [name, new TypeValue(name)] as const,
  ),
);
const QUALIFIED_TYPES = new Map(
  [
    'google.protobuf.Timestamp',
    'google.protobuf.Duration',
    'net.IP',
    'net.CIDR',
    'kubernetes.Quantity',
    'kubernetes.URL',
  ].map((name) => [name, new TypeValue(name)] as const),
);

/** The function of a tree. */
export function compiled(ast: Ast, scope: Scope): Evaluate {
  switch (ast.op) {
    case 'literal': {
      const value = literal(ast.value);
      return () => value;
    }
    case 'name': {
      const place = scope.place(ast.name);
      if (place !== undefined) return (frame) => frame[place] as Value;
      const type = TYPES.get(ast.name);
      if (!type) throw new SyntaxError(`undeclared reference to '${ast.name}'`);
      return () => type;
    }
    case 'select':
      return select(ast, scope);
    case 'index': {
      const [of, index] = [compiled(ast.of, scope), compiled(ast.index, scope)];
      const optional = ast.optional || isOptional(ast.of);
      return optional ? (frame) => optionalAt(of(frame), index(frame)) : (frame) => itemAt(of(frame), index(frame));
    }
    case 'list':
      return list(ast, scope);
    case 'map':
      return map(ast, scope);
    case 'call':
      return call(ast, scope);
  }
}

function literal(value: Literal): Value {
  return typeof value === 'object' && value !== null && 'uint' in value ? new Uint(value.uint) : value;
}

/** Whether a tree selects in what may be absent: what is selected of it may be absent as well. */
function isOptional(ast: Ast): boolean {
  return (ast.op === 'select' || ast.op === 'index') && (ast.optional || isOptional(ast.of));
}

function select(ast: Ast & { op: 'select' }, scope: Scope): Evaluate {
  const name = qualified(ast);
  const type = name && QUALIFIED_TYPES.get(name);
  if (type) return () => type;
  const { field } = ast;
  const of = compiled(ast.of, scope);
  if (ast.optional || isOptional(ast.of)) return (frame) => optionalAt(of(frame), field);
  return (frame) => {
    const value = of(frame);
    if (!isMap(value)) return value instanceof Optional ? optionalAt(value, field) : fail(noOverload());
    return there(value.get(field), field);
  };
}

/** `a.b.c` as text; undefined for all else. */
export function qualified(ast: Ast): string | undefined {
  if (ast.op === 'name') return ast.name;
  const of = ast.op === 'select' && !ast.optional ? qualified(ast.of) : undefined;
  return of === undefined ? undefined : `${of}.${(ast as { field: string }).field}`;
}

function fail(error: CelError): never {
  throw error;
}

/** What was found at a key; null is a value like any other. */
function there(value: Value | undefined, key: Value): Value {
  if (value === undefined) throw new CelError(`no such key: ${shown(key)}`);
  return value;
}

function itemAt(of: Value, index: Value): Value {
  if (of instanceof CelList) {
    const place = position(index);
    const item = of.items[place];
    if (item === undefined) throw new CelError(`index out of bounds: ${place}`);
    return item;
  }
  if (isMap(of)) return there(of.get(index), index);
  if (of instanceof Optional) return optionalAt(of, index);
  throw noOverload();
}

function position(index: Value): number {
  if (typeof index === 'bigint') return Number(index);
  if (index instanceof Uint) return Number(index.value);
  if (typeof index === 'number' && Number.isInteger(index)) return index;
  throw noOverload();
}

function shown(value: Value): string {
  return value instanceof Uint ? String(value.value) : String(value);
}

function optionalAt(of: Value, index: Value): Value {
  const value = of instanceof Optional ? of.value : of;
  if (value === undefined) return Optional.none;
  const found =
    value instanceof CelList ? value.items[position(index)] : isMap(value) ? value.get(index) : fail(noOverload());
  return found === undefined ? Optional.none : new Optional(found);
}

function list(ast: Ast & { op: 'list' }, scope: Scope): Evaluate {
  const items = ast.items.map(({ value, optional }) => ({ evaluate: compiled(value, scope), optional }));
  return (frame) =>
    new CelList(
      items.flatMap(({ evaluate, optional }) => {
        const value = evaluate(frame);
        if (!optional) return [value];
        if (!(value instanceof Optional)) throw noOverload();
        return value.value === undefined ? [] : [value.value];
      }),
    );
}

function map(ast: Ast & { op: 'map' }, scope: Scope): Evaluate {
  const entries = ast.entries.map(({ key, value, optional }) => ({
    key: compiled(key, scope),
    value: compiled(value, scope),
    optional,
  }));
  return (frame) => {
    const made = new LiteralMap();
    for (const { key, value, optional } of entries) {
      const [name, given] = [key(frame), value(frame)];
      const found = optional ? (given instanceof Optional ? given.value : fail(noOverload())) : given;
      if (found === undefined) continue;
      if (made.get(name) !== undefined) throw new CelError(`Failed with repeated key: ${shown(name)}`);
      made.set(name, found);
    }
    return made;
  };
}

function call(ast: Ast & { op: 'call' }, scope: Scope): Evaluate {
  const { name, target, args } = ast;
  const expanded = macro(ast, scope);
  if (expanded) return expanded;
  if (target === undefined && Object.hasOwn(OPERATORS, name) && (args.length === 2 || name === '!' || name === 'neg')) {
    return operator(OPERATORS[name] as Operator, args, scope);
  }
  // `sets.contains(a, b)` is a function with a point in its name, unless there is a variable of that name.
  const space = target && qualified(target);
  const root = space?.split('.')[0];
  if (space !== undefined && root !== undefined && !scope.has(root)) {
    const spaced = `${space}.${name}`;
    if (Object.hasOwn(FUNCTIONS, spaced)) return applied(FUNCTIONS[spaced] as Call, args, scope);
  }
  const table = target === undefined ? FUNCTIONS : METHODS;
  if (!Object.hasOwn(table, name)) throw new SyntaxError(`undeclared reference to '${name}'`);
  return applied(table[name] as Call, target === undefined ? args : [target, ...args], scope);
}

type Call = (...args: Value[]) => Value;

function operator(operate: Operator, args: readonly Ast[], scope: Scope): Evaluate {
  const [left, right] = args.map((arg) => compiled(arg, scope)) as [Evaluate, Evaluate | undefined];
  if (right === undefined) return (frame) => operate(left(frame), null);
  return (frame) => operate(left(frame), right(frame));
}

function applied(apply: Call, args: readonly Ast[], scope: Scope): Evaluate {
  const [first, second, ...more] = args.map((arg) => compiled(arg, scope));
  if (first === undefined) return () => apply();
  if (second === undefined) return (frame) => apply(first(frame));
  if (more.length === 0) return (frame) => apply(first(frame), second(frame));
  return (frame) => apply(first(frame), second(frame), ...more.map((arg) => arg(frame)));
}

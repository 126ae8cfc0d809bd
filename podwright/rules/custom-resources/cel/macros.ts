// What evaluates its operands in its own way: the logical operators, has(), and the macros over lists and maps.
// Source: https://github.com/google/cel-go/blob/master/parser/macro.go, ext/comprehensions.go, ext/lists.go.
import { compiled, type Evaluate, type Frame, type Scope } from './compile';
import type { Ast } from './parse';
import { CelError, CelList, compare, isMap, LiteralMap, noOverload, Optional, type Value } from './values';

type Call = Ast & { op: 'call' };

/** The function of a macro; undefined for a call that is none. */
export function macro(ast: Call, scope: Scope): Evaluate | undefined {
  const { name, target, args } = ast;
  if (target === undefined) {
    if (name === '?:') return conditional(ast, scope);
    if (name === '||' || name === '&&') return logical(ast, scope, name === '||');
    return name === 'has' && args.length === 1 ? has(args[0] as Ast, scope) : undefined;
  }
  const own = Object.hasOwn(MACROS, name) ? MACROS[name] : undefined;
  return own?.(ast, scope);
}

function conditional({ args }: Call, scope: Scope): Evaluate {
  const [condition, then, otherwise] = args.map((arg) => compiled(arg, scope)) as [Evaluate, Evaluate, Evaluate];
  return (frame) => (bool(condition(frame)) ? then(frame) : otherwise(frame));
}

function bool(value: Value): boolean {
  if (typeof value !== 'boolean') throw noOverload();
  return value;
}

/** An operand that decides makes good for the other's error, on either side. */
function logical({ args }: Call, scope: Scope, decides: boolean): Evaluate {
  const [left, right] = args.map((arg) => compiled(arg, scope)) as [Evaluate, Evaluate];
  return (frame) => {
    try {
      if (bool(left(frame)) === decides) return decides;
    } catch (error) {
      if (decidesIn(right, frame, decides)) return decides;
      throw error;
    }
    return bool(right(frame));
  };
}

/** Whether an operand decides; its own error does not. */
function decidesIn(operand: Evaluate, frame: Frame, decides: boolean): boolean {
  try {
    return operand(frame) === decides;
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    return false;
  }
}

function has(ast: Ast, scope: Scope): Evaluate {
  if (ast.op !== 'select') throw new SyntaxError('invalid argument to has() macro');
  const of = compiled(ast.of, scope);
  const { field } = ast;
  return (frame) => {
    let value: Value | undefined = of(frame);
    if (value instanceof Optional) value = value.value;
    if (value === undefined) return false;
    if (!isMap(value)) throw noOverload();
    return value.get(field) !== undefined;
  };
}

/** What a loop does with each element: `false` ends it. */
type Step = (frame: Frame, key: Value, value: Value) => boolean | undefined;

/** Goes over a list's items or a map's keys; with two variables, over places and items, or keys and values. */
function loop(of: Value, two: boolean, frame: Frame, step: Step): void {
  if (of instanceof CelList) {
    for (let i = 0; i < of.items.length; i++) {
      const item = of.items[i] as Value;
      if (step(frame, two ? BigInt(i) : item, item) === false) return;
    }
  } else if (isMap(of)) {
    for (const key of of.keys()) if (step(frame, key, two ? (of.get(key) ?? null) : key) === false) return;
  } else throw noOverload();
}

interface Loop {
  readonly of: Evaluate;
  readonly two: boolean;
  /** Puts an element into the frame. */
  readonly bind: (frame: Frame, key: Value, value: Value) => void;
  /** The expressions over the element. */
  readonly parts: readonly Evaluate[];
}

/** @returns undefined where the call does not have the form of the macro */
function loopOf({ target, args }: Call, scope: Scope, variables: 1 | 2): Loop | undefined {
  const names = args.slice(0, variables).map((arg) => (arg.op === 'name' ? arg.name : undefined));
  if (args.length <= variables || names.includes(undefined)) return undefined;
  const { scope: inner, places } = scope.with(...(names as string[]));
  const [first, second] = places as [number, number | undefined];
  return {
    of: compiled(target as Ast, scope),
    two: variables === 2,
    bind: (frame, key, value) => {
      frame[first] = key;
      if (second !== undefined) frame[second] = value;
    },
    parts: args.slice(variables).map((arg) => compiled(arg, inner)),
  };
}

type Macro = (ast: Call, scope: Scope) => Evaluate | undefined;

/** One variable with `count` expressions, or two of them with as many. */
function over(count: readonly number[], make: (loop: Loop) => Evaluate): Macro {
  return (ast, scope) => {
    const variables = count.includes(ast.args.length - 1) && !count.includes(ast.args.length - 2) ? 1 : 2;
    const loop = count.includes(ast.args.length - variables) ? loopOf(ast, scope, variables) : undefined;
    return loop && make(loop);
  };
}

/** `all` and `exists`: an element that decides makes good for the errors of others. */
function quantifier(decides: boolean): Macro {
  return over([1], ({ of, two, bind, parts: [predicate] }) => (frame) => {
    let failed: CelError | undefined;
    let decided = false;
    loop(of(frame), two, frame, (_, key, value) => {
      bind(frame, key, value);
      try {
        decided = bool((predicate as Evaluate)(frame)) === decides;
      } catch (error) {
        if (!(error instanceof CelError)) throw error;
        failed ??= error;
      }
      return decided ? false : undefined;
    });
    if (!decided && failed) throw failed;
    return decided ? decides : !decides;
  });
}

const existsOne = over([1], ({ of, two, bind, parts: [predicate] }) => (frame) => {
  let count = 0;
  loop(of(frame), two, frame, (_, key, value) => {
    bind(frame, key, value);
    if (bool((predicate as Evaluate)(frame))) count++;
    return undefined;
  });
  return count === 1;
});

/** `map` and `transformList`: `(x, value)` or `(x, condition, value)`. */
function transform({ of, two, bind, parts }: Loop): Evaluate {
  const [condition, result] = parts.length === 2 ? parts : [undefined, parts[0]];
  return (frame) => {
    const items: Value[] = [];
    loop(of(frame), two, frame, (_, key, value) => {
      bind(frame, key, value);
      if (!condition || bool(condition(frame))) items.push((result as Evaluate)(frame));
      return undefined;
    });
    return new CelList(items);
  };
}

const filter: Macro = (ast, scope) => {
  const made = ast.args.length === 2 ? loopOf(ast, scope, 1) : undefined;
  if (!made) return undefined;
  const {
    of,
    bind,
    parts: [predicate],
  } = made;
  return (frame) => {
    const items: Value[] = [];
    loop(of(frame), false, frame, (_, key, value) => {
      bind(frame, key, value);
      if (bool((predicate as Evaluate)(frame))) items.push(key);
      return undefined;
    });
    return new CelList(items);
  };
};

function transformMap(entry: boolean): Macro {
  return (ast, scope) => {
    const made = ast.args.length === 3 || ast.args.length === 4 ? loopOf(ast, scope, 2) : undefined;
    if (!made) return undefined;
    const { of, bind, parts } = made;
    const [condition, result] = parts.length === 2 ? parts : [undefined, parts[0]];
    return (frame) => {
      const map = new LiteralMap();
      loop(of(frame), true, frame, (_, key, value) => {
        bind(frame, key, value);
        if (condition && !bool(condition(frame))) return undefined;
        const made = (result as Evaluate)(frame);
        if (!entry) map.set(key, made);
        else if (!isMap(made)) throw noOverload();
        else for (const name of made.keys()) insert(map, name, made.get(name) as Value);
        return undefined;
      });
      return map;
    };
  };
}

function insert(map: LiteralMap, key: Value, value: Value): void {
  if (map.get(key) !== undefined) throw new CelError(`insert failed: key ${String(key)} already exists`);
  map.set(key, value);
}

/** `optMap` and `optFlatMap`: what is there, changed. */
function optional(flat: boolean): Macro {
  return ({ target, args }, scope) => {
    const [name, part] = args;
    if (args.length !== 2 || name?.op !== 'name') return undefined;
    const { scope: inner, places } = scope.with(name.name);
    const [of, result] = [compiled(target as Ast, scope), compiled(part as Ast, inner)];
    return (frame) => {
      const given = of(frame);
      if (!(given instanceof Optional)) throw noOverload();
      if (given.value === undefined) return given;
      frame[places[0] as number] = given.value;
      const made = result(frame);
      return flat ? made : new Optional(made);
    };
  };
}

const sortBy: Macro = (ast, scope) => {
  const made = ast.args.length === 2 ? loopOf(ast, scope, 1) : undefined;
  if (!made) return undefined;
  const {
    of,
    bind,
    parts: [key],
  } = made;
  return (frame) => {
    const items: [Value, Value][] = [];
    loop(of(frame), false, frame, (_, item, value) => {
      bind(frame, item, value);
      items.push([(key as Evaluate)(frame), item]);
      return undefined;
    });
    return new CelList(items.sort(([a], [b]) => compare(a, b)).map(([, item]) => item));
  };
};

const MACROS: { readonly [name: string]: Macro } = {
  all: quantifier(false),
  exists: quantifier(true),
  exists_one: existsOne,
  existsOne,
  map: (ast, scope) => {
    const made = ast.args.length === 2 || ast.args.length === 3 ? loopOf(ast, scope, 1) : undefined;
    return made && transform(made);
  },
  filter,
  transformList: (ast, scope) => {
    const made = ast.args.length === 3 || ast.args.length === 4 ? loopOf(ast, scope, 2) : undefined;
    return made && transform(made);
  },
  transformMap: transformMap(false),
  transformMapEntry: transformMap(true),
  optMap: optional(false),
  optFlatMap: optional(true),
  sortBy,
};

// Objects that differ in a few values become instances of one class of the program's own.
import { definitionNames, definitionOf } from '../api/definitions';
import { NEWEST } from '../api/versions';
import { Call, Code, type Fields, isFields } from './code';
import { allComments, mapTree } from './comments';
import { grouped } from './groups';
import type { LinkedItem } from './link';
import { dashed, unique } from './names';
import { ownName, propName } from './shape-names';

/** How a chart says an item: the class, where it is imported from, and the props. */
export interface Instance {
  readonly className: string;
  readonly module: string;
  readonly props: Fields;
}

/** A class of the program's own. */
export interface OwnClass {
  readonly className: string;
  /** The name of its file in constructs/, without the extension. */
  readonly file: string;
  readonly base: { readonly className: string; readonly module: string };
  /** Its props with their types. */
  readonly props: readonly { readonly name: string; readonly type: 'string' | 'number' }[];
  /** What it passes to its base: values, and its props as variables. */
  readonly fields: Fields;
  readonly count: number;
}

/** The classes of a program, and the items that are said by them. */
export interface Shapes {
  readonly classes: readonly OwnClass[];
  readonly instances: ReadonlyMap<LinkedItem, Instance>;
}

/** Fewer objects than these are no pattern. */
const LEAST = 3;
/** A class with more props than these says less than the object itself. */
const MOST_PROPS = 8;
/** What is small is read faster where it is. */
const LEAST_LEAVES = 8;

interface Leaf {
  readonly steps: readonly (string | number)[];
  readonly value: string | number | Code;
}

/** Finds the shapes that several items of a program have. */
export function shapesOf(items: readonly LinkedItem[]): Shapes {
  const taken = new Set(items.map(({ item }) => item.className));
  const classes: OwnClass[] = [];
  const instances = new Map<LinkedItem, Instance>();
  for (const group of grouped(items.filter(isEligible), shapeKey).values()) {
    const found = group.length < LEAST ? undefined : classOf(group, taken);
    if (!found) continue;
    classes.push(found.own);
    for (const [index, linked] of group.entries()) {
      const { className, file } = found.own;
      const props = Object.fromEntries(found.values.map(([name, values]) => [name, values[index]]));
      instances.set(linked, { className, module: `../constructs/${file}`, props });
    }
  }
  return { classes, instances };
}

function isEligible({ item: { className, module }, props }: LinkedItem): boolean {
  const isBase = module === 'podwright' || module === 'podwright/k8s';
  return isBase && !/^(Team|KubeNamespace)$/.test(className) && allComments(props).length === 0;
}

/** The same text for items that differ in the values of leaves alone. */
function shapeKey({ item, props }: LinkedItem): string {
  return `${item.module} ${item.className} ${skeleton(props, '')}`;
}

function skeleton(value: unknown, field: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => skeleton(item, field)).join()}]`;
  if (isFields(value)) {
    return `{${Object.keys(value)
      .map((key) => `${JSON.stringify(key)}:${skeleton(value[key], key)}`)
      .join()}}`;
  }
  return isLeaf(value, field) ? typeof (value instanceof Code ? '' : value) : code(value);
}

/** A value that a prop can stand for: one of a fixed set would have a type of its own, as would a chart's namespace. */
function isLeaf(value: unknown, field: string): value is Leaf['value'] {
  if (value instanceof Code) return value.text !== 'this.namespace';
  return (typeof value === 'string' && !enums().has(field)) || typeof value === 'number';
}

function code(value: unknown): string {
  if (value instanceof Code) return value.text;
  return value instanceof Call ? JSON.stringify([value.callee, value.args]) : JSON.stringify(value);
}

let enumFields: Set<string> | undefined;

/** The names of fields whose values are of a fixed set, in any type. */
function enums(): Set<string> {
  if (enumFields) return enumFields;
  enumFields = new Set(['defaults', 'onChange', 'rollout', 'podSecurity', 'user', 'home']);
  for (const name of definitionNames(NEWEST)) {
    for (const [field, variants] of definitionOf(name)?.fields ?? []) {
      if (variants.some(({ schema }) => schema.enum ?? schema.items?.enum)) enumFields.add(field);
    }
  }
  return enumFields;
}

function leavesOf(props: Fields): Leaf[] {
  const leaves: Leaf[] = [];
  mapTree(props, (value, steps) => {
    const field = steps.findLast((step) => typeof step === 'string');
    if (!isFields(value) && !Array.isArray(value) && isLeaf(value, String(field)))
      leaves.push({ steps: [...steps], value });
    return value;
  });
  return leaves;
}

/** The class of a group, with the values of its props for each item; undefined where it would say no less. */
function classOf(
  group: readonly LinkedItem[],
  taken: Set<string>,
): { own: OwnClass; values: [string, Leaf['value'][]][] } | undefined {
  const [first] = group;
  const all = group.map(({ props }) => leavesOf(props));
  const leaves = all[0] ?? [];
  if (!first || leaves.length < LEAST_LEAVES) return undefined;
  const ids = code(group.map(({ item }) => item.id));
  const names = new Map<string, string>();
  const values: [string, Leaf['value'][]][] = [];
  const variables = new Map<string, Code>();
  const used = new Set<string>();
  for (const [index, { steps, value }] of leaves.entries()) {
    const own = all.map((each) => (each[index] as Leaf).value);
    // A variable is the chart's: it has to be passed on, even where all charts call it the same.
    if (!own.some((each) => each instanceof Code) && own.every((each) => each === value)) continue;
    const key = code(own.map((each) => (each instanceof Code ? each.text : each)));
    const known = key === ids ? 'id' : names.get(key);
    const name = known ?? unique(propName(first.props, steps), used, '');
    if (known === undefined) {
      names.set(key, name);
      values.push([name, own]);
    }
    variables.set(code(steps), new Code(name));
  }
  if (values.length > MOST_PROPS || values.length * 2 > leaves.length) return undefined;
  const fields = mapTree(first.props, (part, steps) => variables.get(code(steps)) ?? part) as Fields;
  const { className, module } = first.item;
  const name = unique(
    ownName(
      group.map(({ item }) => item.id),
      className,
    ),
    taken,
    '',
  );
  const props = values.map(([prop, [value]]) => ({
    name: prop,
    type: typeof value === 'number' ? ('number' as const) : ('string' as const),
  }));
  const file = dashed(name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-'));
  return {
    own: { className: name, file, base: { className, module }, props, fields, count: group.length },
    values,
  };
}

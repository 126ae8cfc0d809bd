// References between the objects of a chart become variables.
import { groupOf } from '../api/identity';
import { Code, type Fields } from './code';
import { mapTree } from './comments';
import type { Context } from './context';
import type { Item } from './item';
import { camel, isFree, unique } from './names';
import type { Any } from './path';
import { referenceAt } from './references';
import type { OutsideSecret } from './secrets';

/** An item whose references are variables. */
export interface LinkedItem {
  readonly item: Item;
  readonly props: Fields;
  /** The variable that others know it by. @default - nothing refers to it */
  readonly variable?: string;
}

/** The items of a chart with what they refer to. */
export interface LinkedChart {
  readonly context: Context;
  readonly items: readonly LinkedItem[];
  /** What each item refers to. */
  readonly used: ReadonlyMap<Item, ReadonlySet<Item>>;
  /** The variables of Secrets that are made outside. */
  readonly ways: ReadonlyMap<OutsideSecret, string>;
  /** The names of variables that are taken. */
  readonly taken: Set<string>;
}

/** Links the items of a chart. */
export function link(items: readonly Item[], context: Context, secrets: readonly OutsideSecret[]): LinkedChart {
  const taken = new Set<string>(Object.keys(context.labels).length > 0 ? ['labels'] : []);
  const made = new Map<string, { item: Item; accessor: string }>();
  for (const item of items) {
    for (const { object, accessor } of item.made) {
      if (accessor !== '') made.set(keyOf(object.kind, object.metadata), { item, accessor });
    }
  }
  const used = new Map<Item, Set<Item>>();
  const ways = new Map<OutsideSecret, string>();
  const names = new Map<Item, string>();
  const variableOf = (item: Item) => {
    const known = names.get(item) ?? unique(variableName(item), taken, '');
    names.set(item, known);
    return known;
  };
  const target = (item: Item, value: unknown, steps: readonly (string | number)[]): Code | undefined => {
    const reference = typeof value === 'string' ? referenceAt(item.props, steps) : undefined;
    if (!reference || typeof value !== 'string') return undefined;
    if (steps.at(-1) === 'namespace' && steps.at(-3) === 'subjects' && value === context.namespace)
      return OWN_NAMESPACE;
    const namespace = reference.namespace ?? item.made[0]?.object.metadata.namespace;
    const found = made.get(keyOf(reference.kind, { name: value, namespace }));
    if (found) {
      const object: Any = found.item.made.map((each) => each.object).find(({ kind }) => kind === reference.kind);
      const isGroup = reference.group === undefined || groupOf(object?.apiVersion) === reference.group;
      if (!isGroup || found.item === item || reaches(used, found.item, item)) return undefined;
      used.set(item, (used.get(item) ?? new Set()).add(found.item));
      return new Code(`${variableOf(found.item)}${found.accessor}`);
    }
    if (reference.kind !== 'Secret') return undefined;
    const secret = secrets.find((each) => each.name === value && (each.namespace ?? '') === (namespace ?? ''));
    if (!secret) return undefined;
    const variable = ways.get(secret) ?? unique(secretVariable(secret), taken, '');
    ways.set(secret, variable);
    return new Code(variable);
  };
  const linked = items.map((item) => ({
    item,
    props: mapTree(item.props, (value, steps) => target(item, value, steps) ?? value) as Fields,
  }));
  const named = linked.map((each): LinkedItem => {
    const variable = names.get(each.item);
    return { ...each, ...(variable !== undefined && { variable }) };
  });
  return { context, items: named, used, ways, taken };
}

/** The namespace of the chart that a construct is in. */
export const OWN_NAMESPACE = new Code('this.namespace');

/** Kinds whose objects live in no namespace. */
const CLUSTER = new Set(['Namespace', 'ClusterRole', 'PriorityClass', 'RuntimeClass', 'StorageClass', 'IngressClass']);

function keyOf(kind: string, { name, namespace }: { name?: string; namespace?: string }): string {
  return `${kind}/${CLUSTER.has(kind) ? '' : (namespace ?? '')}/${name}`;
}

/** Whether one item already comes after another, by what it refers to. */
function reaches(used: ReadonlyMap<Item, ReadonlySet<Item>>, from: Item, to: Item): boolean {
  const seen = new Set<Item>();
  const waiting = [from];
  for (let item = waiting.pop(); item; item = waiting.pop()) {
    if (item === to) return true;
    if (seen.has(item)) continue;
    seen.add(item);
    waiting.push(...(used.get(item) ?? []));
  }
  return false;
}

function variableName({ id, className }: Item): string {
  const name = camel(id);
  const kind = camel(className.replace(/^Kube/, ''));
  return isFree(name) ? name : isFree(`${kind}${pascalOf(name)}`) ? `${kind}${pascalOf(name)}` : kind;
}

function pascalOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function secretVariable({ name }: OutsideSecret): string {
  const variable = camel(/secret$/i.test(name) ? name : `${name}-secret`);
  return isFree(variable) ? variable : 'secretName';
}

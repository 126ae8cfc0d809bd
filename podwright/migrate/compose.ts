// From the items of a chart to its code, as data: variables in the place of names, shared values said once, each
// construct after those that it refers to.
import { groupOf } from '../api/identity';
import { sortBy } from '../synth/needs';
import { Call, Code, type Fields, isFields } from './code';
import { mapTree } from './comments';
import type { Context } from './context';
import type { Item } from './items';
import { camel, isFree, unique } from './names';
import type { Any } from './path';
import { withModes } from './readable';
import { referenceAt } from './references';
import type { OutsideSecret } from './secrets';
import { type Shared, sharedKey, sharedOf } from './shared';

/** A construct as a statement. */
export interface Statement {
  readonly item: Item;
  readonly props: Fields;
  /** The variable that others know it by. @default - nothing refers to it */
  readonly variable?: string;
}

/** A prop of a chart that has a default. */
export interface ChartProp {
  readonly variable: string;
  readonly value: string;
  /** What it is. @default - its name says it */
  readonly doc?: string;
}

/** What a chart's class says. */
export interface ComposedChart {
  readonly context: Context;
  readonly statements: readonly Statement[];
  readonly props: readonly ChartProp[];
  readonly constants: readonly Shared[];
}

/** Composes the items of a chart. */
export function compose(items: readonly Item[], context: Context, secrets: readonly OutsideSecret[]): ComposedChart {
  const taken = new Set<string>(Object.keys(context.labels).length > 0 ? ['labels'] : []);
  const made = new Map<string, { item: Item; accessor: string }>();
  for (const item of items) {
    for (const { object, accessor } of item.made) {
      if (accessor !== '') made.set(keyOf(object.kind, object.metadata), { item, accessor });
    }
  }
  const used = new Map<Item, Set<Item>>();
  const referred = new Set<Item>();
  const ways = new Map<OutsideSecret, string>();
  const names = new Map<Item, string>();
  const variableOf = (item: Item) => {
    const known = names.get(item) ?? unique(variableName(item), taken, '');
    names.set(item, known);
    return known;
  };

  const target = (item: Item, root: Any, value: unknown, steps: readonly (string | number)[]): Code | undefined => {
    if (typeof value !== 'string') return undefined;
    const reference = referenceAt(root, steps);
    if (!reference) return undefined;
    if (steps.at(-1) === 'namespace' && steps.at(-3) === 'subjects' && value === context.namespace) {
      return new Code('this.namespace');
    }
    const own = item.made[0]?.object.metadata.namespace;
    const namespace = reference.kind === 'Namespace' ? undefined : (reference.namespace ?? own);
    const found = CLUSTER.has(reference.kind)
      ? made.get(keyOf(reference.kind, { name: value }))
      : made.get(keyOf(reference.kind, { name: value, namespace }));
    if (found) {
      const [object] = found.item.made.map((each) => each.object).filter(({ kind }) => kind === reference.kind);
      const isGroup = reference.group === undefined || groupOf(object?.apiVersion) === reference.group;
      if (!isGroup || found.item === item || reaches(used, found.item, item)) return undefined;
      used.set(item, (used.get(item) ?? new Set()).add(found.item));
      referred.add(found.item);
      return new Code(`${variableOf(found.item)}${found.accessor}`);
    }
    if (reference.kind !== 'Secret') return undefined;
    const secret = secrets.find((each) => each.name === value && (each.namespace ?? '') === (namespace ?? ''));
    if (!secret) return undefined;
    const variable = ways.get(secret) ?? unique(secretVariable(secret), taken, '');
    ways.set(secret, variable);
    return new Code(variable);
  };

  const linked = items.map((item) => {
    const props = mapTree(item.props, (value, steps) => target(item, item.props, value, steps) ?? value) as Fields;
    return { ...item, props };
  });
  const shared = sharedOf(linked, taken);
  const usedShared = new Set<Shared>();
  const statements = linked.map((item, index) => {
    const props = mapTree(item.props, (value, steps) => {
      const key = sharedKey(steps.at(-1), value);
      const found = key === undefined ? undefined : shared.get(key);
      if (found) usedShared.add(found);
      return found ? new Code(found.variable) : value;
    }) as Fields;
    const original = items[index] as Item;
    const variable = referred.has(original) ? variableOf(original) : undefined;
    return {
      item: original,
      props: withModes(item.module === 'podwright' ? withEnvCalls(props) : props),
      ...(variable !== undefined && { variable }),
    };
  });
  const byItem = new Map(statements.map((statement) => [statement.item, statement]));
  const inOrder = sortBy(items, (item) => [...(used.get(item) ?? [])]);
  const all = [...shared.values()].filter((each) => usedShared.has(each));
  return {
    context,
    statements: inOrder.map((item) => byItem.get(item) as Statement),
    props: [
      ...all.filter(({ isProp }) => isProp).map(({ variable, value }) => ({ variable, value: value as string })),
      ...[...ways].map(([secret, variable]) => ({ variable, value: secret.name, doc: secretDoc(secret) })),
    ],
    constants: all.filter(({ isProp }) => !isProp),
  };
}

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

function secretDoc({ keys, type }: OutsideSecret): string {
  const kind = type === 'Opaque' ? 'A Secret' : `A Secret of type ${type}`;
  return `${kind} with ${keys.join(', ')}: it is made outside of this program.`;
}

/** Variables that come from a Secret or a ConfigMap, as `Env` says them. */
function withEnvCalls(props: Fields): Fields {
  return mapTree(props, (value, steps) => {
    if (steps.at(-2) !== 'env' || typeof steps.at(-1) !== 'string' || !isFields(value)) return value;
    const [[kind, source] = [], ...others] = Object.entries((value.valueFrom ?? {}) as Fields);
    const call = kind === 'secretKeyRef' ? 'fromSecret' : kind === 'configMapKeyRef' ? 'fromConfigMap' : undefined;
    if (call === undefined || others.length > 0 || Object.keys(value).length !== 1 || !isFields(source)) return value;
    const { name, key, ...options } = source;
    if (name === undefined || typeof key !== 'string') return value;
    const isLong = `${name instanceof Code ? name.text : name}${key}`.length > 60;
    return isLong ? value : new Call(`Env.${call}`, [name, key, ...(Object.keys(options).length > 0 ? [options] : [])]);
  }) as Fields;
}

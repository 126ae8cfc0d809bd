// The code of a chart, as data: what is shared is said once, each construct comes after those that it refers to.
import { sortBy } from '../synth/needs';
import { Call, Code, type Fields, isFields } from './code';
import { mapTree } from './comments';
import type { Context } from './context';
import type { Item } from './item';
import type { LinkedChart, LinkedItem } from './link';
import { withModes } from './readable';
import type { OutsideSecret } from './secrets';
import type { Instance } from './shapes';
import { type Shared, shareIn } from './shared';

/** A construct as a statement. */
export interface Statement {
  readonly item: Item;
  readonly className: string;
  readonly module: string;
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

/**
 * Composes a chart.
 *
 * @param instances what is said by a class of the program's own
 */
export function compose(chart: LinkedChart, instances: ReadonlyMap<LinkedItem, Instance>): ComposedChart {
  const { context, items, used, ways, taken } = chart;
  const own = items.map((linked) => ({ ...linked, ...(instances.get(linked) ?? ofItem(linked)) }));
  const { values, shared } = shareIn(
    own.map(({ props }) => props),
    taken,
  );
  const statements = new Map(
    own.map(({ item, className, module, variable }, index): [Item, Statement] => {
      const props = readable(values[index] as Fields, module);
      return [item, { item, className, module, props, ...(variable !== undefined && { variable }) }];
    }),
  );
  const inOrder = sortBy([...statements.keys()], (item) => [...(used.get(item) ?? [])]);
  return {
    context,
    statements: inOrder.map((item) => statements.get(item) as Statement),
    props: [
      ...shared.filter(({ isProp }) => isProp).map(({ variable, value }) => ({ variable, value: value as string })),
      ...[...ways].map(([secret, variable]) => ({ variable, value: secret.name, doc: secretDoc(secret) })),
    ],
    constants: shared.filter(({ isProp }) => !isProp),
  };
}

function ofItem({ item, props }: LinkedItem): Instance {
  return { className: item.className, module: item.module, props };
}

/** Props as a person would write them. */
export function readable(props: Fields, module: string): Fields {
  return withModes(module === 'podwright' ? withEnvCalls(props) : props);
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

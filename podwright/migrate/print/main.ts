// The program's main module: which charts there are.
import { addComments } from '../comments';
import { camel, isFree, unique } from '../names';
import type { OutsideSecret } from '../secrets';
import { Imports } from './module';
import { literal } from './text';
import { valueText } from './value';

/** A chart as main.ts makes it. */
export interface MainChart {
  readonly name: string;
  readonly className: string;
  readonly namespace?: string;
  /** The field that holds the construct of a namespace. @default - the chart makes none */
  readonly exposed?: { readonly variable: string; readonly namespace: string };
}

/** What the App of a program is told. */
export interface MainOptions {
  /** Secrets that are made outside of it. */
  readonly secrets: readonly OutsideSecret[];
  /** Whether what the rules refuse is reported, and keeps nothing from being written. */
  readonly isReport: boolean;
}

/** The text of main.ts. */
export function mainText(charts: readonly MainChart[], options: MainOptions): string {
  const imports = new Imports();
  imports.add('podwright', 'App');
  for (const { name, className } of charts) imports.add(`./charts/${name}`, className);
  const taken = new Set(['app']);
  const makers = charts.filter(({ exposed }) => exposed && users(charts, exposed.namespace).length > 0);
  const others = charts.filter((chart) => !makers.includes(chart));
  const names = new Map<string, string>();
  const lines: string[] = [];
  const several = new Set(charts.flatMap(({ namespace }) => namespace ?? [])).size > 1;
  const nameOf = (namespace: string) => {
    const own = several ? `${camel(namespace)}Namespace` : 'namespace';
    return unique(isFree(own) ? own : 'namespace', taken, '');
  };
  for (const chart of makers) {
    const { exposed } = chart;
    if (!exposed) continue;
    const variable = unique(exposed.variable, taken, '');
    const field = variable === exposed.variable ? variable : `${exposed.variable}: ${variable}`;
    lines.push(`const { ${field} } = ${made(chart, names)};`);
    names.set(exposed.namespace, `${variable}.name`);
  }
  for (const namespace of new Set(others.flatMap((chart) => chart.namespace ?? []))) {
    if (names.has(namespace) || users(charts, namespace).length < 2) continue;
    const name = nameOf(namespace);
    lines.push(`const ${name} = ${literal(namespace)};`);
    names.set(namespace, name);
  }
  for (const chart of others) lines.push(`${made(chart, names)};`);
  return `${imports.text()}\nconst app = new App(${appText(options)});\n\n${lines.join('\n')}\n\napp.synth();\n`;
}

function appText({ secrets, isReport }: MainOptions): string {
  const externals = secrets.map(({ name, namespace, keys }) => ({
    kind: 'Secret',
    name,
    ...(namespace !== undefined && { namespace }),
    keys,
  }));
  const fields = { ...(isReport && { rules: 'report' }), ...(externals.length > 0 && { externals }) };
  if (Object.keys(fields).length === 0) return '';
  if (externals.length > 0)
    addComments(fields, 'externals', ['Made outside of this program, which has none of their values.']);
  return valueText(fields, '', START, END);
}

const START = 'const app = new App('.length;
const END = ');'.length;

function users(charts: readonly MainChart[], namespace: string): MainChart[] {
  return charts.filter((chart) => chart.namespace === namespace && chart.exposed?.namespace !== namespace);
}

function made({ name, className, namespace }: MainChart, names: ReadonlyMap<string, string>): string {
  const variable = namespace === undefined ? undefined : names.get(namespace);
  const value = variable ?? (namespace === undefined ? undefined : literal(namespace));
  const props = value === undefined ? '' : value === 'namespace' ? ', { namespace }' : `, { namespace: ${value} }`;
  return `new ${className}(app, ${literal(name)}${props})`;
}

// The program's main module: which charts there are.
import { camel, isFree, unique } from '../names';
import { Imports } from './module';
import { literal } from './text';

/** A chart as main.ts makes it. */
export interface MainChart {
  readonly name: string;
  readonly className: string;
  readonly namespace?: string;
  /** The field that holds the construct of a namespace. @default - the chart makes none */
  readonly exposed?: { readonly variable: string; readonly namespace: string };
}

/** The text of main.ts. */
export function mainText(charts: readonly MainChart[], isReport: boolean): string {
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
  // What the API server would refuse was there before: it is reported, and keeps nothing from being written.
  const options = isReport ? "{ rules: 'report' }" : '';
  return `${imports.text()}\nconst app = new App(${options});\n\n${lines.join('\n')}\n\napp.synth();\n`;
}

function users(charts: readonly MainChart[], namespace: string): MainChart[] {
  return charts.filter((chart) => chart.namespace === namespace && chart.exposed?.namespace !== namespace);
}

function made({ name, className, namespace }: MainChart, names: ReadonlyMap<string, string>): string {
  const variable = namespace === undefined ? undefined : names.get(namespace);
  const value = variable ?? (namespace === undefined ? undefined : literal(namespace));
  const props = value === undefined ? '' : value === 'namespace' ? ', { namespace }' : `, { namespace: ${value} }`;
  return `new ${className}(app, ${literal(name)}${props})`;
}

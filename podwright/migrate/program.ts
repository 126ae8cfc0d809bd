// One program: its charts as classes, main.ts, the imports that it uses, and the proof.
import { basename } from 'node:path';
import { type ChartSources, chartsOf } from './charts';
import { compose, type Statement } from './compose';
import { type Context, contextOf } from './context';
import type { Item } from './item';
import { Items } from './items';
import type { Kinds } from './kinds';
import { link } from './link';
import { pascal } from './names';
import { type ChartModule, chartText } from './print/chart';
import { constructText } from './print/construct';
import { type MainChart, mainText } from './print/main';
import { type Outcome, proven } from './run-program';
import type { OutsideSecret } from './secrets';
import { shapesOf } from './shapes';
import type { Source } from './sources';

/** A program that was made; its files' texts are by path below the program's folder. */
export interface MigratedProgram extends Outcome {
  readonly charts: number;
  readonly objects: number;
  readonly items: readonly Item[];
}

/** What a program is made of. */
export interface ProgramParts {
  readonly sources: readonly Source[];
  readonly secrets: readonly OutsideSecret[];
  readonly kinds: Kinds;
  /** The texts of imports by their paths. */
  readonly imports: ReadonlyMap<string, string>;
  /** Whether imports that nothing uses are taken too. */
  readonly takesAll: boolean;
}

interface Composed {
  readonly name: string;
  readonly context: Context;
  readonly module: ChartModule;
}

/**
 * Makes a program.
 *
 * @param onFiles is told of its files before it is proven
 */
export function makeProgram(
  { sources, secrets, kinds, imports, takesAll }: ProgramParts,
  onFiles: (files: ReadonlyMap<string, string>) => void,
): MigratedProgram {
  const charts = chartsOf(sources);
  const teams = teamsOf(charts, kinds);
  const items: Item[] = [];
  const linked = charts.map((chart) => {
    const context = contextOf(chart.sources, kinds);
    const own = new Items({ context, teams }, kinds);
    own.addAll(chart.sources);
    items.push(...own.items);
    return { ...chart, items: own.items, linked: link(own.items, context, secrets) };
  });
  const { classes, instances } = shapesOf(linked.flatMap((chart) => chart.linked.items));
  const composed = linked.map((chart): Composed => {
    const { context } = chart.linked;
    const className = `${pascal(chart.name)}Chart`.replace(/^(?=\d)/, 'Chart');
    const module = { ...compose(chart.linked, instances), className, doc: docOf(chart.sources) };
    return { name: chart.name, context: usesNamespace(chart.items, kinds) ? context : { labels: {} }, module };
  });
  const files = new Map(classes.map((own): [string, string] => [`constructs/${own.file}.ts`, constructText(own)]));
  const mains: MainChart[] = [];
  for (const { name, context, module } of composed) {
    const { namespace } = context;
    const exposed = exposedBy(module, composed);
    files.set(`charts/${name}.ts`, chartText({ ...module, ...(exposed && { exposed }) }));
    mains.push({
      name,
      className: module.className,
      ...(namespace !== undefined && { namespace }),
      ...(exposed && { exposed: { variable: exposed.variable as string, namespace: exposed.item.id } }),
    });
  }
  const code = [...files.values()].join('\n');
  for (const [file, text] of imports) {
    const stem = file.replace(/^imports\/(.*?)(\.crds\.jsonl|\.ts)$/, '$1');
    if (takesAll || code.includes(`'../imports/${stem}'`)) files.set(file, text);
  }
  if (mains.length === 0) {
    // Definitions alone: what they are imported to, and no program.
    onFiles(files);
    const proof = { equal: 0, byDefaults: 0, differences: [] };
    return { files, charts: 0, objects: 0, items, proof, findings: [] };
  }
  files.set('main.ts', mainText(mains, { secrets, isReport: false }));
  onFiles(new Map(files));
  const expected = sources.map((source) => source.expected);
  return { charts: mains.length, objects: sources.length, items, ...proven(files, mains, secrets, expected) };
}

/** Whether a chart's namespace is any object's: what a Team makes is in its own. */
function usesNamespace(items: readonly Item[], kinds: Kinds): boolean {
  return items.some(
    ({ className, made }) => className !== 'Team' && made.some(({ object }) => kinds.takesNamespace(object)),
  );
}

/** The construct that makes a namespace which other charts are in: main.ts asks it for the name. */
function exposedBy({ statements }: ChartModule, charts: readonly Composed[]): Statement | undefined {
  const found = statements.find(({ item: { made, id }, variable }) => {
    const [first] = made;
    if (variable !== undefined || first?.object.kind !== 'Namespace' || first.object.metadata.name !== id) return false;
    return charts.some(({ context, module }) => context.namespace === id && module.statements !== statements);
  });
  if (!found) return undefined;
  return { ...found, variable: found.className === 'Team' ? 'team' : 'namespace' };
}

/** The namespaces that a Team makes: what is in them gets policies of it. */
function teamsOf(charts: readonly ChartSources[], kinds: Kinds): Set<string> {
  const names = charts.flatMap(({ sources }) => {
    if (!sources.some(({ object }) => object.kind === 'Namespace')) return [];
    const items = new Items({ context: contextOf(sources, kinds), teams: new Set() }, kinds);
    items.addAll(sources);
    return items.items.filter(({ className }) => className === 'Team').map(({ id }) => id);
  });
  return new Set(names);
}

/** A sentence on what a chart has. */
function docOf(sources: readonly Source[]): string {
  const counts = new Map<string, number>();
  for (const { object } of sources) counts.set(object.kind, (counts.get(object.kind) ?? 0) + 1);
  const words = [...counts].map(([kind, count]) => (count === 1 ? kind : `${kind} (${count})`));
  const files = [...new Set(sources.map(({ file }) => (file === '-' ? 'the standard input' : basename(file))))];
  return `${words.join(', ')}: from ${files.join(', ')}.`;
}

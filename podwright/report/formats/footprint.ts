// Footprints as tables.
import { isGpu } from '../../api/gpu';
import type { FootprintChange, NamespaceFootprint, ResourceAmounts, Taken } from '../footprint';
import { textTable } from '../table';
import { formatIdentity } from '../text';

/** The amounts that tables have, and what they are called there; GPUs and the like come between these and storage. */
const COLUMNS = new Map([
  ['pods', 'pods'],
  ['requests.cpu', 'CPU'],
  ['requests.memory', 'memory'],
]);
const STORAGE = ['requests.storage', 'storage'] as const;
const LIMITS = [
  ['limits.cpu', 'CPU limit'],
  ['limits.memory', 'memory limit'],
] as const;

/** A table, its first line the heads. */
type Table = readonly (readonly string[])[];

/** For a terminal: a line a namespace, and below it one for each workload. */
export function footprintText(namespaces: readonly NamespaceFootprint[]): string {
  return namespaces.length === 0 ? '' : `${textTable(footprintTable(namespaces, true))}${notes(namespaces).join('')}`;
}

/** As {@link footprintText}, without the workloads. */
export function footprintMarkdown(namespaces: readonly NamespaceFootprint[]): string {
  if (namespaces.length === 0) return '';
  const said = notes(namespaces).map((note) => `\n${note}`);
  return `${markdown(footprintTable(namespaces, false))}${said.join('')}`;
}

/** For a terminal: a line a namespace and resource of which it takes more or less. */
export function footprintChangeText(changes: readonly FootprintChange[]): string {
  return changes.length === 0 ? '' : textTable(changeTable(changes));
}

/** As {@link footprintChangeText}. */
export function footprintChangeMarkdown(changes: readonly FootprintChange[]): string {
  return changes.length === 0 ? '' : markdown(changeTable(changes));
}

/** The table of what changes, its first line the heads. */
export function changeTable(changes: readonly FootprintChange[]): Table {
  const names = namesIn(
    changes.flatMap(({ before, after }) => [before ?? NOTHING, after ?? NOTHING]),
    LIMITS,
  );
  const rows = changes.flatMap((change) =>
    [...names].flatMap(([name, title]) => {
      const [before, after] = [change.before, change.after].map((taken = NOTHING) => amountText(taken, name));
      return before === after ? [] : [[placeOf(change), title, before ?? '', after ?? '']];
    }),
  );
  return [['namespace', '', 'before', 'after'], ...rows];
}

const NOTHING: Taken = { always: {}, atMost: {} };

function footprintTable(namespaces: readonly NamespaceFootprint[], withWorkloads: boolean): Table {
  const names = namesIn(namespaces, []);
  const cells = (taken: Taken) => [...names.keys()].map((name) => amountText(taken, name));
  const rows = namespaces.flatMap((namespace) => [
    [placeOf(namespace), ...cells(namespace)],
    ...(withWorkloads ? namespace.workloads : []).map((workload) => {
      const { kind, name } = workload.object;
      return [`  ${formatIdentity({ apiVersion: '', kind, name })}`, ...cells(workload)];
    }),
  ]);
  return [['namespace', ...names.values()], ...rows];
}

/** What is taken, by what it is called: always these, and beside them what is there. */
function namesIn(all: readonly Taken[], more: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const known = new Set(all.flatMap(({ atMost, always }) => [...Object.keys(always), ...Object.keys(atMost)]));
  const devices = [...known].filter((name) => /^requests\..*\//.test(name)).sort();
  const titled = devices.map((name) => [name, name.slice('requests.'.length)] as const);
  const gpus = titled.map(([name, title]) => [name, isGpu(title) ? `GPU ${title}` : title] as const);
  return new Map([...COLUMNS, ...gpus, STORAGE, ...more.filter(([name]) => known.has(name))]);
}

function placeOf({ environment, namespace }: { readonly environment?: string; readonly namespace: string }): string {
  const name = namespace === '' ? '(none)' : namespace;
  return environment === undefined ? name : `${environment}: ${name}`;
}

/** `2`, or `2 to 5` where there may be more than always is. */
function amountText({ always, atMost }: Taken, name: string): string {
  const [least = '0', most = '0'] = [own(always, name), own(atMost, name)];
  return least === most ? least : `${least} to ${most}`;
}

function own(amounts: ResourceAmounts, name: string): string | undefined {
  return Object.hasOwn(amounts, name) ? amounts[name] : undefined;
}

/** What the figures leave out. */
function notes(namespaces: readonly NamespaceFootprint[]): string[] {
  return namespaces.flatMap(({ workloads, uncounted }) => [
    ...uncounted.map((object) => `${formatIdentity(object)} is not counted: its pods depend on the cluster\n`),
    ...workloads.flatMap(({ object, unbounded }) =>
      unbounded ? [`${formatIdentity(object)} may take more: ${unbounded}\n`] : [],
    ),
  ]);
}

function markdown([heads = [], ...rows]: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return [line(heads), `|${heads.map((_, at) => (at === 0 ? '---' : '--:')).join('|')}|\n`, ...rows.map(line)].join('');
}

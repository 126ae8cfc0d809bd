import { type ApiObject, type App, type Chart, Names, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { groupOf } from '../api/identity';
import { applyOrder, type Precedence } from './apply-order';
import { Environment } from './environment';
import { type Needs, sortBy } from './needs';

/** What of an object decides which file it is in, and where there. */
export interface Outline {
  readonly apiVersion: string;
  readonly kind: string;
  /** @default - it has none: the API server makes one, or there is no metadata */
  readonly name: string | undefined;
  /** '' for none. */
  readonly namespace: string;
  /** Of a Pod the names of its priority class, its runtime class and its service account. */
  readonly podNeeds?: readonly [unknown, unknown, unknown];
}

/** See {@link Outline}; of an object of whatever shape. */
// biome-ignore lint/suspicious/noExplicitAny: an object of any kind
export function outlineOf(value: any): Outline {
  const { apiVersion, kind, metadata, spec } = value;
  const { name, namespace = '' } = metadata ?? {};
  if (kind !== 'Pod' || !spec) return { apiVersion, kind, name, namespace };
  const podNeeds = [spec.priorityClassName, spec.runtimeClassName, spec.serviceAccountName] as const;
  return { apiVersion, kind, name, namespace, podNeeds };
}

/** The YAML documents of a chart's objects, one after the other, with {@link SEPARATOR} between them. */
export interface Documents {
  /** There when the last of them is written. */
  bytes: Uint8Array;
}

/** What is between two documents. */
export const SEPARATOR = '---\n';

/** One object: the construct that made it, and where its document is. */
export interface SynthesizedObject {
  readonly construct: ApiObject;
  readonly outline: Outline;
  readonly documents: Documents;
  /** From and to which byte. */
  readonly start: number;
  readonly end: number;
}

/** A chart with its objects, in their order, and the charts that it was asked to come after. */
export interface SynthesizedChart {
  readonly chart: Chart;
  readonly objects: readonly SynthesizedObject[];
  readonly after: readonly Chart[];
}

/** One file of dist. */
export interface Output {
  /** The path in dist, with '/' between its parts. */
  readonly path: string;
  /** The construct that the file is there for: the app, an environment, a chart or an object. */
  readonly owner: IConstruct;
  /** In the order in which the file has them; at least one. */
  readonly objects: readonly SynthesizedObject[];
}

/** The names of the environments that files are of, in their order. */
export function environmentsOf(outputs: readonly Output[]): string[] {
  return [...new Set(outputs.flatMap(({ owner }) => Environment.tryOf(owner)?.name ?? []))];
}

/** What a file holds: its objects' documents; no copy of them where they are those of a chart, in its order. */
export function contentOf({ objects }: Output): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let first = 0; first < objects.length; ) {
    let last = first;
    while (follows(objects[last], objects[last + 1])) last++;
    const { documents, start } = objects[first] as SynthesizedObject;
    if (first > 0) parts.push(Buffer.from(SEPARATOR));
    parts.push(documents.bytes.subarray(start, objects[last]?.end));
    first = last + 1;
  }
  return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
}

function follows(object?: SynthesizedObject, next?: SynthesizedObject): boolean {
  return object?.documents === next?.documents && next?.start === (object?.end ?? 0) + SEPARATOR.length;
}

/** The files of a program. */
export interface Outputs {
  /** Each after those that have what it needs. */
  readonly files: readonly Output[];
  /** Two files of which each needs the other first. */
  readonly impossible: readonly Precedence[];
}

/**
 * Divides the objects of an environment's charts, given in their order, into files, whose names are in an order by which
 * kubectl can apply them. A chart without objects has none.
 *
 * @param top the environment, or the app for the charts that are in none
 */
export function divide(
  app: App,
  top: IConstruct,
  charts: readonly SynthesizedChart[],
  needs: Needs<SynthesizedObject>,
): Outputs {
  const filled = charts.filter(({ objects }) => objects.length > 0);
  const files = filesOf(app, top, filled, needs);
  const fileOf = new Map<SynthesizedObject, Output>();
  for (const file of files) for (const object of file.objects) fileOf.set(object, file);

  const before = new Map<Output, Set<Output>>();
  const need = (file: Output | undefined, other: Output | undefined): void => {
    if (file && other && file !== other) before.set(file, (before.get(file) ?? new Set()).add(other));
  };
  for (const [object, file] of fileOf) for (const needed of needs.of(object)) need(file, fileOf.get(needed));
  if (app.yamlOutputType !== YamlOutputType.FILE_PER_RESOURCE) {
    // One object stands for its chart: its file, or the folder of its file.
    const one = new Map(filled.map(({ chart, objects }) => [chart, objects[0] as SynthesizedObject]));
    const firstFile = (chart: Chart): Output | undefined => {
      const object = one.get(chart);
      return object && fileOf.get(object);
    };
    for (const { chart, after } of filled) for (const other of after) need(firstFile(chart), firstFile(other));
  }
  if (before.size === 0) return { files, impossible: [] };

  const precedences = [...before].flatMap(([file, others]) =>
    [...others].map((other) => ({ earlier: other.path, later: file.path })),
  );
  const { renamed, impossible } = applyOrder(
    files.map((file) => file.path),
    precedences,
  );
  const inOrder = sortBy(files, (file) => [...(before.get(file) ?? [])]);
  return { files: inOrder.map((file) => ({ ...file, path: renamed.get(file.path) ?? file.path })), impossible };
}

function filesOf(
  app: App,
  top: IConstruct,
  charts: readonly SynthesizedChart[],
  needs: Needs<SynthesizedObject>,
): Output[] {
  const extension = app.outputFileExtension;
  const folder = top === app ? '' : `${pathOf(top)}/`;
  const all = () => charts.flatMap((chart) => chart.objects);
  switch (app.yamlOutputType) {
    case YamlOutputType.FILE_PER_APP: {
      const objects = needs.inOrder(all());
      return objects.length > 0 ? [{ path: `${folder}app${extension}`, owner: top, objects }] : [];
    }
    case YamlOutputType.FILE_PER_RESOURCE:
      return filePerObject(all(), folder, extension);
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      return charts.flatMap(({ chart, objects }) => filePerObject(objects, `${pathOf(chart)}/`, extension));
    default:
      return charts.map(({ chart, objects }) => ({ path: pathOf(chart) + extension, owner: chart, objects }));
  }
}

/** The charts by the environment that they are in; those that are in none are the app's. */
export function byEnvironment(
  app: App,
  charts: readonly SynthesizedChart[],
): ReadonlyMap<IConstruct, readonly SynthesizedChart[]> {
  const groups = new Map<IConstruct, SynthesizedChart[]>();
  for (const chart of charts) {
    const top = Environment.tryOf(chart.chart) ?? app;
    const group = groups.get(top);
    if (group) group.push(chart);
    else groups.set(top, [chart]);
  }
  return groups;
}

/** The ids from the app down to a construct, each a folder but the last. An id that no file can have is cdk8s's label. */
function pathOf(construct: IConstruct): string {
  return construct.node.scopes
    .filter((scope) => scope.node.id !== '')
    .map((scope) => (/^[0-9A-Za-z][0-9A-Za-z._-]*$/.test(scope.node.id) ? scope.node.id : Names.toDnsLabel(scope)))
    .join('/');
}

/**
 * `Kind.name` each, as cdk8s has it; where that would be the file of several objects, `Kind.namespace.name`, and where
 * that would be too, with the API group after the kind.
 */
function filePerObject(objects: readonly SynthesizedObject[], folder: string, extension: string): Output[] {
  const forms = objects.map(({ outline: { apiVersion, kind, name, namespace } }) => {
    const group = groupOf(apiVersion);
    return [
      [kind, name],
      [kind, namespace, name],
      [kind, group, namespace, name],
    ].map((parts) =>
      parts
        .filter((part) => part !== '')
        .join('.')
        .replace(/[^0-9a-zA-Z-_.]/g, ''),
    );
  });
  const count = new Map<string, number>();
  for (const form of forms.flatMap((names) => [...new Set(names)])) count.set(form, (count.get(form) ?? 0) + 1);
  return objects.map((object, index) => {
    const names = forms[index] ?? [];
    const name = names.find((form) => count.get(form) === 1) ?? names[0];
    return { path: `${folder}${name}${extension}`, owner: object.construct, objects: [object] };
  });
}

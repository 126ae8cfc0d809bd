import { type ApiObject, type App, type Chart, Names, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** One object, resolved: the construct that made it, and its fields as the API has them. */
export interface SynthesizedObject {
  readonly construct: ApiObject;
  // biome-ignore lint/suspicious/noExplicitAny: an object of any kind
  readonly value: any;
}

/** One file of dist. */
export interface Output {
  /** The path in dist, with '/' between its parts. */
  readonly path: string;
  /** The construct that the file is there for: the app, a chart or an object. */
  readonly owner: IConstruct;
  /** In the order in which the file has them; at least one. */
  readonly objects: readonly SynthesizedObject[];
}

/** Divides the objects of the charts, given in their order, into files. A chart without objects has none. */
export function divide(
  app: App,
  charts: readonly { readonly chart: Chart; readonly objects: readonly SynthesizedObject[] }[],
): Output[] {
  const extension = app.outputFileExtension;
  const filled = charts.filter(({ objects }) => objects.length > 0);
  switch (app.yamlOutputType) {
    case YamlOutputType.FILE_PER_APP: {
      const objects = filled.flatMap((chart) => chart.objects);
      return objects.length > 0 ? [{ path: `app${extension}`, owner: app, objects }] : [];
    }
    case YamlOutputType.FILE_PER_RESOURCE:
      return filePerObject(
        filled.flatMap((chart) => chart.objects),
        '',
        extension,
      );
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      return filled.flatMap(({ chart, objects }) => filePerObject(objects, `${pathOf(chart)}/`, extension));
    default:
      return filled.map(({ chart, objects }) => ({ path: pathOf(chart) + extension, owner: chart, objects }));
  }
}

/** The ids from the app down to a chart, each a folder but the last. */
function pathOf(chart: Chart): string {
  return chart.node.scopes
    .filter((scope) => scope.node.id !== '')
    .map((scope) => (/^[0-9A-Za-z][0-9A-Za-z._-]*$/.test(scope.node.id) ? scope.node.id : Names.toDnsLabel(scope)))
    .join('/');
}

/** `Kind.name` each; with the namespace between them where two objects would have one file else. */
function filePerObject(objects: readonly SynthesizedObject[], folder: string, extension: string): Output[] {
  const short = objects.map(({ value }) => plain(`${value.kind}.${value.metadata?.name}`));
  const count = new Map<string, number>();
  for (const name of short) count.set(name, (count.get(name) ?? 0) + 1);
  return objects.map((object, index) => {
    const { kind, metadata } = object.value;
    const name = short[index] ?? '';
    const several = (count.get(name) ?? 0) > 1 && metadata?.namespace;
    const base = several ? plain(`${kind}.${metadata.namespace}.${metadata.name}`) : name;
    return { path: folder + base + extension, owner: object.construct, objects: [object] };
  });
}

/** Without what a file system may not take, as cdk8s has it. */
function plain(name: string): string {
  return name.replace(/[^0-9a-zA-Z-_.]/g, '');
}

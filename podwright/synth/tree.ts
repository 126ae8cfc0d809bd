import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** A construct tree, walked once. All lists are in the order of the walk: a scope before what is in it. */
export interface Tree {
  readonly constructs: readonly IConstruct[];
  readonly charts: readonly Chart[];
  /** The objects of each chart: those that are in it and in no chart below it. */
  readonly objects: ReadonlyMap<Chart, readonly ApiObject[]>;
  /** Whether anything has to come after something else, because it was asked to, or is a chart that holds another. */
  readonly hasOrder: boolean;
}

/** Walks everything below `root`, and `root` itself. */
export function walk(root: IConstruct): Tree {
  const constructs: IConstruct[] = [];
  const charts: Chart[] = [];
  const objects = new Map<Chart, ApiObject[]>();
  let hasOrder = false;
  const visit = (construct: IConstruct, chart: Chart | undefined, list: ApiObject[] | undefined): void => {
    constructs.push(construct);
    hasOrder ||= dependenciesOf(construct).length > 0;
    if (Chart.isChart(construct)) {
      hasOrder ||= chart !== undefined;
      chart = construct;
      list = [];
      charts.push(chart);
      objects.set(chart, list);
    } else if (list && ApiObject.isApiObject(construct)) {
      list.push(construct);
    }
    for (const child of construct.node.children) visit(child, chart, list);
  };
  visit(root, undefined, undefined);
  return { constructs, charts, objects, hasOrder };
}

/** The chart that a construct is in, itself included; undefined for the app and for constructs above all charts. */
export function chartOf(construct: IConstruct): Chart | undefined {
  for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
    if (Chart.isChart(scope)) return scope;
  }
  return undefined;
}

/** The construct and everything below it, in the order of the walk. */
export function within(construct: IConstruct): IConstruct[] {
  return construct.node.findAll();
}

/** What a construct's `addDependency` was given, without the cost of an empty list for each of many constructs. */
export function dependenciesOf(construct: IConstruct): readonly IConstruct[] {
  const node = construct.node as unknown as { readonly _dependencies?: ReadonlySet<unknown> };
  if ('_dependencies' in node && (node._dependencies === undefined || node._dependencies.size === 0)) return [];
  return construct.node.dependencies;
}

/** What a construct's validations say, as {@link dependenciesOf}: most constructs have none. */
export function validationsOf(construct: IConstruct): readonly string[] {
  const node = construct.node as unknown as { readonly _validations?: readonly unknown[] };
  if ('_validations' in node && node._validations === undefined) return [];
  return construct.node.validate();
}

/**
 * The path of a construct as its program has it: without the child (`Default`, `Resource`) that is the object of a
 * construct of ours or of cdk8s-plus, and that no program names.
 */
export function shownPath(construct: IConstruct): string {
  return construct.node.path.replace(/\/(Default|Resource)$/, '');
}

import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { chartOf, dependenciesOf, type Tree, walk, within } from './tree';

/** Constructs that depend on each other in a circle; the first is named again as the last. */
export class DependencyCycle extends Error {
  constructor(readonly cycle: readonly IConstruct[]) {
    super(`dependency cycle: ${cycle.map((construct) => construct.node.path || '<root>').join(' => ')}`);
  }
}

/**
 * The objects of a construct, as one vertex of the graph. A dependency between two constructs means that each object
 * of the one comes after each object of the other: an edge for each pair would be quadratic; edges to and from a
 * group are linear, and are sorted the same.
 */
class Group {}
type Vertex = IConstruct | Group;

/** Each vertex with those that it comes after, in the order in which they are visited. */
type Edges = ReadonlyMap<Vertex, readonly Vertex[]>;

/**
 * The charts of an app, each after those that it depends on: by `addDependency` on a chart, by one between constructs
 * of two charts, or by holding the other. Else in the order in which they were made.
 *
 * @throws DependencyCycle
 */
export function orderCharts(tree: Tree): readonly Chart[] {
  return sort(tree).filter((construct) => Chart.isChart(construct));
}

/**
 * The objects of a chart, each after those that it depends on, else in the order in which they were made.
 *
 * @throws DependencyCycle
 */
export function orderObjects(chart: Chart, tree: Tree): readonly ApiObject[] {
  const objects = tree.objects.get(chart) ?? [];
  if (!tree.hasOrder) return objects;
  const own = new Set<IConstruct>(objects);
  return sort(walk(chart)).filter((construct): construct is ApiObject => own.has(construct));
}

/** A depth-first sort of the constructs of `tree` by the dependencies among them, as cdk8s sorts them. */
function sort(tree: Tree): readonly IConstruct[] {
  const vertices = integersFirst(tree.constructs);
  if (!tree.hasOrder) return vertices;
  const edges = edgesOf(tree);

  const sorted: IConstruct[] = [];
  const done = new Set<Vertex>();
  const open = new Set<Vertex>();
  const visit = (start: Vertex): void => {
    // The way down from `start`, not a recursion: a long chain would overflow the stack.
    const way: { readonly vertex: Vertex; next: number }[] = [{ vertex: start, next: 0 }];
    open.add(start);
    for (let top = way.at(-1); top; top = way.at(-1)) {
      const target = edges.get(top.vertex)?.[top.next++];
      if (target === undefined) {
        way.pop();
        open.delete(top.vertex);
        done.add(top.vertex);
        if (!(top.vertex instanceof Group)) sorted.push(top.vertex);
      } else if (open.has(target)) {
        throw new DependencyCycle(circle([...way.map((step) => step.vertex)], target));
      } else if (!done.has(target)) {
        open.add(target);
        way.push({ vertex: target, next: 0 });
      }
    }
  };
  const dependedOn = new Set<Vertex>();
  for (const targets of edges.values()) for (const target of targets) dependedOn.add(target);
  for (const vertex of vertices) if (!dependedOn.has(vertex)) visit(vertex);
  // What is left now depends on itself through others.
  for (const vertex of vertices) if (!done.has(vertex)) visit(vertex);
  return sorted;
}

/** The constructs on `way` from `start` on, closed. */
function circle(way: readonly Vertex[], start: Vertex): IConstruct[] {
  const constructs = way.slice(way.indexOf(start)).filter((vertex): vertex is IConstruct => !(vertex instanceof Group));
  return [...constructs, ...constructs.slice(0, 1)];
}

function edgesOf(tree: Tree): Edges {
  const inTree = new Set<Vertex>(tree.constructs);
  const edges = new Map<Vertex, Set<Vertex>>();
  const add = (source: Vertex, target: Vertex): void => {
    if (!(target instanceof Group) && !inTree.has(target)) return;
    const targets = edges.get(source);
    if (targets) targets.add(target);
    else edges.set(source, new Set([target]));
  };

  const asked = askedOf(tree);
  const objectsOf = memoize((construct: IConstruct) => {
    const chart = chartOf(construct);
    return within(construct).filter((below) => ApiObject.isApiObject(below) && chartOf(below) === chart);
  });
  const groupOf = memoize((target: IConstruct) => {
    const group = new Group();
    for (const object of objectsOf(target)) add(group, object);
    return group;
  });
  for (const source of tree.constructs) for (const target of asked.get(source) ?? []) add(source, target);
  for (const source of tree.constructs) {
    const targets = asked.get(source);
    if (!targets) continue;
    // Made for the first object that needs it: a group that nothing points to would still point to its members.
    let group: Group | undefined;
    const overlapping = [...targets].filter((target) => related(source, target));
    const both = new Set(overlapping.flatMap(objectsOf));
    for (const object of objectsOf(source)) {
      if (!both.has(object)) {
        if (!group) {
          group = new Group();
          for (const target of targets) add(group, groupOf(target));
        }
        add(object, group);
        continue;
      }
      // An object is not asked to come after itself.
      for (const target of targets) for (const other of objectsOf(target)) if (other !== object) add(object, other);
    }
  }
  return new Map([...edges].map(([source, targets]) => [source, [...targets]]));
}

/** What each construct of a tree is to come after: as it was asked to, and what follows from that for the charts. */
function askedOf(tree: Tree): ReadonlyMap<IConstruct, ReadonlySet<IConstruct>> {
  // What the program asked for, and that a chart comes after the charts in it.
  const asked = new Map<IConstruct, Set<IConstruct>>();
  const ask = (source: IConstruct, target: IConstruct): void => {
    asked.set(source, (asked.get(source) ?? new Set()).add(target));
  };
  for (const construct of tree.constructs) {
    for (const target of dependenciesOf(construct)) ask(construct, target);
  }
  for (const chart of tree.charts) {
    for (const child of chart.node.children) if (Chart.isChart(child)) ask(chart, child);
  }
  // A dependency between constructs of two charts is one of the charts as well.
  for (const source of tree.constructs) {
    for (const target of [...(asked.get(source) ?? [])]) {
      for (const from of chartsOf(source)) {
        for (const to of chartsOf(target)) if (from !== to) ask(from, to);
      }
    }
  }
  return asked;
}

/** The charts that each chart comes after. */
export function chartsBefore(tree: Tree): ReadonlyMap<Chart, readonly Chart[]> {
  if (!tree.hasOrder) return new Map();
  const asked = askedOf(tree);
  return new Map(
    tree.charts.map((chart) => [chart, [...(asked.get(chart) ?? [])].filter((other) => Chart.isChart(other))]),
  );
}

/** The chart that a construct is in; for one above all charts, the charts that it holds. */
function chartsOf(construct: IConstruct): readonly Chart[] {
  const chart = chartOf(construct);
  return chart ? [chart] : within(construct).filter((below) => Chart.isChart(below));
}

/** Whether one holds the other. */
function related(a: IConstruct, b: IConstruct): boolean {
  return a.node.scopes.includes(b) || b.node.scopes.includes(a);
}

function memoize<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key) as Value;
  };
}

/**
 * cdk8s keeps constructs by path in a plain object, whose integer keys come first: a chart '10' precedes its app.
 * It decides only between charts that have numbers for ids; ours are sorted the same.
 */
function integersFirst(constructs: readonly IConstruct[]): readonly IConstruct[] {
  const isInteger = (construct: IConstruct) => /^(0|[1-9]\d{0,8})$/.test(construct.node.path);
  if (!constructs.some(isInteger)) return constructs;
  const integers = constructs.filter(isInteger).sort((a, b) => Number(a.node.path) - Number(b.node.path));
  return [...integers, ...constructs.filter((construct) => !isInteger(construct))];
}

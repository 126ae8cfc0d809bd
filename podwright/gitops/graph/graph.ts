// Makes the picture of a set of objects: nodes, their relations, what was found, and what changes.
import type { DiffReport } from '../../report/diff';
import type { Graph, GraphBranch, GraphEdge, GraphNode } from '../../report/graph/graph';
import { relationsOf } from '../../rules/relations/relations';
import { World } from '../../rules/world';
import { Nodes, type PlacedFinding, type PlacedObject, push } from './nodes';
import { filesTree } from './tree';

/** What a picture is made from. */
export interface GraphProps {
  /** What it is of, for a reader. */
  readonly label: string;
  readonly objects: readonly PlacedObject[];
  /** @default - none */
  readonly findings?: readonly PlacedFinding[];
  /** What holds the objects; it is given the ids of those of a construct. @default - their files do */
  readonly tree?: (idsOf: (constructPath: string) => readonly string[]) => GraphBranch;
  /** What changes, and the objects that were there before. @default - nothing is compared */
  readonly diff?: { readonly report: DiffReport; readonly before: readonly PlacedObject[] };
}

/** The picture. */
export function graphOf({ label, objects, findings = [], tree, diff }: GraphProps): Graph {
  const nodes = new Nodes();
  const now = relate(nodes, objects);
  const before = diff ? relate(nodes, diff.before, 'gone') : undefined;
  const edges = before ? compared(now, before) : [...now.values()];
  const others = nodes.find(findings);
  if (diff) nodes.change(diff.report);
  const all = nodes.all;
  return {
    label,
    nodes: all,
    edges,
    tree: tree
      ? withGone(
          tree((path) => nodes.idsOf(path)),
          all,
        )
      : filesTree(all),
    findings: others,
    ...(diff && { diff: { before: diff.report.before, after: diff.report.after, notes: diff.report.notes } }),
  };
}

/** The constructs of a program, and beside them what none of them makes any more. */
function withGone(tree: GraphBranch, nodes: readonly GraphNode[]): GraphBranch {
  const objects = nodes.filter(({ absent }) => absent === 'gone').map(({ id }) => id);
  if (objects.length === 0) return tree;
  return { ...tree, children: [...tree.children, { label: 'no more', path: '(no more)', children: [], objects }] };
}

/** The relations of objects, each cluster's by itself, by what tells them apart. */
function relate(nodes: Nodes, objects: readonly PlacedObject[], absent?: 'gone'): Map<string, GraphEdge> {
  const edges = new Map<string, GraphEdge>();
  const clusters = new Map<string | undefined, PlacedObject[]>();
  for (const placed of objects) push(clusters, placed.environment, placed);
  for (const [environment, own] of clusters) {
    const of = new Map(own.map((placed) => [placed.object, absent ? nodes.placeGone(placed) : nodes.place(placed)]));
    for (const { from, verb, to, pointer, detail } of relationsOf(new World(own.map(({ object }) => object)))) {
      const [source, target] = [of.get(from), of.get(to.object) ?? nodes.name(to, environment)];
      if (!source) continue;
      const edge = { from: source.id, to: target.id, verb, pointer, ...(detail !== undefined && { detail }) };
      edges.set(JSON.stringify([edge.from, verb, edge.to, detail]), edge);
    }
  }
  return edges;
}

function compared(now: ReadonlyMap<string, GraphEdge>, before: ReadonlyMap<string, GraphEdge>): GraphEdge[] {
  const kept = [...now].map(([key, edge]) => (before.has(key) ? edge : { ...edge, change: 'new' as const }));
  const gone = [...before].filter(([key]) => !now.has(key)).map(([, edge]) => ({ ...edge, change: 'gone' as const }));
  return [...kept, ...gone];
}

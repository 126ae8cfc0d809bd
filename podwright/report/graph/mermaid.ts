// Mermaid's flowchart, as pull requests and wikis show it.
// Source: https://mermaid.js.org/syntax/flowchart.html
import { type Graph, type GraphEdge, type GraphNode, worstOf } from './graph';

/** Mermaid draws no more relations than these unless its page says otherwise. */
const MOST_EDGES = 500;

/** What stands in the picture: one object, or all of a kind in a namespace. */
interface Box {
  readonly group: string;
  readonly lines: readonly string[];
  readonly style?: string;
  readonly absent: boolean;
}

/** For a page that draws Mermaid. A picture with more relations than Mermaid draws shows kinds in place of objects. */
export function formatMermaid(graph: Graph): string {
  const folded = graph.edges.length > MOST_EDGES;
  const boxOf = new Map<string, string>();
  const boxes = new Map<string, Box>();
  const alike = new Map<string, GraphNode[]>();
  for (const node of graph.nodes) {
    const key = folded ? JSON.stringify([groupOf(node), node.kind]) : node.id;
    boxOf.set(node.id, key);
    alike.set(key, [...(alike.get(key) ?? []), node]);
  }
  for (const [key, nodes] of alike) boxes.set(key, boxFor(nodes));
  const names = new Map([...boxes.keys()].map((key, index) => [key, `n${index}`]));
  const lines = ['flowchart LR'];
  if (folded)
    lines.push(`  %% ${graph.edges.length} relations: each box stands for all objects of a kind in a namespace`);
  for (const [index, [group, own]] of [...byGroup(boxes)].entries()) {
    if (group !== '') lines.push(`  subgraph g${index}["${escaped(group)}"]`);
    for (const [key, box] of own) lines.push(`  ${group === '' ? '' : '  '}${names.get(key)}${shapeOf(box)}`);
    if (group !== '') lines.push('  end');
  }
  for (const line of new Set(graph.edges.map((edge) => lineOf(edge, (id) => names.get(boxOf.get(id) ?? '') ?? '')))) {
    lines.push(line);
  }
  return `${[...lines, ...STYLES].join('\n')}\n`;
}

function byGroup(boxes: ReadonlyMap<string, Box>): ReadonlyMap<string, (readonly [string, Box])[]> {
  const groups = new Map<string, (readonly [string, Box])[]>();
  for (const [key, box] of boxes) groups.set(box.group, [...(groups.get(box.group) ?? []), [key, box]]);
  return groups;
}

function groupOf({ environment, namespace }: GraphNode): string {
  return [environment, namespace && `namespace ${namespace}`].filter(Boolean).join(': ');
}

function boxFor(nodes: readonly GraphNode[]): Box {
  const [node] = nodes as [GraphNode];
  const style = nodes.map(styleOf).find((one) => one !== undefined);
  const name = nodes.length === 1 ? node.name : `${nodes.length} objects`;
  return {
    group: groupOf(node),
    lines: [node.kind, name, ...(nodes.length === 1 ? said(node) : [])],
    absent: nodes.every(({ absent }) => absent !== undefined),
    ...(style !== undefined && { style }),
  };
}

/** What is laid over a node, in words: colours alone tell too little. */
function said({ findings, change }: GraphNode): string[] {
  const counting = findings.filter(({ suppressed }) => !suppressed);
  const found = counting.length > 0 ? [`${counting.length} ${counting.length === 1 ? 'finding' : 'findings'}`] : [];
  return change ? [...found, change.effect] : found;
}

function styleOf({ findings, change }: GraphNode): string | undefined {
  const worst = worstOf(findings);
  if (worst === 'error' || worst === 'warning') return worst;
  if (change?.effect === 'new' || change?.effect === 'gone') return change.effect;
  return change ? 'changed' : undefined;
}

function shapeOf({ lines, style, absent }: Box): string {
  const text = lines.map(escaped).join('<br/>');
  return `${absent ? `(["${text}"])` : `["${text}"]`}${style === undefined ? '' : `:::${style}`}`;
}

function lineOf({ from, to, verb, change }: GraphEdge, nameOf: (id: string) => string): string {
  const arrow = change === 'gone' ? `-. ${verb}, no more .->` : `-- ${verb} -->`;
  return `  ${nameOf(from)} ${arrow} ${nameOf(to)}`;
}

const STYLES = [
  '  classDef error stroke:#cf222e,stroke-width:3px',
  '  classDef warning stroke:#bf8700,stroke-width:3px',
  '  classDef new stroke:#1a7f37,stroke-width:3px',
  '  classDef gone stroke:#cf222e,stroke-dasharray:6 4',
  '  classDef changed stroke:#0969da,stroke-width:3px',
];

/** Whatever might be syntax, as its code point: names are the cluster's, not Mermaid's. */
function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{N} ._/:-]/gu, (character) => `#${character.codePointAt(0)};`);
}

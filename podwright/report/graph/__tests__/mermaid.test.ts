import type { Graph, GraphNode } from '../graph';
import { formatMermaid } from '../mermaid';

const node = (name: string, more: Partial<GraphNode> = {}): GraphNode => ({
  id: name,
  kind: 'Pod',
  name,
  findings: [],
  ...more,
});
const graph = (nodes: GraphNode[], edges: Graph['edges'] = []): Graph => ({
  label: 'a',
  nodes,
  edges,
  tree: { label: 'a', path: '', children: [], objects: [] },
  findings: [],
});
/** Without the styles that every picture ends in. */
const lines = (graph: Graph) =>
  formatMermaid(graph)
    .split('\n')
    .filter((line) => line !== '' && !/^ {2}classDef/.test(line));

test('a name is text, whatever is in it', () => {
  expect(lines(graph([node('"] --> x["<b>#1</b>;`'), node('end')]))).toEqual([
    'flowchart LR',
    '  n0["Pod<br/>#34;#93; --#62; x#91;#34;#60;b#62;#35;1#60;/b#62;#59;#96;"]',
    '  n1["Pod<br/>end"]',
  ]);
});

test('namespaces are frames; what is found and what changes is said in words and colours', () => {
  const finding = { ruleId: 'api/x', severity: 'error' as const, pointer: '', message: 'm' };
  const nodes = [
    node('a', { namespace: 'ml', findings: [finding] }),
    node('b', {
      namespace: 'ml',
      environment: 'prod',
      change: { effect: 'gone', outcomes: [], fields: [] },
      absent: 'gone',
    }),
  ];
  const edges = [
    { from: 'a', to: 'b', verb: 'mounts', pointer: '', change: 'gone' as const },
    { from: 'a', to: 'b', verb: 'runs as', pointer: '' },
  ];
  expect(lines(graph(nodes, edges))).toEqual([
    'flowchart LR',
    '  subgraph g0["namespace ml"]',
    '    n0["Pod<br/>a<br/>1 finding"]:::error',
    '  end',
    '  subgraph g1["prod: namespace ml"]',
    '    n1(["Pod<br/>b<br/>gone"]):::gone',
    '  end',
    '  n0 -. mounts, no more .-> n1',
    '  n0 -- runs as --> n1',
  ]);
});

test('more relations than Mermaid draws are drawn between kinds', () => {
  const pods = Array.from({ length: 501 }, (_, index) => node(`pod-${index}`, { namespace: 'ml' }));
  const account = node('runner', { kind: 'ServiceAccount', namespace: 'ml' });
  const edges = pods.map(({ id }) => ({ from: id, to: 'runner', verb: 'runs as', pointer: '' }));
  expect(lines(graph([...pods, account], edges))).toEqual([
    'flowchart LR',
    '  %% 501 relations: each box stands for all objects of a kind in a namespace',
    '  subgraph g0["namespace ml"]',
    '    n0["Pod<br/>501 objects"]',
    '    n1["ServiceAccount<br/>runner"]',
    '  end',
    '  n0 -- runs as --> n1',
  ]);
});

// The graph as the page asks for it: neighbours, words to search by, and what relations are about.

/** What relations are about; each has a colour, and can be shown or not. */
export const GROUPS = [
  { id: 'traffic', label: 'Traffic', verbs: ['routes to', 'attaches to', 'calls', 'selects', 'addressed by'] },
  { id: 'control', label: 'Control', verbs: ['scales', 'owns', 'makes', 'queues in', 'has priority', 'runs by'] },
  {
    id: 'uses',
    label: 'Uses',
    verbs: ['mounts', 'uses env from', 'claims', 'provisioned by', 'pulls with', 'serves TLS of'],
  },
  { id: 'access', label: 'Access', verbs: ['runs as', 'grants', 'binds'] },
  { id: 'network', label: 'Network rules', verbs: ['allows from', 'allows to'] },
];

const GROUP_OF = new Map(GROUPS.flatMap(({ id, verbs }) => verbs.map((verb) => [verb, id])));

/** The effects of changes: how much each does, a sign, and words; fewer where a card says them. */
export const EFFECTS = {
  new: { level: 'new', sign: '+', words: 'new' },
  gone: { level: 'gone', sign: '−', words: 'gone' },
  moved: { level: 'strong', sign: '⇢', words: 'moves to another controller', short: 'moves' },
  refused: { level: 'strong', sign: '!', words: 'refused' },
  recreate: { level: 'strong', sign: '!', words: 'must be recreated', short: 'recreate' },
  'rolling-restart': { level: 'restart', sign: '↻', words: 'rolling restart', short: 'restart' },
  'container-restart': { level: 'restart', sign: '↻', words: 'container restart', short: 'restart' },
  scale: { level: 'mild', sign: '↕', words: 'scales' },
  'until-restart': { level: 'mild', sign: '~', words: 'no effect until pods restart', short: 'on restart' },
  'next-pods': { level: 'mild', sign: '~', words: 'next pods only', short: 'next pods' },
  'next-run': { level: 'mild', sign: '~', words: 'next run only', short: 'next run' },
  'in-place': { level: 'mild', sign: '~', words: 'changes in place', short: 'in place' },
  nothing: { level: 'none', sign: '=', words: 'no effect' },
};

/** Everything that the page asks the graph for, made once. */
export function modelOf(graph) {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const edges = graph.edges
    .filter(({ from, to }) => byId.has(from) && byId.has(to))
    .map((edge) => ({ ...edge, group: groupOf(edge, byId) }));
  const outgoing = new Map();
  const incoming = new Map();
  for (const edge of edges) {
    push(outgoing, edge.from, edge);
    push(incoming, edge.to, edge);
  }
  const charts = new Map();
  visitTree(graph.tree, (branch, parents) => {
    for (const id of branch.objects) charts.set(id, [...parents, branch]);
  });
  return {
    graph,
    byId,
    edges,
    outgoing,
    incoming,
    /** The branches of the tree from the top down to each object. */
    branchesOf: (id) => charts.get(id) ?? [],
    relationsOf: (id) => [...(outgoing.get(id) ?? []), ...(incoming.get(id) ?? [])],
    texts: new Map(graph.nodes.map((node) => [node.id, searchText(node)])),
    environments: valuesOf(graph.nodes, 'environment'),
    namespaces: valuesOf(graph.nodes, 'namespace'),
  };
}

/** Whom a policy is for is one of the network's rules, too. */
function groupOf({ from, verb }, byId) {
  return byId.get(from).kind === 'NetworkPolicy' ? 'network' : (GROUP_OF.get(verb) ?? 'uses');
}

/** Calls back for each branch with those above it. */
export function visitTree(branch, visit, parents = []) {
  visit(branch, parents);
  for (const child of branch.children) visitTree(child, visit, [...parents, branch]);
}

/** The findings of a node that no exception holds for. */
export function countingFindings(node) {
  return node.findings.filter(({ suppressed }) => !suppressed);
}

/** The ids of the nodes that a filter leaves. All words have to be in what is known of a node, in any order. */
export function matching(model, { words, environment, namespace, show }) {
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  const ids = new Set();
  for (const node of model.graph.nodes) {
    if (environment && node.environment !== environment) continue;
    if (namespace && (node.namespace ?? '') !== (namespace === '-' ? '' : namespace)) continue;
    if (show === 'findings' && countingFindings(node).length === 0) continue;
    if (show === 'changed' && !node.change) continue;
    const text = model.texts.get(node.id);
    if (parts.every((part) => text.includes(part))) ids.add(node.id);
  }
  // What is only named has no meaning without what names it.
  if (parts.length > 0 || show !== 'all') return ids;
  for (const id of ids) {
    const isNamed = model.byId.get(id).absent === 'named';
    if (isNamed && !model.relationsOf(id).some(({ from }) => ids.has(from))) ids.delete(id);
  }
  return ids;
}

function searchText(node) {
  const { kind, name, namespace, environment, constructPath, source, facts = [], findings, change } = node;
  const words = findings.flatMap(({ ruleId, severity, message }) => [ruleId, severity, message]);
  const effect = change ? [change.effect, EFFECTS[change.effect]?.words] : [];
  return [
    kind,
    `${kind}/${name}`,
    name,
    namespace,
    environment,
    constructPath,
    source?.file,
    ...facts,
    ...words,
    ...effect,
  ]
    .filter(Boolean)
    .join('\n')
    .toLowerCase();
}

function valuesOf(nodes, field) {
  return [...new Set(nodes.map((node) => node[field]).filter(Boolean))].sort();
}

/** Adds to the list of a key. */
export function push(map, key, value) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

const NUMBERS = new Intl.NumberFormat('en');

/** `3 objects`. */
export function count(number, noun) {
  return `${NUMBERS.format(number)} ${noun}${number === 1 ? '' : 's'}`;
}

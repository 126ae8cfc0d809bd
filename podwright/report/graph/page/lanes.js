// What stands on the map: lanes, the objects or stacks of objects in them, and the edges between those.
import { push } from './model.js';

/** What objects are for, by their kinds: from what lets traffic in to what is behind all. */
export const COLUMNS = [
  ['Ways in', /^(Ingress|IngressClass|Gateway|GatewayClass|\w*Route)$/],
  [
    'Reach and scale',
    /^(Service|HorizontalPodAutoscaler|VerticalPodAutoscaler|PodDisruptionBudget|NetworkPolicy|Scaled\w+|\w+Monitor|\w+WebhookConfiguration|Address)$/,
  ],
  ['Workloads', /^(Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController|Pod|PodTemplate|Job|CronJob)$/],
  [
    'What they use',
    /^(ConfigMap|Secret|PersistentVolumeClaim|ServiceAccount|PriorityClass|RuntimeClass|ResourceClaim\w*|LocalQueue)$/,
  ],
  [
    'Who grants and supplies',
    /^(RoleBinding|ClusterRoleBinding|PersistentVolume|\w*SecretStore|\w+Secret|Certificate)$/,
  ],
  ['Roles and classes', /^(Role|ClusterRole|StorageClass|ClusterQueue|User|Group)$/],
];
/** The column of what runs, and of kinds that are not known. */
export const WORKLOADS = 2;

/** The most relations of one sort that an object has and that are drawn while it is not looked at. */
const MOST_DRAWN = 8;
/** A policy for more workloads than these is one for its whole namespace. */
const MOST_POLICY = 3;

/** The lane that a node is in: a key, and what it is called. What is only named is with those that name it. */
function laneOf(model, node, group) {
  const { id, environment, kind } = node;
  if (node.absent === 'named' && !node.namespace && group !== 'kind') {
    const lanes = (model.incoming.get(id) ?? []).map(({ from }) => laneOf(model, model.byId.get(from), group));
    if (lanes.length > 0 && lanes.every(({ key }) => key === lanes[0].key)) return lanes[0];
  }
  const namespace = kind === 'Namespace' ? node.name : node.namespace;
  const before = environment ? `${environment} · ` : '';
  if (group === 'kind') return { key: kind, label: kind };
  if (group === 'chart') {
    const branches = model.branchesOf(id).slice(1);
    const isFile = model.graph.tree.type === undefined;
    const branch = isFile ? branches.at(-1) : branches.find(({ path }) => path !== environment);
    return branch ? { key: branch.path, label: branch.path } : { key: '', label: 'Outside of the program' };
  }
  return { key: `${environment ?? ''}/${namespace ?? ''}`, label: `${before}${namespace ?? 'No namespace'}` };
}

/** The lanes of some nodes, each with what stands in it. */
export function lanesOf(model, ids, { group, open }) {
  const lanes = new Map();
  for (const node of model.graph.nodes) {
    if (!ids.has(node.id)) continue;
    const { key, label } = laneOf(model, node, group);
    if (!lanes.has(key)) lanes.set(key, { key, label, nodes: [] });
    lanes.get(key).nodes.push(node);
  }
  for (const lane of lanes.values()) {
    lane.units = unitsOf(lane, open);
    lane.isMixed = new Set(lane.nodes.flatMap(({ namespace }) => namespace ?? [])).size > 1;
  }
  // The busiest lanes' neighbours are met first: cluster-wide objects come last.
  return [...lanes.values()].sort((a, b) => Number(isLast(a)) - Number(isLast(b)));
}

function isLast({ key, nodes }) {
  return key === '' || key.endsWith('/') || nodes.every(({ absent }) => absent === 'named');
}

/** What stands in a lane: objects, or all of a kind as one stack. */
function unitsOf(lane, open) {
  const isOpen = open.has(lane.key);
  lane.isOpen = isOpen;
  const kinds = new Map();
  for (const node of lane.nodes) push(kinds, node.kind, node);
  return [...kinds].flatMap(([kind, nodes]) => {
    const key = `${lane.key}|${kind}`;
    const column = columnOf(kind);
    if (isOpen || open.has(key) || nodes.length === 1) {
      return nodes.map((node) => ({ key: node.id, lane, kind, column, nodes: [node], node }));
    }
    return [{ key, lane, kind, column, nodes }];
  });
}

function columnOf(kind) {
  const found = COLUMNS.findIndex(([, kinds]) => kinds.test(kind));
  return found < 0 ? WORKLOADS : found;
}

/** The relations between cards: one for all of a group between two cards. Quiet ones are drawn when they are looked at. */
export function edgesBetween(model, units) {
  const unitOf = new Map(units.flatMap((unit) => unit.nodes.map(({ id }) => [id, unit])));
  const found = new Map();
  for (const relation of model.edges) {
    const [from, to] = [unitOf.get(relation.from), unitOf.get(relation.to)];
    if (!from || !to || from === to) continue;
    const key = `${from.key}\0${to.key}\0${relation.group}`;
    if (!found.has(key)) found.set(key, { from, to, group: relation.group, relations: [] });
    found.get(key).relations.push(relation);
  }
  const edges = [...found.values()];
  const ends = ({ from, to, group }) => [`${from.key}\0>${group}`, `${to.key}\0<${group}`];
  const selects = ({ relations }) => relations.some(({ verb }) => verb === 'selects');
  const degrees = counted(edges.flatMap(ends));
  const selected = counted(edges.filter(selects).map(({ from }) => from));
  for (const edge of edges) {
    const isMany = ends(edge).some((end) => degrees.get(end) > MOST_DRAWN);
    const isPolicy = edge.group === 'network';
    edge.quiet = isPolicy || isMany;
    edge.near = isPolicy ? selects(edge) && selected.get(edge.from) <= MOST_POLICY : !isMany;
  }
  return edges;
}

function counted(keys) {
  const counts = new Map();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

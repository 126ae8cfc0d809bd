// Where everything stands: columns are what objects are for, lanes are what they belong to. It is pure, and the same for
// the same input.
import { push } from './model.js';

const COLUMNS = [
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
const WORKLOADS = 2;

/** The most relations of one sort that an object has and that are drawn while it is not looked at. */
const MOST_DRAWN = 8;
/** A policy for more workloads than these is one for its whole namespace. */
const MOST_POLICY = 3;

const SIZE = { height: 58, gapX: 56, gapY: 18, pad: 20, head: 44, band: 22, lane: 20, columns: 34, title: 24 };
const WIDTH = { least: 184, most: 240 };

/**
 * @param ids the nodes that are shown
 * @param options `group`: 'namespace', 'chart' or 'kind'; `open`: lanes, and kinds in lanes, whose objects are shown one by
 * one; `width`: what there is
 * @returns lanes, the cards in them, the edges between cards, and the size of all of it
 */
export function layoutOf(model, ids, options) {
  const lanes = lanesOf(model, ids, options);
  const units = lanes.flatMap((lane) => lane.units);
  const edges = edgesBetween(model, units);
  for (const lane of lanes) arrange(lane, edges, options.group);
  const used = [...new Set(lanes.flatMap(({ bands }) => bands.flatMap((band) => [...band.keys()])))].sort();
  const columns = Math.max(used.length, 1);
  const space = options.width - 2 * SIZE.pad - (columns - 1) * SIZE.gapX;
  const width = Math.floor(Math.min(WIDTH.most, Math.max(WIDTH.least, space / columns)));
  const xs = new Map(used.map((column, index) => [column, SIZE.pad + index * (width + SIZE.gapX)]));
  const whole = Math.max(options.width, 2 * SIZE.pad + columns * (width + SIZE.gapX) - SIZE.gapX);
  let y = used.length > 0 ? SIZE.columns : 0;
  for (const lane of lanes) y = place(lane, y, xs, width, whole) + SIZE.lane;
  return {
    lanes,
    units,
    edges,
    columns: used.map((column) => ({ label: COLUMNS[column][0], x: xs.get(column) })),
    width: whole,
    height: y,
  };
}

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
    const branch = branches.find(({ type, path }) => type !== 'Environment' && path !== environment);
    return branch ? { key: branch.path, label: branch.path } : { key: '', label: 'Outside of the program' };
  }
  return { key: `${environment ?? ''}/${namespace ?? ''}`, label: `${before}${namespace ?? 'No namespace'}` };
}

function lanesOf(model, ids, { group, open }) {
  const lanes = new Map();
  for (const node of model.graph.nodes) {
    if (!ids.has(node.id)) continue;
    const { key, label } = laneOf(model, node, group);
    if (!lanes.has(key)) lanes.set(key, { key, label, nodes: [] });
    lanes.get(key).nodes.push(node);
  }
  for (const lane of lanes.values()) lane.units = unitsOf(lane, open);
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
function edgesBetween(model, units) {
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

/** Puts what is related into bands of columns, and what stands alone into a grid. */
function arrange(lane, edges, group) {
  lane.bands = [];
  lane.alone = lane.units;
  if (group === 'kind') return;
  const own = edges.filter(({ from, to, near }) => near && from.lane === lane && to.lane === lane);
  const elsewhere = new Set(
    edges
      .flatMap(({ from, to, near }) => (near && from.lane !== to.lane ? [from, to] : []))
      .filter((unit) => unit.lane === lane),
  );
  const groups = components(lane.units, own).filter((units) => units.length > 1 || elsewhere.has(units[0]));
  const placed = new Set(groups.flat());
  const hasWorkload = (units) => units.some(({ column }) => column === WORKLOADS);
  groups.sort((a, b) => Number(hasWorkload(b)) - Number(hasWorkload(a)));
  lane.bands = groups.map((units) => bandOf(units, own));
  lane.alone = lane.units.filter((unit) => !placed.has(unit));
}

function components(units, edges) {
  const parent = new Map(units.map((unit) => [unit, unit]));
  const rootOf = (unit) => {
    let root = unit;
    while (parent.get(root) !== root) root = parent.get(root);
    while (parent.get(unit) !== root) {
      const next = parent.get(unit);
      parent.set(unit, root);
      unit = next;
    }
    return root;
  };
  for (const { from, to } of edges) parent.set(rootOf(to), rootOf(from));
  const groups = new Map();
  for (const unit of units) push(groups, rootOf(unit), unit);
  return [...groups.values()];
}

/** Columns of units, each near those that it is related to. */
function bandOf(units, edges) {
  const columns = new Map();
  for (const unit of units) push(columns, unit.column, unit);
  const neighbours = new Map();
  const members = new Set(units);
  for (const { from, to } of edges) {
    if (!members.has(from)) continue;
    push(neighbours, from, to);
    push(neighbours, to, from);
  }
  const order = [...columns.keys()].sort();
  const at = new Map();
  const number = (list) => {
    for (const [index, unit] of list.entries()) at.set(unit, index - (list.length - 1) / 2);
  };
  for (const column of order) number(columns.get(column));
  const wanted = (unit) => {
    const others = (neighbours.get(unit) ?? []).filter((other) => other.column !== unit.column);
    return others.length === 0 ? at.get(unit) : others.reduce((sum, other) => sum + at.get(other), 0) / others.length;
  };
  for (let sweep = 0; sweep < 4; sweep++) {
    for (const column of sweep % 2 === 0 ? order : [...order].reverse()) {
      const list = columns.get(column);
      const places = new Map(list.map((unit) => [unit, wanted(unit)]));
      list.sort((a, b) => places.get(a) - places.get(b));
      number(list);
    }
  }
  return columns;
}

/** Gives every card of a lane its place; returns where the lane ends. */
function place(lane, top, xs, width, whole) {
  const step = SIZE.height + SIZE.gapY;
  // Bands that have no column in common are side by side.
  const ends = new Map();
  for (const band of lane.bands) {
    const rows = Math.max(...[...band.values()].map((list) => list.length));
    const columns = [...band.keys()];
    const across = [...xs.keys()].filter((column) => column >= Math.min(...columns) && column <= Math.max(...columns));
    const y = Math.max(top + SIZE.head, ...across.map((column) => ends.get(column) ?? 0));
    for (const [column, list] of band) {
      const offset = Math.round(((rows - list.length) * step) / 2);
      for (const [index, unit] of list.entries()) put(unit, xs.get(column), y + offset + index * step, width);
    }
    for (const column of across) ends.set(column, y + rows * step - SIZE.gapY + SIZE.band);
  }
  let y = Math.max(top + SIZE.head, ...ends.values());
  if (lane.alone.length > 0) {
    if (lane.bands.length > 0) {
      lane.title = y;
      y += SIZE.title;
    }
    const gap = 16;
    const perRow = Math.max(1, Math.floor((whole - 2 * SIZE.pad + gap) / (width + gap)));
    for (const [index, unit] of lane.alone.entries()) {
      put(unit, SIZE.pad + (index % perRow) * (width + gap), y + Math.floor(index / perRow) * step, width);
    }
    y += Math.ceil(lane.alone.length / perRow) * step - SIZE.gapY + SIZE.band;
  }
  lane.y = top;
  lane.height = y - top;
  return y;
}

function put(unit, x, y, width) {
  Object.assign(unit, { x, y, width, height: SIZE.height });
}

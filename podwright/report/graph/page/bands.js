// What of a lane is together: bands of columns of what is related, and a grid of what stands alone.
import { WORKLOADS } from './lanes.js';
import { push } from './model.js';

/** Puts what is related into bands of columns, and what stands alone into a grid. */
export function arrange(lane, edges, group) {
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

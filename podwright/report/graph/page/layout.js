// Where everything stands: columns are what objects are for, lanes are what they belong to. It is pure, and the same for
// the same input.
import { arrange } from './bands.js';
import { COLUMNS, edgesBetween, lanesOf } from './lanes.js';

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

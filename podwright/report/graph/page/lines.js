// The lines between cards: from side to side, a colour a group, an arrow at what is meant.
import { svg } from './dom.js';

/** The heads of the arrows. */
export function arrows() {
  const marker = (group) =>
    svg(
      'marker',
      {
        id: `arrow-${group}`,
        class: group,
        viewBox: '0 0 8 8',
        refX: 7,
        refY: 4,
        markerUnits: 'userSpaceOnUse',
        markerWidth: 9,
        markerHeight: 9,
        orient: 'auto-start-reverse',
      },
      svg('path', { d: 'M0.5 0.8 L7 4 L0.5 7.2 Z' }),
    );
  return [svg('defs', {}, ...Object.keys(OFFSETS).map(marker))];
}

/** Lines of two groups between two cards are beside each other. */
const OFFSETS = { traffic: -9, control: 9, uses: 0, access: 6, network: 15 };

function ends({ from, to, group }) {
  const offset = OFFSETS[group];
  const [y1, y2] = [from, to].map((unit) => unit.y + unit.height / 2 + offset);
  const right = ({ x, width }) => x + width;
  if (to.x > from.x) return [right(from), y1, to.x, y2, 1, 1];
  if (to.x < from.x) return [from.x, y1, right(to), y2, -1, -1];
  return [right(from), y1, right(to), y2, 1, -1];
}

/** The line of an edge. */
export function line(edge) {
  const [x1, y1, x2, y2, out, into] = ends(edge);
  const bend = Math.max(26, Math.min(120, Math.abs(x2 - x1) / 2));
  const changes = new Set(edge.relations.map(({ change }) => change ?? ''));
  const change = changes.size === 1 ? [...changes][0] : '';
  return svg('path', {
    class: `${edge.group} ${change}`,
    'marker-end': `url(#arrow-${edge.group})`,
    d: `M${x1} ${y1} C${x1 + out * bend} ${y1} ${x2 - into * bend} ${y2} ${x2} ${y2}`,
  });
}

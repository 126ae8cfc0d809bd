// What stands on the map: the head of a lane, and the card of an object or of a stack of objects.
import { marksOf, wordsOf } from './details.js';
import { el } from './dom.js';
import { count, countingFindings, EFFECTS } from './model.js';

/** The head of a lane: what it is called, and what is in it. */
export function headOf(lane, onclick) {
  return el(
    'button',
    {
      type: 'button',
      class: 'head',
      tabindex: -1,
      'data-key': lane.key,
      'aria-expanded': String(lane.isOpen),
      style: { top: `${lane.y + 8}px` },
      onclick,
    },
    el('span', { class: 'twist', 'aria-hidden': 'true' }, lane.isOpen ? '▾' : '▸'),
    el('b', {}, lane.label),
    el('span', { class: 'quiet' }, summaryOf(lane.nodes)),
  );
}

/** @param listeners `onclick`, and what else is to be heard */
export function cardOf(model, unit, isSelected, listeners) {
  const { key, node, nodes, kind } = unit;
  const { x, y, width, height } = unit;
  const about = node
    ? {
        class: ['card', `column-${unit.column}`, node.absent ?? '', changeClass(nodes)].join(' '),
        title: `${kind} ${node.name}`,
        'aria-label': wordsOf(model, node),
        'aria-current': isSelected && 'true',
      }
    : {
        class: ['card', `column-${unit.column}`, 'stack', changeClass(nodes)].join(' '),
        title: `${kind} × ${nodes.length}`,
        'aria-label': `${summaryOf(nodes, `of kind ${kind}`)}`,
        'aria-expanded': 'false',
      };
  return el(
    'button',
    {
      type: 'button',
      tabindex: -1,
      'data-key': key,
      style: { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` },
      ...about,
      ...listeners,
    },
    el('span', { class: 'kind' }, kind, el('span', { class: 'quiet' }, node && factFor(unit))),
    el('span', { class: 'name' }, node ? node.name : count(nodes.length, 'object')),
    node ? marksOf(node, 'short') : el('span', { class: 'marks' }, stackMarks(nodes)),
  );
}

/** What to say beside the kind, where there is room: the namespace among others, else the first thing to say of it. */
function factFor({ kind, node, width, lane }) {
  const fact = (lane.isMixed ? node.namespace : node.facts?.[0]) ?? '';
  return kind.length + fact.length < width / 7.5 ? fact : '';
}

function summaryOf(nodes, of = '') {
  const findings = nodes.reduce((sum, node) => sum + countingFindings(node).length, 0);
  const changes = nodes.filter(({ change }) => change).length;
  return [
    [count(nodes.length, 'object'), of].filter(Boolean).join(' '),
    findings > 0 && count(findings, 'finding'),
    changes > 0 && `${changes} changed`,
  ]
    .filter(Boolean)
    .join(', ');
}

function changeClass(nodes) {
  const levels = nodes.flatMap(({ change }) => (change ? [EFFECTS[change.effect].level] : []));
  const worst = ['strong', 'gone', 'restart', 'new', 'mild'].find((level) => levels.includes(level));
  return worst ? `change-${worst}` : '';
}

function stackMarks(nodes) {
  const found = nodes.flatMap(countingFindings);
  const changed = nodes.filter(({ change }) => change).length;
  const severity = found.some((finding) => finding.severity === 'error') ? 'error' : 'warning';
  return [
    found.length > 0 && el('span', { class: `mark ${severity}` }, severity === 'error' ? '✕' : '▲', ` ${found.length}`),
    changed > 0 && el('span', { class: 'mark mild' }, `~ ${changed}`),
  ];
}

// The map: cards in lanes and columns, and lines between them.
import { beside } from './beside.js';
import { cardOf, headOf } from './card.js';
import { byId, el, svg } from './dom.js';
import { arrows, line } from './lines.js';
import { count } from './model.js';

/**
 * @param act `select(id)` is called for an object that is asked for, `open(key, isOpen)` for a lane or a stack
 */
export function mapOf(model, act) {
  const canvas = byId('map');
  let layout;
  let cards = new Map();
  let lines;
  let looked;
  let selected;
  let shown = new Set();

  function show(next, state) {
    const { key } = document.activeElement?.dataset ?? {};
    const hadFocus = canvas.contains(document.activeElement);
    layout = next;
    selected = state.selected;
    shown = state.groups;
    looked = undefined;
    cards = new Map();
    lines = svg('svg', { 'aria-hidden': 'true', width: layout.width, height: layout.height }, ...arrows());
    const board = el(
      'div',
      {
        class: 'board',
        role: 'group',
        'aria-label': 'Map of objects: arrow keys move, Enter shows an object or opens a group',
        style: { width: `${layout.width}px`, height: `${layout.height}px` },
      },
      heads(layout.columns),
      // Lanes are behind the lines, and cards before them.
      ...layout.lanes.map(backOf),
      lines,
      ...layout.lanes.map(section),
    );
    const nothing = el('p', { class: 'empty' }, 'Nothing is left: no object matches the search and the filters.');
    canvas.replaceChildren(layout.lanes.length > 0 ? board : nothing);
    draw();
    const current = cards.get(key) ?? cards.get(selected) ?? cards.values().next().value;
    current?.element.setAttribute('tabindex', '0');
    if (hadFocus) current?.element.focus({ preventScroll: true });
  }

  function section(lane) {
    const head = headOf(lane, () => act.open(lane.key, !lane.isOpen));
    cards.set(lane.key, { element: head, isHead: true, x: 20, y: lane.y + 8, width: 200, height: 28 });
    const items = lane.units.map((unit) => el('li', {}, card(unit)));
    const label = `${lane.label}, ${count(lane.nodes.length, 'object')}`;
    return el('section', { 'aria-label': label }, el('h3', {}, head), el('ul', {}, items));
  }

  function card(unit) {
    const { key, node } = unit;
    const element = cardOf(model, unit, node && key === selected, {
      onclick: () => (node ? act.select(key) : act.open(key, true)),
      onpointerenter: () => look(key),
      onpointerleave: () => look(undefined),
      onfocus: () => look(key),
      onblur: () => look(undefined),
    });
    cards.set(key, { element, ...unit });
    return element;
  }

  /** Draws the lines: those of what is looked at, or selected, before all others, with their words. */
  function draw() {
    if (!layout) return;
    const focus = looked ?? selected;
    const own = layout.edges.filter(({ from, to }) => from.key === focus || to.key === focus);
    const others = layout.edges.filter(
      (edge) => shown.has(edge.group) && (!edge.quiet || edge.group === 'network') && !own.includes(edge),
    );
    const near = new Set(own.flatMap(({ from, to }) => [from.key, to.key]));
    for (const [key, { element }] of cards) element.classList.toggle('near', near.has(key));
    canvas.classList.toggle('looking', own.length > 0);
    lines.querySelectorAll('g').forEach((group) => {
      group.remove();
    });
    lines.append(
      svg('g', { class: 'others' }, ...others.map((edge) => line(edge))),
      svg('g', { class: 'own' }, ...own.map((edge) => line(edge))),
    );
    tag(focus, own);
  }

  /** Says at each neighbour of what is looked at how they are related. */
  function tag(focus, edges) {
    for (const old of canvas.querySelectorAll('.tag')) old.remove();
    const tags = new Map();
    for (const { from, to, group, relations } of edges) {
      const key = from.key === focus ? to.key : from.key;
      for (const { verb } of relations) tags.set(key, (tags.get(key) ?? new Map()).set(verb, group));
    }
    for (const [key, verbs] of tags) {
      const words = [...verbs].map(([verb, group]) => el('span', { class: group }, verb));
      cards.get(key)?.element.append(el('span', { class: 'tag', 'aria-hidden': 'true' }, words));
    }
  }

  function choose(id) {
    cards.get(selected)?.element.removeAttribute('aria-current');
    cards.get(id)?.element.setAttribute('aria-current', 'true');
    selected = id;
    draw();
  }

  function look(key) {
    if (looked === key) return;
    looked = key;
    draw();
  }

  /** The focus goes to a card, or to the first where that one is in a stack. */
  function focusOn(key) {
    const found = cards.get(key) ?? [...cards.values()].find(({ isHead }) => !isHead);
    if (!found) return;
    canvas.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
    found.element.setAttribute('tabindex', '0');
    found.element.focus();
  }

  canvas.addEventListener('keydown', (event) => {
    const { key } = event.target.dataset;
    if (key === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = beside(cards, key, relatedTo(key), event.key);
    if (next === undefined) return;
    event.preventDefault();
    focusOn(next);
  });

  function relatedTo(key) {
    const own = layout.edges.filter(({ from, to, quiet }) => !quiet && (from.key === key || to.key === key));
    return new Set(own.flatMap(({ from, to }) => [from.key, to.key]));
  }

  /** Brings a card into view, and leaves the focus where it is. */
  function reveal(id) {
    cards.get(id)?.element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  return { show, choose, reveal, focusOn };
}

/** The names of the columns. */
function heads(columns) {
  const names = columns.map(({ label, x }) =>
    el('p', { class: 'column', style: { left: `${x}px`, top: '6px' } }, label),
  );
  return el('div', { class: 'columns', 'aria-hidden': 'true', hidden: columns.length === 0 }, names);
}

/** What a lane's cards are on. */
function backOf({ y, height, title }) {
  const style = { left: '12px', top: `${title - y}px` };
  const alone = el('p', { class: 'column', style }, 'By themselves, or for the whole namespace');
  const place = { top: `${y}px`, height: `${height}px` };
  return el('div', { class: 'lane', 'aria-hidden': 'true', style: place }, title !== undefined && alone);
}

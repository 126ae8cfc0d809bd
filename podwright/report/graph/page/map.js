// The map: cards in lanes and columns, and lines between them.
import { marksOf, wordsOf } from './details.js';
import { byId, el, svg } from './dom.js';
import { count, countingFindings, EFFECTS } from './model.js';

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
      el(
        'div',
        { class: 'columns', 'aria-hidden': 'true', hidden: layout.columns.length === 0 },
        layout.columns.map(({ label, x }) =>
          el('p', { class: 'column', style: { left: `${x}px`, top: '6px' } }, label),
        ),
      ),
      // Behind the cards, before the lanes.
      ...layout.lanes.map((lane) =>
        el('div', { class: 'lane', style: { top: `${lane.y}px`, height: `${lane.height}px` } }),
      ),
      ...layout.lanes.flatMap(({ title }) =>
        title === undefined
          ? []
          : el(
              'p',
              { class: 'column', 'aria-hidden': 'true', style: { left: '20px', top: `${title}px` } },
              'By themselves, or for the whole namespace',
            ),
      ),
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
    const head = el(
      'button',
      {
        type: 'button',
        class: 'head',
        tabindex: -1,
        'data-key': lane.key,
        'aria-expanded': String(lane.isOpen),
        style: { top: `${lane.y + 8}px` },
        onclick: () => act.open(lane.key, !lane.isOpen),
      },
      el('span', { class: 'twist', 'aria-hidden': 'true' }, lane.isOpen ? '▾' : '▸'),
      el('b', {}, lane.label),
      el('span', { class: 'quiet' }, summaryOf(lane.nodes)),
    );
    cards.set(lane.key, { element: head, x: 20, y: lane.y + 8, width: 200, height: 28 });
    return el(
      'section',
      { 'aria-label': `${lane.label}, ${count(lane.nodes.length, 'object')}` },
      el('h3', {}, head),
      el(
        'ul',
        {},
        lane.units.map((unit) => el('li', {}, card(unit))),
      ),
    );
  }

  function card(unit) {
    const { key, node, nodes, kind } = unit;
    const isStack = !node;
    const element = el(
      'button',
      {
        type: 'button',
        class: ['card', `column-${unit.column}`, isStack ? 'stack' : (node.absent ?? ''), changeClass(nodes)].join(' '),
        tabindex: -1,
        'data-key': key,
        'aria-label': isStack
          ? `${count(nodes.length, 'object')} of kind ${kind}; ${summaryOf(nodes)}`
          : wordsOf(model, node),
        'aria-expanded': isStack && 'false',
        'aria-current': !isStack && key === selected && 'true',
        title: isStack ? `${kind} × ${nodes.length}` : `${kind} ${node.name}`,
        style: { left: `${unit.x}px`, top: `${unit.y}px`, width: `${unit.width}px`, height: `${unit.height}px` },
        onclick: () => (isStack ? act.open(key, true) : act.select(key)),
        onpointerenter: () => look(key),
        onpointerleave: () => look(undefined),
        onfocus: () => look(key),
        onblur: () => look(undefined),
      },
      el('span', { class: 'kind' }, kind, el('span', { class: 'quiet' }, !isStack && factFor(unit))),
      el('span', { class: 'name' }, isStack ? count(nodes.length, 'object') : node.name),
      isStack ? el('span', { class: 'marks' }, stackMarks(nodes)) : marksOf(node, 'short'),
    );
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

  function focusOn(key) {
    const found = cards.get(key);
    if (!found) return;
    canvas.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
    found.element.setAttribute('tabindex', '0');
    found.element.focus();
  }

  canvas.addEventListener('keydown', (event) => {
    const { key } = event.target.dataset;
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (key === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = [...cards.keys()];
    const next = direction ? beside(key, direction) : { Home: all[0], End: all.at(-1) }[event.key];
    if (!direction && next === undefined) return;
    event.preventDefault();
    focusOn(next);
  });

  /** The nearest card in a direction; to the left and right, one that is related where there is one. */
  function beside(key, [dx, dy]) {
    const from = cards.get(key);
    const related = new Set(
      layout.edges.flatMap(({ from: a, to: b, quiet }) =>
        quiet ? [] : a.key === key ? [b.key] : b.key === key ? [a.key] : [],
      ),
    );
    const middle = ({ x, y, width, height }) => [
      x + (from.element.classList.contains('head') ? 0 : width / 2),
      y + height / 2,
    ];
    const [x, y] = middle(from);
    let best;
    let least = Number.POSITIVE_INFINITY;
    for (const [other, card] of cards) {
      const [atX, atY] = middle(card);
      const ahead = (atX - x) * dx + (atY - y) * dy;
      if (other === key || ahead < 4) continue;
      const aside = Math.abs(dx === 0 ? atX - x : atY - y);
      const cost = ahead + aside * (dx === 0 ? 2 : 3) - (dx !== 0 && related.has(other) ? 100_000 : 0);
      if (cost < least) [best, least] = [other, cost];
    }
    return best;
  }

  /** Brings a card into view, and leaves the focus where it is. */
  function reveal(id) {
    cards.get(id)?.element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  return { show, choose, reveal, focusOn };
}

/** The first thing to say of an object, where there is room for it beside the kind. */
function factFor({ kind, node, width }) {
  const [fact = ''] = node.facts ?? [];
  return kind.length + fact.length < width / 7.5 ? fact : '';
}

function summaryOf(nodes) {
  const findings = nodes.reduce((sum, node) => sum + countingFindings(node).length, 0);
  const changes = nodes.filter(({ change }) => change).length;
  return [
    count(nodes.length, 'object'),
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

function arrows() {
  const groups = ['traffic', 'control', 'uses', 'access', 'network'];
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
  return [svg('defs', {}, ...groups.map(marker))];
}

const OFFSETS = { traffic: -9, control: 9, uses: 0, access: 6, network: 15 };

function ends({ from, to, group }) {
  const offset = OFFSETS[group];
  const [y1, y2] = [from, to].map((unit) => unit.y + unit.height / 2 + offset);
  const right = ({ x, width }) => x + width;
  if (to.x > from.x) return [right(from), y1, to.x, y2, 1, 1];
  if (to.x < from.x) return [from.x, y1, right(to), y2, -1, -1];
  return [right(from), y1, right(to), y2, 1, -1];
}

function line(edge) {
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

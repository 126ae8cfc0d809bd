// What is asked for, and what is drawn for it: the state goes one way, from here to the views.
import { showDetails, wordsOf } from './details.js';
import { byId, el } from './dom.js';
import { layoutOf } from './layout.js';
import { mapOf } from './map.js';
import { count, countingFindings, GROUPS, matching, modelOf } from './model.js';
import { showObjects, showRelations } from './table.js';
import { treeOf } from './tree.js';

/** Lanes are open while there are at most so many objects. */
const MOST_OPEN = 150;

const graph = JSON.parse(byId('data').textContent);
const model = modelOf(graph);
const state = {
  words: '',
  environment: '',
  namespace: '',
  show: 'all',
  group: 'namespace',
  tab: 'map',
  groups: new Set(GROUPS.map(({ id }) => id).filter((id) => id !== 'network')),
  selected: undefined,
  opened: new Set(),
  closed: new Set(),
};
const map = mapOf(model, { select, open });
const tree = treeOf(model, select);

function shownIds() {
  return matching(model, state);
}

/** Whether a lane or a stack is open: as it was left, else by how much there is. */
function openKeys(ids) {
  const all = { has: (key) => !state.closed.has(key) && !key.includes('|') };
  const some = { has: (key) => state.opened.has(key) };
  return ids.size <= MOST_OPEN ? { has: (key) => all.has(key) || some.has(key) } : some;
}

function draw() {
  const ids = shownIds();
  tree.show(ids, state.selected);
  if (state.tab === 'map') drawMap(ids);
  if (state.tab === 'objects') showObjects(model, ids, select);
  if (state.tab === 'relations') showRelations(model, ids, select);
  byId('said').textContent =
    ids.size === model.byId.size ? '' : `${ids.size} of ${count(model.byId.size, 'object')} shown`;
  byId('summary').textContent = summary(ids);
}

function drawMap(ids) {
  const width = byId('map').clientWidth;
  map.show(layoutOf(model, ids, { group: state.group, open: openKeys(ids), width }), state);
}

function summary(ids) {
  const shown =
    ids.size === model.byId.size ? count(ids.size, 'object') : `${ids.size} of ${count(model.byId.size, 'object')}`;
  const compared = graph.diff ? ` · from ${graph.diff.before} to ${graph.diff.after}` : '';
  return `${shown} · ${count(model.edges.length, 'relation')}${compared}`;
}

function set(changes) {
  Object.assign(state, changes);
  draw();
}

function open(key, isOpen) {
  state.opened[isOpen ? 'add' : 'delete'](key);
  state.closed[isOpen ? 'delete' : 'add'](key);
  if (!isOpen) for (const opened of [...state.opened]) if (opened.startsWith(`${key}|`)) state.opened.delete(opened);
  draw();
}

function select(id) {
  const node = model.byId.get(id);
  const hidden = node && show(node);
  state.selected = id;
  showDetails(model, id, select);
  if (hidden) draw();
  else {
    map.choose(id);
    tree.show(shownIds(), id);
  }
  if (node) {
    map.reveal(id);
    byId('said').textContent = wordsOf(model, node);
  }
  const hash = id === undefined ? location.pathname + location.search : `#${encodeURIComponent(id)}`;
  history.replaceState(undefined, '', hash);
}

/** Takes off the filter, and opens the stack, that an object which is asked for is behind; says whether there was one. */
function show(node) {
  const isFiltered = !shownIds().has(node.id);
  if (isFiltered) {
    Object.assign(state, { words: '', environment: '', namespace: '', show: 'all' });
    fillFilters();
  }
  const ids = shownIds();
  const { units } = layoutOf(model, ids, { group: state.group, open: openKeys(ids), width: 1000 });
  const unit = units.find(({ nodes }) => nodes.includes(node));
  if (!unit.node) state.opened.add(unit.key);
  return isFiltered || !unit.node;
}

function fillFilters() {
  byId('search').value = state.words;
  options('environment', 'All', model.environments);
  options('namespace', 'All', model.namespaces);
  byId('environments').hidden = model.environments.length < 2;
  for (const radio of document.querySelectorAll('#show input')) radio.checked = radio.value === state.show;
}

function options(name, all, values) {
  const list = values.map((value) => el('option', { value }, value));
  const none = name === 'namespace' ? [el('option', { value: '-' }, 'None: the whole cluster')] : [];
  byId(name).replaceChildren(el('option', { value: '' }, all), ...list, ...none);
  byId(name).value = state[name];
}

function segments() {
  const findings = graph.nodes.reduce((sum, node) => sum + countingFindings(node).length, 0);
  const changed = graph.nodes.filter(({ change }) => change).length;
  const choices = [
    ['all', 'All'],
    ['findings', count(findings, 'finding')],
    ...(graph.diff ? [['changed', `${changed} changed`]] : []),
  ];
  for (const [value, text] of choices) {
    const input = el('input', { type: 'radio', name: 'show', value, onchange: () => set({ show: value }) });
    byId('show').append(el('label', {}, input, el('span', {}, text)));
  }
}

function tabs() {
  const names = [
    ['map', 'Map'],
    ['objects', 'Objects'],
    ['relations', 'Relations'],
  ];
  const go = (tab, focus) => {
    for (const [name] of names) {
      const isIt = name === tab;
      const button = byId(`tab-${name}`);
      button.setAttribute('aria-selected', String(isIt));
      button.tabIndex = isIt ? 0 : -1;
      if (isIt && focus) button.focus();
      byId(name).hidden = !isIt;
    }
    for (const id of ['tools', 'legend']) byId(id).hidden = tab !== 'map';
    set({ tab });
  };
  for (const [index, [name, text]] of names.entries()) {
    byId('tabs').append(
      el(
        'button',
        {
          type: 'button',
          role: 'tab',
          id: `tab-${name}`,
          'aria-controls': name,
          'aria-selected': String(name === 'map'),
          tabindex: name === 'map' ? 0 : -1,
          onclick: () => go(name),
          onkeydown: ({ key }) => {
            const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
            if (step) go(names[(index + step + names.length) % names.length][0], true);
          },
        },
        text,
      ),
    );
  }
}

function tools() {
  const groups = ['namespace', 'chart', 'kind'].map((value) => el('option', { value }, value));
  const isProgram = graph.tree.type !== undefined;
  groups[1].textContent = isProgram ? 'chart' : 'file';
  const group = el(
    'select',
    { onchange: ({ target }) => set({ group: target.value, opened: new Set(), closed: new Set() }) },
    groups,
  );
  const toggles = GROUPS.map(({ id, label }) => {
    const number = model.edges.filter((edge) => edge.group === id).length;
    if (number === 0) return undefined;
    const button = el(
      'button',
      { type: 'button', class: `toggle ${id}`, 'aria-pressed': String(state.groups.has(id)) },
      label,
      el('span', { class: 'quiet' }, String(number)),
    );
    button.addEventListener('click', () => {
      const isShown = !state.groups.has(id);
      state.groups[isShown ? 'add' : 'delete'](id);
      button.setAttribute('aria-pressed', String(isShown));
      draw();
    });
    return button;
  });
  const all = (isOpen) => () => {
    const { lanes } = layoutOf(model, shownIds(), { group: state.group, open: new Set(), width: 1000 });
    state.opened = new Set(isOpen ? lanes.map(({ key }) => key) : []);
    state.closed = new Set(isOpen ? [] : lanes.map(({ key }) => key));
    draw();
  };
  byId('legend').append(...toggles.filter(Boolean));
  byId('tools').append(
    el('label', {}, 'By ', group),
    el('button', { type: 'button', class: 'tool', onclick: all(true) }, 'Open all'),
    el('button', { type: 'button', class: 'tool', onclick: all(false) }, 'Close all'),
  );
}

function problems() {
  const notes = [
    ...graph.findings.map(({ severity, message, fix }) => `${severity}: ${[message, fix].filter(Boolean).join('. ')}`),
    ...(graph.diff?.notes ?? []),
  ];
  byId('problems').hidden = notes.length === 0;
  byId('problems').append(
    el(
      'ul',
      {},
      notes.map((note) => el('li', {}, note)),
    ),
  );
}

document.addEventListener('keydown', (event) => {
  const search = byId('search');
  const isTyping = event.target.matches('input, select, textarea');
  if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
    search.select();
  }
  if (event.key !== 'Escape') return;
  if (state.selected !== undefined && event.target !== search) {
    const { selected } = state;
    select(undefined);
    map.focusOn(selected);
  } else if (state.words !== '') {
    search.value = '';
    set({ words: '' });
  }
});

byId('search').addEventListener('input', ({ target }) => set({ words: target.value }));
byId('search').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
  event.preventDefault();
  const [first] = shownIds();
  if (first !== undefined && state.tab === 'map') map.focusOn(first);
});
byId('environment').addEventListener('change', ({ target }) => set({ environment: target.value }));
byId('namespace').addEventListener('change', ({ target }) => set({ namespace: target.value }));

let width = 0;
new ResizeObserver(() => {
  const now = byId('map').clientWidth;
  if (now === width || state.tab !== 'map') return;
  width = now;
  drawMap(shownIds());
}).observe(byId('map'));

byId('outline-title').textContent = graph.tree.type === undefined ? 'Files' : 'Constructs';
segments();
tabs();
tools();
problems();
fillFilters();
draw();
const linked = decodeURIComponent(location.hash.slice(1));
if (model.byId.has(linked)) select(linked);

// What is asked for, and what is drawn for it: the state goes one way, from here to the views.
import { showDetails, wordsOf } from './details.js';
import { byId, el } from './dom.js';
import { filtersOf, NO_FILTER } from './filters.js';
import { layoutOf } from './layout.js';
import { mapOf } from './map.js';
import { count, GROUPS, matching, modelOf } from './model.js';
import { showObjects, showRelations } from './table.js';
import { toolsOf } from './tools.js';
import { treeOf } from './tree.js';
import { viewsOf } from './views.js';

/** Lanes are open while there are at most so many objects. */
const MOST_OPEN = 150;

const graph = JSON.parse(byId('data').textContent);
const model = modelOf(graph);
const state = {
  ...NO_FILTER,
  group: 'namespace',
  tab: 'map',
  groups: new Set(GROUPS.map(({ id }) => id).filter((id) => id !== 'network')),
  selected: undefined,
  opened: new Set(),
  closed: new Set(),
};
const map = mapOf(model, { select, open });
const tree = treeOf(model, select);
const filters = filtersOf(model, set, () => state.tab === 'map' && map.focusOn([...shownIds()][0]));

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
    Object.assign(state, NO_FILTER);
    filters.show(state);
  }
  const ids = shownIds();
  const { units } = layoutOf(model, ids, { group: state.group, open: openKeys(ids), width: 1000 });
  const unit = units.find(({ nodes }) => nodes.includes(node));
  if (!unit.node) state.opened.add(unit.key);
  return isFiltered || !unit.node;
}

/** Opens or closes every lane. */
function all(isOpen) {
  const { lanes } = layoutOf(model, shownIds(), { group: state.group, open: new Set(), width: 1000 });
  const keys = new Set(lanes.map(({ key }) => key));
  set(isOpen ? { opened: keys, closed: new Set() } : { opened: new Set(), closed: keys });
}

function view(tab) {
  for (const id of ['tools', 'legend']) byId(id).hidden = tab !== 'map';
  set({ tab });
}

/** What was found at no object, and what has to be known of the comparison. */
function problems() {
  const found = graph.findings.map(
    ({ severity, message, fix }) => `${severity}: ${[message, fix].filter(Boolean).join('. ')}`,
  );
  const notes = [...found, ...(graph.diff?.notes ?? [])].map((note) => el('li', {}, note));
  byId('problems').hidden = notes.length === 0;
  byId('problems').append(el('ul', {}, notes));
}

/** Closes what is shown of an object, and returns to the object. */
function close() {
  const id = state.selected;
  select(undefined);
  if (state.tab === 'map') map.focusOn(id);
  else [...document.querySelectorAll(`#${state.tab} [data-id]`)].find(({ dataset }) => dataset.id === id)?.focus();
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
  if (state.selected !== undefined && event.target !== search) close();
  else if (state.words !== '') {
    set({ words: '' });
    filters.show(state);
  }
});

let width = 0;
new ResizeObserver(() => {
  const now = byId('map').clientWidth;
  if (now === width || state.tab !== 'map') return;
  width = now;
  drawMap(shownIds());
}).observe(byId('map'));

byId('outline-title').textContent = graph.tree.type === undefined ? 'Files' : 'Constructs';
viewsOf(view);
toolsOf(model, state, { draw, all, group: (group) => set({ group, opened: new Set(), closed: new Set() }) });
problems();
filters.show(state);
draw();
const linked = decodeURIComponent(location.hash.slice(1));
if (model.byId.has(linked)) select(linked);

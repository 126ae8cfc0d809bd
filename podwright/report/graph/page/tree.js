// The outline: what made the objects, as a tree that the keyboard walks as trees are walked.
// Source: https://www.w3.org/WAI/ARIA/apg/patterns/treeview/
import { marksOf, wordsOf } from './details.js';
import { byId, el } from './dom.js';

/** Branches are open while there are at most so many objects. */
const MOST_OPEN = 60;

/** The outline of a model. @param select is called with the id of an object that is asked for */
export function treeOf(model, select) {
  const root = byId('tree');
  const closed = new Set();
  let ids = new Set(model.byId.keys());
  let selected;
  // Files have no root of their own.
  const { tree } = model.graph;
  const isWhole = tree.type === undefined;

  const has = (branch) => branch.objects.some((id) => ids.has(id)) || branch.children.some(has);
  if (model.byId.size > MOST_OPEN) {
    const close = (branch, depth) => {
      if (depth > (isWhole ? 1 : 0)) closed.add(branch.path);
      for (const child of branch.children) close(child, depth + 1);
    };
    close(model.graph.tree, 0);
  }

  function item(branch, level) {
    // What is searched for is not behind what is closed.
    const isOpen = !closed.has(branch.path) || (ids.size < model.byId.size && ids.size <= MOST_OPEN);
    const children = isOpen
      ? [
          ...branch.children.filter(has).map((child) => item(child, level + 1)),
          ...branch.objects.filter((id) => ids.has(id)).map((id) => leaf(id, level + 1)),
        ]
      : [];
    return el(
      'li',
      {
        role: 'treeitem',
        tabindex: -1,
        'aria-level': level,
        'aria-expanded': String(isOpen),
        'aria-label': [branch.label, branch.type].filter(Boolean).join(', '),
        'data-path': branch.path,
      },
      el(
        'span',
        { class: 'row', onclick: () => toggle(branch.path) },
        el('span', { class: 'twist', 'aria-hidden': 'true' }, isOpen ? '▾' : '▸'),
        el('span', { class: 'label' }, branch.label),
        branch.type && branch.type !== branch.label && el('span', { class: 'type' }, branch.type),
      ),
      isOpen && el('ul', { role: 'group' }, children),
    );
  }

  function leaf(id, level) {
    const node = model.byId.get(id);
    return el(
      'li',
      {
        role: 'treeitem',
        tabindex: -1,
        'aria-level': level,
        'aria-selected': String(id === selected),
        'aria-label': wordsOf(model, node),
        'data-id': id,
      },
      el(
        'span',
        { class: 'row', onclick: () => select(id) },
        el('span', { class: 'label' }, el('span', { class: 'type' }, node.kind), ` ${node.name}`),
        marksOf(node, 'sign'),
      ),
    );
  }

  const items = () => [...root.querySelectorAll('[role=treeitem]')];
  const keyOf = (element) => element && `${element.dataset.id ?? ''}\n${element.dataset.path ?? ''}`;

  function draw(focused) {
    const before = focused ?? keyOf(root.querySelector('[tabindex="0"]'));
    const hadFocus = root.contains(document.activeElement);
    const tops = isWhole
      ? [
          ...tree.children.filter(has).map((child) => item(child, 1)),
          ...tree.objects.filter((id) => ids.has(id)).map((id) => leaf(id, 1)),
        ]
      : [tree].filter(has).map((child) => item(child, 1));
    root.replaceChildren(...tops);
    const all = items();
    const current = all.find((one) => keyOf(one) === before) ?? all[0];
    current?.setAttribute('tabindex', '0');
    if (hadFocus) current?.focus();
  }

  function toggle(path, open = closed.has(path)) {
    if (open) closed.delete(path);
    else closed.add(path);
    draw(`\n${path}`);
  }

  function focus(element) {
    if (!element) return;
    root.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
    element.setAttribute('tabindex', '0');
    element.focus();
  }

  root.addEventListener('keydown', (event) => {
    const element = event.target.closest('[role=treeitem]');
    if (!element || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = items();
    const index = all.indexOf(element);
    const { path } = element.dataset;
    const isOpen = element.getAttribute('aria-expanded') === 'true';
    const keys = {
      ArrowDown: () => focus(all[index + 1]),
      ArrowUp: () => focus(all[index - 1]),
      Home: () => focus(all[0]),
      End: () => focus(all.at(-1)),
      ArrowRight: () => {
        if (path === undefined) return;
        if (isOpen) focus(element.querySelector('[role=treeitem]'));
        else toggle(path, true);
      },
      ArrowLeft: () => {
        if (path !== undefined && isOpen) toggle(path, false);
        else focus(element.parentElement.closest('[role=treeitem]'));
      },
      Enter: () => (path === undefined ? select(element.dataset.id) : toggle(path)),
      ' ': () => (path === undefined ? select(element.dataset.id) : toggle(path)),
    };
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });

  return {
    show(shown, id) {
      ids = shown;
      selected = id;
      draw();
    },
  };
}

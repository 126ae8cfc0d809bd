// What the map shows of the relations, and by what it divides the objects.
import { byId, el } from './dom.js';
import { GROUPS } from './model.js';

/** @param act `draw()`, `group(name)`, `all(isOpen)` */
export function toolsOf(model, state, act) {
  byId('legend').append(...GROUPS.flatMap((group) => toggle(model, group, state, act)));
  const isProgram = model.graph.tree.type !== undefined;
  const groups = [
    ['namespace', 'namespace'],
    ['chart', isProgram ? 'chart' : 'file'],
    ['kind', 'kind'],
  ].map(([value, text]) => el('option', { value }, text));
  const tool = (text, onclick) => el('button', { type: 'button', class: 'tool', onclick }, text);
  byId('tools').append(
    el('label', {}, 'By ', el('select', { onchange: ({ target }) => act.group(target.value) }, groups)),
    tool('Open all', () => act.all(true)),
    tool('Close all', () => act.all(false)),
  );
}

/** What a colour stands for, and whether it is drawn; nothing where there is no such relation. */
function toggle(model, { id, label }, { groups }, { draw }) {
  const number = model.edges.filter(({ group }) => group === id).length;
  if (number === 0) return [];
  const button = el(
    'button',
    { type: 'button', class: `toggle ${id}`, 'aria-pressed': String(groups.has(id)) },
    label,
    el('span', { class: 'quiet' }, String(number)),
  );
  button.addEventListener('click', () => {
    if (!groups.delete(id)) groups.add(id);
    button.setAttribute('aria-pressed', String(groups.has(id)));
    draw();
  });
  return [button];
}

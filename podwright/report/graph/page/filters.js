// What is searched for, and what is chosen to be shown.
import { byId, el } from './dom.js';
import { count, countingFindings } from './model.js';

/** What shows everything. */
export const NO_FILTER = { words: '', environment: '', namespace: '', show: 'all' };

/**
 * @param set is told what is chosen
 * @param leave is called when the search is left for what it found
 */
export function filtersOf(model, set, leave) {
  const search = byId('search');
  search.addEventListener('input', () => set({ words: search.value }));
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    leave();
  });
  for (const name of ['environment', 'namespace']) {
    byId(name).addEventListener('change', ({ target }) => set({ [name]: target.value }));
  }
  options('environment', model.environments);
  options('namespace', model.namespaces, el('option', { value: '-' }, 'None'));
  byId('environments').hidden = model.environments.length < 2;
  choices(model, set);

  return {
    /** Says what is chosen, where something else than these changed it. */
    show({ words, environment, namespace, show }) {
      search.value = words;
      byId('environment').value = environment;
      byId('namespace').value = namespace;
      for (const radio of document.querySelectorAll('#show input')) radio.checked = radio.value === show;
    },
  };
}

function options(name, values, ...more) {
  const list = values.map((value) => el('option', { value }, value));
  byId(name).replaceChildren(el('option', { value: '' }, 'All'), ...list, ...more);
}

function choices({ graph }, set) {
  const findings = graph.nodes.reduce((sum, node) => sum + countingFindings(node).length, 0);
  const changed = graph.nodes.filter(({ change }) => change).length;
  const all = [
    ['all', 'All'],
    ['findings', count(findings, 'finding')],
    ...(graph.diff ? [['changed', `${changed} changed`]] : []),
  ];
  for (const [value, text] of all) {
    const input = el('input', { type: 'radio', name: 'show', value, onchange: () => set({ show: value }) });
    byId('show').append(el('label', {}, input, el('span', {}, text)));
  }
}

// The views, of which one is shown: tabs, as the keyboard knows them.
// Source: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
import { byId, el } from './dom.js';

const VIEWS = [
  ['map', 'Map'],
  ['objects', 'Objects'],
  ['relations', 'Relations'],
];

/** @param show is called with the id of the view that is chosen */
export function viewsOf(show) {
  for (const [index, [id, text]] of VIEWS.entries()) {
    const onkeydown = ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (step) go(VIEWS[(index + step + VIEWS.length) % VIEWS.length][0], true);
    };
    const properties = { type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': id, onkeydown };
    byId('tabs').append(el('button', { ...properties, onclick: () => go(id) }, text));
  }
  choose(VIEWS[0][0]);

  function go(chosen, isFocused) {
    choose(chosen);
    if (isFocused) byId(`tab-${chosen}`).focus();
    show(chosen);
  }
}

function choose(chosen) {
  for (const [id] of VIEWS) {
    const tab = byId(`tab-${id}`);
    tab.setAttribute('aria-selected', String(id === chosen));
    tab.tabIndex = id === chosen ? 0 : -1;
    byId(id).hidden = id !== chosen;
  }
}

// The same objects and relations as tables: for those who read rather than look.
import { marksOf } from './details.js';
import { byId, el, placeText } from './dom.js';
import { count } from './model.js';

/** @param select is called with the id of an object that is asked for */
export function showObjects(model, ids, select) {
  const nodes = model.graph.nodes.filter(({ id }) => ids.has(id));
  const rows = nodes.map((node) => [
    node.kind,
    link(node, select),
    ...where(model, node),
    node.constructPath ?? (node.source ? placeText(node.source) : ''),
    marksOf(node, 'whole'),
    String(model.relationsOf(node.id).length),
  ]);
  const head = ['Kind', 'Name', ...whereHead(model), 'Comes from', 'Findings and change', 'Relations'];
  byId('objects').replaceChildren(table(count(nodes.length, 'object'), head, rows, 1));
}

/** Relations of which an end is shown. */
export function showRelations(model, ids, select) {
  const edges = model.edges.filter(({ from, to }) => ids.has(from) || ids.has(to));
  const rows = edges.map(({ from, verb, to, detail, change }) => {
    const [source, target] = [model.byId.get(from), model.byId.get(to)];
    const words = [detail, change === 'new' ? 'new' : change === 'gone' ? 'no more' : ''].filter(Boolean).join(', ');
    return [link(source, select, true), verb, link(target, select, true), ...where(model, source), words];
  });
  const head = ['Object', 'Relation', 'Other object', ...whereHead(model), 'Detail'];
  byId('relations').replaceChildren(table(count(edges.length, 'relation'), head, rows, 0));
}

function whereHead({ environments }) {
  return environments.length > 0 ? ['Namespace', 'Environment'] : ['Namespace'];
}

function where({ environments }, { namespace = '', environment = '' }) {
  return environments.length > 0 ? [namespace, environment] : [namespace];
}

function link(node, select, withKind = false) {
  const kind = withKind && el('span', {}, node.kind, ' ');
  return el(
    'button',
    { type: 'button', class: 'link', 'data-id': node.id, onclick: () => select(node.id) },
    kind,
    node.name,
  );
}

/** @param header which cell of a row says what the row is */
function table(caption, head, rows, header) {
  const cells = (row) =>
    row.map((cell, at) => el(at === header ? 'th' : 'td', at === header ? { scope: 'row' } : {}, cell));
  return el(
    'table',
    {},
    el('caption', {}, caption),
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        head.map((text) => el('th', { scope: 'col' }, text)),
      ),
    ),
    el(
      'tbody',
      {},
      rows.map((row) => el('tr', {}, cells(row))),
    ),
  );
}

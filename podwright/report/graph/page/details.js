// All that is known of one object.
import { byId, el, placeText } from './dom.js';
import { count, countingFindings, EFFECTS } from './model.js';

/** @param select is called with the id of an object that is asked for, and with undefined to close */
export function showDetails(model, id, select) {
  const panel = byId('details');
  const node = model.byId.get(id);
  panel.hidden = !node;
  if (!node) return;
  const parts = [
    el(
      'div',
      { class: 'title' },
      el('p', { class: 'kind' }, node.kind),
      el('h2', {}, node.name),
      el('button', { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => select(undefined) }, '✕'),
    ),
    ...marksOf(node, 'whole'),
    facts(model, node),
    ...findings(node),
    ...change(node),
    ...relations(model, node, select),
  ];
  panel.replaceChildren(...parts.filter(Boolean));
  panel.scrollTop = 0;
}

/**
 * What is laid over an object, each with a sign and words.
 * @param size 'whole' says all of it, 'short' what there is room for on a card, 'sign' in a line
 */
export function marksOf(node, size) {
  const isWhole = size === 'whole';
  const marks = [];
  const found = countingFindings(node);
  for (const [severity, sign] of [
    ['error', '✕'],
    ['warning', '▲'],
    ['info', 'i'],
  ]) {
    const number = found.filter((finding) => finding.severity === severity).length;
    if (number === 0 || (severity === 'info' && !isWhole)) continue;
    marks.push(mark(severity, sign, isWhole ? count(number, severity === 'info' ? 'note' : severity) : String(number)));
  }
  if (node.change) {
    const { level, sign, words, short } = EFFECTS[node.change.effect];
    marks.push(mark(level, sign, { whole: words, short: short ?? words, sign: '' }[size]));
  }
  if (node.absent === 'named' && size !== 'sign') {
    marks.push(mark('absent', '○', isWhole ? 'not among the objects' : 'outside'));
  }
  return marks.length > 0 ? [el('span', { class: 'marks' }, marks)] : [];
}

function mark(level, sign, words) {
  return el('span', { class: `mark ${level}` }, el('span', { 'aria-hidden': 'true' }, sign), words && ` ${words}`);
}

/** An object in words, for those who do not see it. */
export function wordsOf(model, node) {
  const { kind, name, namespace, facts = [], change, absent } = node;
  const found = countingFindings(node);
  return [
    `${kind} ${name}`,
    namespace && `namespace ${namespace}`,
    ...facts.slice(0, 1),
    found.length > 0 &&
      `${count(found.length, 'finding')}, ${found.some(({ severity }) => severity === 'error') ? 'error' : 'no error'}`,
    change && EFFECTS[change.effect].words,
    absent === 'named' && 'not among the objects',
    count(model.relationsOf(node.id).length, 'relation'),
  ]
    .filter(Boolean)
    .join('; ');
}

function facts(model, node) {
  const branches = model.branchesOf(node.id);
  const type = branches.at(-1)?.type;
  const rows = [
    ['Environment', node.environment],
    ['Namespace', node.namespace],
    ['API version', node.apiVersion],
    ['Construct', node.constructPath && `${node.constructPath}${type ? ` (${type})` : ''}`],
    ['Made at', node.madeAt && placeText(node.madeAt)],
    ['File', node.source && placeText(node.source)],
    ['In short', node.facts?.join(' · ')],
  ].filter(([, value]) => value);
  return el('dl', {}, ...rows.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}

function section(title, ...children) {
  return [el('h3', {}, title), ...children];
}

function findings({ findings: all }) {
  if (all.length === 0) return [];
  const items = all.map(({ ruleId, severity, pointer, message, fix, source, suppressed }) =>
    el(
      'li',
      { class: `finding ${suppressed ? 'suppressed' : severity}` },
      el(
        'p',
        { class: 'what' },
        el('b', {}, suppressed ? 'excepted' : severity),
        ` ${[pointer, message].filter(Boolean).join(': ')}`,
      ),
      fix && el('p', {}, fix),
      suppressed && el('p', {}, `${suppressed.reason} (${suppressed.owner}, until ${suppressed.expires})`),
      el('p', { class: 'quiet' }, [ruleId, source && placeText(source)].filter(Boolean).join(' · ')),
    ),
  );
  return section(count(all.length, 'finding'), el('ul', { class: 'findings' }, items));
}

function change({ change: changed }) {
  if (!changed) return [];
  const { outcomes, fields, renamed } = changed;
  const items = outcomes.map(({ what, ends, waitsFor }) =>
    el('li', {}, [what, ends && `ends: ${ends}`, waitsFor && `waits for: ${waitsFor}`].filter(Boolean).join('; ')),
  );
  const rows = fields.map(({ name, before, after, source }) =>
    el(
      'div',
      { class: 'field' },
      el('p', {}, name),
      before !== undefined &&
        el('p', { class: 'before' }, el('span', { class: 'hidden' }, 'before: '), valueText(before)),
      after !== undefined && el('p', { class: 'after' }, el('span', { class: 'hidden' }, 'after: '), valueText(after)),
      source && el('p', { class: 'quiet' }, placeText(source)),
    ),
  );
  return section(
    'What changes',
    el('ul', { class: 'outcomes' }, items),
    renamed && el('p', {}, `another name for ${renamed}`),
    ...rows,
  );
}

function valueText(value) {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function relations(model, { id }, select) {
  const out = (model.outgoing.get(id) ?? []).map((edge) => [edge, model.byId.get(edge.to), `${edge.verb} →`]);
  const back = (model.incoming.get(id) ?? []).map((edge) => [edge, model.byId.get(edge.from), `← ${edge.verb} this`]);
  const all = [...out, ...back];
  if (all.length === 0) return section('Relations', el('p', { class: 'quiet' }, 'none'));
  const groups = new Map();
  for (const [edge, other, label] of all) {
    if (!groups.has(label)) groups.set(label, []);
    groups
      .get(label)
      .push(
        el(
          'li',
          {},
          el(
            'button',
            { type: 'button', class: 'link', onclick: () => select(other.id) },
            el('span', {}, other.kind),
            ` ${other.name}`,
          ),
          el(
            'span',
            { class: 'quiet' },
            [edge.detail, edge.change === 'new' ? 'new' : edge.change === 'gone' ? 'no more' : '']
              .filter(Boolean)
              .join(' · '),
          ),
        ),
      );
  }
  return section(
    count(all.length, 'relation'),
    ...[...groups].map(([label, items]) => el('div', { class: 'relations' }, el('h4', {}, label), el('ul', {}, items))),
  );
}

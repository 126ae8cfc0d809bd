// How Pods spread over zones and nodes. Source: pkg/apis/core/validation validateTopologySpreadConstraints.
import { object, oneOf, positive, since, until } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { matchLabelKeys } from './affinity';
import { labelKey, labelSelector } from './labels';

const ACTIONS = ['DoNotSchedule', 'ScheduleAnyway'];
const nodes = oneOf('Honor', 'Ignore');

/** Keys that the selector has already, before the API server merged them into it. */
const oldMatchLabelKeys: Check = (constraint: Any, at: Cursor) => {
  const { matchLabelKeys: keys, labelSelector: selector } = constraint;
  if (!keys?.length) return;
  if (!selector) at.forbidden('must not be specified when labelSelector is not set', 'matchLabelKeys');
  const selected = new Set([
    ...Object.keys(selector?.matchLabels ?? {}),
    ...(selector?.matchExpressions ?? []).map((expression: Any) => expression?.key),
  ]);
  for (let i = 0; i < keys.length; i++) {
    at.enter('matchLabelKeys', (_, at) => at.enter(i, labelKey, keys[i] ?? ''), keys);
    if (selected.has(keys[i])) {
      at.invalid(keys[i], 'exists in both matchLabelKeys and labelSelector', 'matchLabelKeys', i);
    }
  }
};

const constraint: Check = object(
  'api/topology-spread',
  { labelSelector, nodeAffinityPolicy: { check: nodes, empty: true }, nodeTaintsPolicy: { check: nodes, empty: true } },
  (value: Any, at: Cursor) => {
    const { topologyKey = '', whenUnsatisfiable: action = '', minDomains } = value;
    at.enter('maxSkew', positive, value.maxSkew ?? 0);
    if (!topologyKey) at.required('can not be empty', 'topologyKey');
    if (!ACTIONS.includes(action)) at.notSupported(action, ACTIONS, 'whenUnsatisfiable');
    if (minDomains === undefined || minDomains === null) return;
    at.enter('minDomains', positive, minDomains);
    if (action !== 'DoNotSchedule') {
      const problem = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`;
      at.invalid(minDomains, problem, 'minDomains');
    }
  },
  until('1.34', oldMatchLabelKeys),
  since('1.34', matchLabelKeys),
);

/** A Pod's spread constraints, of which no two say the same. */
export const topologySpreadConstraints: Check = (list: Any, at: Cursor) => {
  for (let i = 0; i < list.length; i++) at.enter(i, constraint, list[i] ?? {});
  for (let i = 0; i < list.length; i++) {
    const { topologyKey = '', whenUnsatisfiable: action = '' } = list[i] ?? {};
    const again = list
      .slice(i + 1)
      .some((other: Any) => (other?.topologyKey ?? '') === topologyKey && (other?.whenUnsatisfiable ?? '') === action);
    if (again) at.duplicate(`{${topologyKey}, ${action}}`, i).says(0, '{topologyKey, whenUnsatisfiable}');
  }
};

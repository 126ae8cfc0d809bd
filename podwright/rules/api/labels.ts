// Label keys, label values and selectors. Source: k8s.io/apimachinery/pkg/apis/meta/v1/validation.
import { each, form, object } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { labelValue, qualifiedName } from '../values/names';

/** A label's key: `app`, `example.com/app`. */
export const labelKey: Check = form(qualifiedName);

/** A map of labels. The API server names the map, not the key. */
export const labels: Check = (map: Any, at: Cursor) => {
  for (const key in map) {
    const value = map[key] ?? '';
    for (const problem of qualifiedName(key) ?? []) at.invalid(key, problem).at(key);
    for (const problem of labelValue(value) ?? []) at.invalid(value, problem).at(key);
  }
};

/** One demand of a label selector; `anyValue` where the API server does not look at the values' form. */
export function selectorRequirement(anyValue: boolean): Check {
  return object('api/label-selector', {}, (requirement: Any, at: Cursor) => {
    const { operator = '', key = '' } = requirement;
    const values = requirement.values ?? [];
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0) at.required("must be specified when `operator` is 'In' or 'NotIn'", 'values');
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0) {
        at.forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'", 'values');
      }
    } else at.invalid(operator, 'not a valid selector operator', 'operator');
    at.enter('key', labelKey, key);
    if (anyValue) return;
    for (let i = 0; i < values.length; i++) {
      for (const problem of labelValue(values[i] ?? '') ?? []) at.invalid(values[i], problem, 'values', i);
    }
  });
}

/** A label selector. */
export const labelSelector: Check = object('api/label-selector', {
  matchLabels: labels,
  matchExpressions: each(selectorRequirement(false)),
});

/** Whether a selector picks everything. */
export function isEmptySelector(selector: Any): boolean {
  return (
    !selector || (Object.keys(selector.matchLabels ?? {}).length === 0 && !(selector.matchExpressions?.length > 0))
  );
}

/** Whether a selector, both maps and demands, picks labels. One that can't be read picks nothing. */
export function selects(selector: Any, given: Any): boolean {
  const map = given ?? {};
  const has = (key: string) => Object.hasOwn(map, key);
  for (const [key, value] of Object.entries(selector?.matchLabels ?? {})) {
    if (!has(key) || (map[key] ?? '') !== (value ?? '')) return false;
  }
  for (const requirement of selector?.matchExpressions ?? []) {
    const { key, operator, values = [] } = requirement ?? {};
    const listed = has(key) && values.includes(map[key] ?? '');
    if (operator === 'In' ? !listed : operator === 'NotIn' ? listed : has(key) !== (operator === 'Exists'))
      return false;
  }
  return true;
}

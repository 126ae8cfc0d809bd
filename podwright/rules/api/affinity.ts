// Where Pods may and may not run. Source: pkg/apis/core/validation validateAffinity.
import { each, form, object, required, since } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsLabel, dnsSubdomain, labelValue } from '../values/names';
import { labelKey, labelSelector } from './labels';

/** A demand of a node's labels. */
function nodeRequirement(strict: boolean): Check {
  return (requirement: Any, at: Cursor) => {
    const { operator = '', key = '' } = requirement;
    const values = requirement.values ?? [];
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0) at.required("must be specified when `operator` is 'In' or 'NotIn'", 'values');
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0)
        at.forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'", 'values');
    } else if (operator === 'Gt' || operator === 'Lt') {
      if (values.length !== 1) at.required("must be specified single value when `operator` is 'Lt' or 'Gt'", 'values');
    } else at.invalid(operator, 'not a valid selector operator', 'operator');
    at.enter('key', labelKey, key);
    if (strict) labelValues(requirement, at);
  };
}

const labelValues: Check = since('1.33', (requirement: Any, at: Cursor) => {
  const values = requirement.values ?? [];
  for (let i = 0; i < values.length; i++) {
    for (const problem of labelValue(values[i] ?? '') ?? []) at.invalid(values[i], problem, 'values', i);
  }
});

/** A demand of a node's fields: its name, and one value. */
const nodeField: Check = (requirement: Any, at: Cursor) => {
  const { operator = '', key = '' } = requirement;
  const values = requirement.values ?? [];
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length !== 1) {
      at.required("must be only one value when `operator` is 'In' or 'NotIn' for node field selector", 'values');
    }
  } else at.invalid(operator, 'not a valid selector operator', 'operator');
  if (key !== 'metadata.name') {
    at.invalid(key, 'not a valid field selector key', 'key');
    return;
  }
  for (let i = 0; i < values.length; i++) {
    for (const problem of dnsSubdomain(values[i] ?? '') ?? []) at.invalid(values[i], problem, 'values', i);
  }
};

function nodeSelectorTerm(strict: boolean): Check {
  return object(undefined, { matchExpressions: each(nodeRequirement(strict)), matchFields: each(nodeField) });
}

/** Nodes by their labels and fields: one of the terms must fit. */
export const nodeSelector: Check = object('api/node-affinity', {
  nodeSelectorTerms: required(each(nodeSelectorTerm(true)), 'must have at least one node selector term'),
});

const weight: Check = (term: Any, at: Cursor) => {
  const value = term.weight ?? 0;
  if (value <= 0 || value > 100) at.invalid(value, 'must be in the range 1-100', 'weight');
};

const nodeAffinity: Check = object('api/node-affinity', {
  requiredDuringSchedulingIgnoredDuringExecution: nodeSelector,
  // A preference with a label that no node can have is harmless, and let pass.
  preferredDuringSchedulingIgnoredDuringExecution: each(
    object(undefined, { preference: nodeSelectorTerm(false) }, weight),
  ),
});

/** Keys of labels that are taken from the Pod itself. */
function keysOf(list: Any, selector: Any, at: Cursor, field: string): void {
  if (!list?.length) return;
  if (!selector) {
    at.forbidden('must not be specified when labelSelector is not set', field);
    return;
  }
  for (let i = 0; i < list.length; i++) at.enter(field, (_, at) => at.enter(i, labelKey, list[i] ?? ''), list);
}

/** matchLabelKeys and mismatchLabelKeys beside a selector, which may not name a key twice. */
export const matchLabelKeys: Check = (term: Any, at: Cursor) => {
  const { matchLabelKeys: match, mismatchLabelKeys: mismatch, labelSelector: selector } = term;
  if (!match?.length && !mismatch?.length) return;
  keysOf(match, selector, at, 'matchLabelKeys');
  keysOf(mismatch, selector, at, 'mismatchLabelKeys');
  const selected = new Set(Object.keys(selector?.matchLabels ?? {}));
  for (const expression of selector?.matchExpressions ?? []) {
    const key = expression?.key ?? '';
    const index = (match ?? []).lastIndexOf(key);
    // The API server names the term's number where it means the key's.
    if (index >= 0 && selected.has(key)) {
      at.invalid(key, 'exists in both matchLabelKeys and labelSelector', 'matchLabelKeys', index).says(2, index);
    }
    selected.add(key);
  }
  for (let i = 0; i < (match?.length ?? 0); i++) {
    if (mismatch?.includes(match[i])) {
      at.invalid(match[i], 'exists in both matchLabelKeys and mismatchLabelKeys', 'matchLabelKeys', i);
    }
  }
};

const podTerm: Check = object(
  'api/pod-affinity',
  {
    labelSelector,
    namespaceSelector: labelSelector,
    namespaces: (names: Any, at: Cursor) => {
      for (let i = 0; i < names.length; i++) {
        for (const problem of dnsLabel(names[i] ?? '') ?? []) at.invalid(names[i], problem, i).says(2, 'namespace');
      }
    },
  },
  matchLabelKeys,
  (term: Any, at: Cursor) => {
    if (!term.topologyKey) at.required('can not be empty', 'topologyKey');
    at.enter('topologyKey', labelKey, term.topologyKey ?? '');
  },
);

const podAffinity: Check = object('api/pod-affinity', {
  requiredDuringSchedulingIgnoredDuringExecution: each(podTerm),
  preferredDuringSchedulingIgnoredDuringExecution: each(
    object(undefined, {}, weight, (term: Any, at: Cursor) =>
      at.enter('podAffinityTerm', podTerm, term.podAffinityTerm ?? {}),
    ),
  ),
});

/** A Pod's affinities. */
export const affinity: Check = object(undefined, { nodeAffinity, podAffinity, podAntiAffinity: podAffinity });

/** The name of a node. */
export const nodeName: Check = form(dnsSubdomain);

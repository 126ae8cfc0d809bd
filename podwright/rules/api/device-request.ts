// Which devices are asked for, and how many. Source: pkg/apis/resource/validation.
import { each, form, from, object, required } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsLabel, dnsSubdomain, labelValue } from '../values/names';
import { deviceSelector } from './device-selector';
import { labelKey } from './labels';

const is = (value: Any) => value !== undefined && value !== null;

/** The most requests of a claim. */
export const REQUESTS = 32;

/** A list of at most so many. */
export function atMost(most: number, check: Check): Check {
  return (list: Any, at: Cursor) => {
    each(check)(list, at);
    if (list.length > most) at.tooMany(list.length, most);
  };
}

/** A list of things that are told apart by their names. */
export function uniqueNames(most: number, check: Check): Check {
  return (list: Any, at: Cursor) => {
    atMost(most, check)(list, at);
    const seen = new Set<string>();
    list.forEach((entry: Any, i: number) => {
      const name = entry?.name ?? '';
      if (seen.has(name)) at.duplicate(name, i, 'name');
      seen.add(name);
    });
  };
}

const EFFECTS = ['NoExecute', 'NoSchedule'];
const toleration: Check = object(undefined, { key: labelKey }, (value: Any, at: Cursor) => {
  const operator = value.operator || 'Equal';
  const text = value.value ?? '';
  if (operator === 'Exists') {
    if (text) at.invalid(text, 'must be empty for operator `Exists`', 'value');
  } else if (operator === 'Equal') at.enter('value', form(labelValue), text);
  else at.notSupported(operator, ['Equal', 'Exists'], 'operator');
  if (value.effect && !EFFECTS.includes(value.effect)) at.notSupported(value.effect, EFFECTS, 'effect');
});

/** What devices a request is for, and how many. */
const devices: Check = object(
  undefined,
  {
    deviceClassName: required(form(dnsSubdomain)),
    selectors: atMost(32, deviceSelector),
    tolerations: each(toleration),
  },
  (request: Any, at: Cursor) => {
    const mode = request.allocationMode || 'ExactCount';
    const count = request.count ?? 0;
    if (mode === 'All') {
      if (count !== 0) at.invalid(count, "must not be specified when allocationMode is 'All'", 'count');
    } else if (mode === 'ExactCount') {
      if (count < 0) at.invalid(count, 'must be greater than zero', 'count');
    } else at.notSupported(mode, ['All', 'ExactCount'], 'allocationMode');
  },
);

const requestName: Check = (request: Any, at: Cursor) => at.enter('name', form(dnsLabel), request.name ?? '');

/** The fields of v1beta1's requests that later versions have in `exactly`. */
const FLAT = ['deviceClassName', 'selectors', 'allocationMode', 'count', 'adminAccess', 'tolerations', 'capacity'];

/** A claim's request of devices. */
export const request: Check = object(
  undefined,
  {
    firstAvailable: uniqueNames(8, object(undefined, {}, requestName, devices)),
    exactly: devices,
  },
  requestName,
  (value: Any, at: Cursor) => {
    const flat = at.root.apiVersion === 'resource.k8s.io/v1beta1';
    const exact = flat ? FLAT.some((field) => is(value[field]) && value[field] !== '') : is(value.exactly);
    const first = value.firstAvailable?.length > 0;
    if (flat && exact) {
      const before = at.faults.length;
      const step = at.path.length;
      devices(value, at);
      if (at.versions & from('1.33')) {
        for (const fault of at.faults.slice(before)) {
          fault.field = [...fault.path.slice(0, step), 'exactly', ...fault.path.slice(step)];
        }
      }
    }
    const one = 'exactly one of `exactly` or `firstAvailable` is required';
    if (!exact && !first) at.required(one);
    else if (exact && first) at.invalid(null, `${one}, but multiple fields are set`);
  },
);

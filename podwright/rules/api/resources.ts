// What containers and Pods request and are limited to. Source: pkg/apis/core/validation validateResourceRequirements.
import { object } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsLabel } from '../values/names';
import {
  formatQuantity,
  isWhole,
  milliValue,
  parseQuantity,
  type Quantity,
  quantityOf,
  wholeValue,
} from '../values/quantity';
import { podOf } from './pod-facts';
import {
  containerResourceName,
  isExtended,
  isHugePages,
  isOvercommitAllowed,
  OBJECT_COUNTS,
  podResourceName,
} from './resource-names';

/** The amount as the API server keeps it: thousandths at the finest. */
export function stored(value: Any): Quantity {
  const quantity = quantityOf(value ?? '0');
  return quantity.nano % 1_000_000n === 0n ? quantity : { ...quantity, nano: milliValue(quantity) * 1_000_000n };
}

/** An amount of a resource: not negative, and whole where the resource can't be split. */
export function amount(name: string, quantity: Quantity, at: Cursor): void {
  if (quantity.nano < 0n) at.invalid(formatQuantity(quantity), 'must be greater than or equal to 0');
  // The API server counts thousandths; of large binary amounts the last 64 bits are left.
  const binary = quantity.format === 'binary';
  const whole = binary ? BigInt.asIntN(64, milliValue(quantity)) % 1000n === 0n : isWhole(quantity);
  if (!whole && (OBJECT_COUNTS.includes(name) || isExtended(name))) {
    at.invalid(formatQuantity(quantity), 'must be an integer');
  }
}

function hugePages(name: string, quantity: Quantity, at: Cursor): void {
  const size = parseQuantity(name.slice('hugepages-'.length));
  const fits =
    typeof size !== 'string' && size.nano > 0n && isWhole(size) && wholeValue(quantity) % wholeValue(size) === 0n;
  if (!fits)
    at.invalid(formatQuantity(quantity), `${formatQuantity(quantity)} is not positive integer multiple of ${name}`);
}

function each(list: Any, names: Check, at: Cursor): void {
  for (const name in list) {
    const quantity = stored(list[name]);
    at.path.push(name);
    names(name, at);
    amount(name, quantity, at);
    if (isHugePages(name)) hugePages(name, quantity, at);
    at.path.pop();
  }
}

/** Requests against limits. */
function compare(requirements: Any, at: Cursor): void {
  const limits = requirements.limits ?? {};
  for (const name in requirements.requests ?? {}) {
    const free = isOvercommitAllowed(name);
    if (!Object.hasOwn(limits, name)) {
      if (!free) at.required('Limit must be set for non overcommitable resources', 'limits');
      continue;
    }
    if (requirements.requests[name] === limits[name]) continue;
    const request = stored(requirements.requests[name]);
    const limit = stored(limits[name]);
    const shown = formatQuantity(request);
    if (!free && request.nano !== limit.nano) {
      at.invalid(shown, `must be equal to ${name} limit of ${formatQuantity(limit)}`, 'requests').at(name);
    } else if (request.nano > limit.nano) {
      at.invalid(shown, `must be less than or equal to ${name} limit of ${formatQuantity(limit)}`, 'requests').at(name);
    }
  }
}

function claims(list: Any, at: Cursor): void {
  const known = podOf(at).claims;
  const seen = new Set<string>();
  for (let i = 0; i < list.length; i++) {
    const { name = '', request = '' } = list[i] ?? {};
    if (name === '') {
      at.required('', i);
      continue;
    }
    const key = request === '' ? name : `${name}/${request}`;
    if (request !== '') for (const problem of dnsLabel(request) ?? []) at.invalid(request, problem, i, 'request');
    if (seen.has(name)) at.duplicate(name, i);
    else if (seen.has(key)) at.duplicate(key, i);
    else if (request === '' && [...seen].some((other) => other.startsWith(`${name}/`))) at.duplicate(name, i);
    seen.add(key);
    if (!known.has(name)) {
      const which = known.size === 0 ? ' which is empty' : `: ${[...known].sort().join(', ')}`;
      at.notFound(name, `must be one of the names in pod.spec.resourceClaims${which}`, i);
    }
  }
}

function requirements(names: Check): Check {
  return object('api/resources', {}, (value: Any, at: Cursor) => {
    if (value.limits) at.enter('limits', (list, at) => each(list, names, at), value.limits);
    if (value.requests) at.enter('requests', (list, at) => each(list, names, at), value.requests);
    compare(value, at);
    const all = [...Object.keys(value.limits ?? {}), ...Object.keys(value.requests ?? {})];
    if (all.some(isHugePages) && !all.includes('cpu') && !all.includes('memory')) {
      at.forbidden('HugePages require cpu or memory');
    }
    if (value.claims?.length) at.enter('claims', (list, at) => claims(list, at), value.claims);
  });
}

/** A container's requests and limits. */
export const containerResources: Check = requirements(containerResourceName);
/** A Pod's requests and limits as a whole. */
export const podResources: Check = requirements(podResourceName);

// LimitRanges: bounds and defaults that must agree. Source: pkg/apis/core/validation ValidateLimitRange.
import { each, object } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { qualifiedName } from '../values/names';
import { formatQuantity, milliValue, type Quantity, wholeValue } from '../values/quantity';
import { withSpec } from './apps';
import { subdomainMetadata } from './metadata';
import { containerResourceName, isOvercommitAllowed, resourceName } from './resource-names';
import { stored } from './resources';

const TYPES = ['Pod', 'Container', 'PersistentVolumeClaim'];
const BOUNDS = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'];

type Amounts = { readonly [bound: string]: Quantity | undefined };

/** The bounds of a resource, with the defaults that the API server takes from others for containers. */
function boundsOf(limit: Any, name: string): Amounts {
  const read = (bound: string) => {
    const map = limit[bound];
    return map && Object.hasOwn(map, name) ? stored(map[name]) : undefined;
  };
  const bounds = Object.fromEntries(BOUNDS.map((bound) => [bound, read(bound)]));
  if (limit.type !== 'Container')
    return limit.type === 'Pod' ? { ...bounds, default: undefined, defaultRequest: undefined } : bounds;
  const fallback = bounds.default ?? bounds.max;
  return { ...bounds, default: fallback, defaultRequest: bounds.defaultRequest ?? fallback ?? bounds.min };
}

/** The ratio of max to min as the API server counts it: in thousandths where the numbers are small. */
function ratioTooBig(ratio: Quantity, min: Quantity, max: Quantity): number | undefined {
  const small = 9_223_372_036_854_775n;
  const [r, least, most] = [wholeValue(ratio), wholeValue(min), wholeValue(max)];
  const exact = r < small && least < small && most < small;
  const value = exact ? Number(milliValue(ratio)) / 1000 : Number(r);
  const limit = exact ? Number(milliValue(max)) / Number(milliValue(min)) : Number(most) / Number(least);
  return value > limit ? limit : undefined;
}

function compare(limit: Any, name: string, at: Cursor): void {
  const { max, min, default: preset, defaultRequest: request, maxLimitRequestRatio: ratio } = boundsOf(limit, name);
  const text = formatQuantity;
  const say = (bound: string, value: Quantity, problem: string) => at.invalid(text(value), problem, bound, name);
  const over = (a: Quantity | undefined, b: Quantity | undefined): a is Quantity => Boolean(a && b && a.nano > b.nano);
  if (over(min, max) && max) say('min', min, `min value ${text(min)} is greater than max value ${text(max)}`);
  if (over(min, request) && request) {
    say('defaultRequest', request, `min value ${text(min)} is greater than default request value ${text(request)}`);
  }
  if (over(request, max) && max) {
    say('defaultRequest', request, `default request value ${text(request)} is greater than max value ${text(max)}`);
  }
  if (over(request, preset) && preset) {
    say(
      'defaultRequest',
      request,
      `default request value ${text(request)} is greater than default limit value ${text(preset)}`,
    );
  }
  if (over(min, preset) && preset)
    say('default', min, `min value ${text(min)} is greater than default value ${text(preset)}`);
  if (over(preset, max) && max)
    say('default', max, `default value ${text(preset)} is greater than max value ${text(max)}`);
  if (ratio && ratio.nano < 1_000_000_000n) {
    say('maxLimitRequestRatio', ratio, `ratio ${text(ratio)} is less than 1`);
  }
  const most = ratio && min && max ? ratioTooBig(ratio, min, max) : undefined;
  if (ratio && most !== undefined) {
    say('maxLimitRequestRatio', ratio, `ratio ${text(ratio)} is greater than max/min = ${most.toFixed(6)}`);
  }
  if (preset && request && !isOvercommitAllowed(name) && preset.nano !== request.nano) {
    say(
      'defaultRequest',
      request,
      `default value ${text(preset)} must equal to defaultRequest value ${text(request)} in ${name}`,
    );
  }
}

const item: Check = (limit: Any, at: Cursor) => {
  const type: string = limit.type ?? '';
  const problems = qualifiedName(type);
  if (problems) for (const problem of problems) at.invalid(type, problem, 'type');
  else if (!type.includes('/') && !TYPES.includes(type)) {
    at.invalid(type, 'must be a standard limit type or fully qualified', 'type');
  }
  const names = type === 'Pod' || type === 'Container' ? containerResourceName : resourceName;
  const all = new Set<string>();
  for (const bound of BOUNDS) {
    if (type === 'Pod' && bound.startsWith('default')) {
      if (Object.keys(limit[bound] ?? {}).length > 0) {
        at.forbidden("may not be specified when `type` is 'Pod'", bound);
      }
      continue;
    }
    for (const name in limit[bound] ?? {}) {
      all.add(name);
      at.path.push(bound, name);
      names(name, at);
      at.path.length -= 2;
    }
  }
  if (type === 'PersistentVolumeClaim' && !('storage' in (limit.min ?? {})) && !('storage' in (limit.max ?? {}))) {
    at.required('either minimum or maximum storage value is required, but neither was provided', 'limits');
  }
  for (const name of all) compare(limit, name, at);
};

const spec: Check = object('api/limit-range', { limits: each(item) }, (value: Any, at: Cursor) => {
  const seen = new Set<string>();
  (value.limits ?? []).forEach((limit: Any, i: number) => {
    const type = limit?.type ?? '';
    if (seen.has(type)) at.duplicate(type, 'limits', i, 'type');
    seen.add(type);
  });
});

/** The API server names a LimitRange that has no name. */
const ownMetadata: Check = (range: Any, at: Cursor) => {
  const { metadata = {} } = range;
  at.enter('metadata', subdomainMetadata, { ...metadata, name: metadata?.name || 'named-by-the-server' });
};

/** A LimitRange. */
export const limitRange: Check = object('api/limit-range', {}, ownMetadata, withSpec(spec));

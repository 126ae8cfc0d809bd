// What a HorizontalPodAutoscaler looks at. Source: pkg/apis/autoscaling/validation.
import { form, object, required } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { pathSegment } from '../values/keys';
import { dnsLabel } from '../values/names';
import { formatQuantity, quantityOf } from '../values/quantity';
import { containerResourceName } from './resource-names';

const is = (value: Any) => value !== undefined && value !== null;

/** What is scaled, or what a metric is about. */
export const reference: Check = object(undefined, {
  kind: required(form(pathSegment)),
  name: required(form(pathSegment)),
});

const name = required(form(pathSegment), 'must specify a metric name');
const metric: Check = object(undefined, { name });
const withMetric: Check = (source: Any, at: Cursor) => at.enter('metric', metric, source.metric ?? {});

const TARGETS = ['Utilization', 'Value', 'AverageValue'];
const target: Check = (value: Any, at: Cursor) => {
  const { type = '' } = value;
  if (!type) at.required('must specify a metric target type', 'type');
  if (!TARGETS.includes(type)) at.invalid(type, 'must be either Utilization, Value, or AverageValue', 'type');
  for (const field of ['value', 'averageValue']) {
    if (!is(value[field])) continue;
    const quantity = quantityOf(value[field]);
    if (quantity.nano <= 0n) at.invalid(formatQuantity(quantity), 'must be positive', field);
  }
  if (is(value.averageUtilization) && value.averageUtilization < 1) {
    at.invalid(value.averageUtilization, 'must be greater than 0', 'averageUtilization');
  }
};
const withTarget: Check = (source: Any, at: Cursor) => at.enter('target', target, source.target ?? {});

/** One of two of a target's fields, or both where that makes sense. */
function oneTarget(first: string, second: string, missing: string, both?: string, refused = first): Check {
  return (source: Any, at: Cursor) => {
    const given = source.target ?? {};
    if (!is(given[first]) && !is(given[second])) at.required(missing, 'target', refused === first ? second : first);
    if (both && is(given[first]) && is(given[second])) at.forbidden(both, 'target', refused);
  };
}

const raw = oneTarget(
  'averageUtilization',
  'averageValue',
  'must set either a target raw value or a target utilization',
  'may not set both a target raw value and a target utilization',
  'averageValue',
);
const resourceName = (check?: Check) => required(check, 'must specify a resource name');

/** The kinds of metric, in the API server's order: where several are given, only the first is looked at. */
const SOURCES: readonly (readonly [field: string, type: string, check: Check])[] = [
  [
    'object',
    'Object',
    object(
      undefined,
      {},
      (source: Any, at: Cursor) => at.enter('describedObject', reference, source.describedObject ?? {}),
      withMetric,
      withTarget,
      oneTarget('value', 'averageValue', 'must set either a target value or averageValue'),
    ),
  ],
  [
    'external',
    'External',
    object(
      undefined,
      {},
      withMetric,
      withTarget,
      oneTarget(
        'value',
        'averageValue',
        'must set either a target value for metric or a per-pod target',
        'may not set both a target value for metric and a per-pod target',
      ),
    ),
  ],
  [
    'pods',
    'Pods',
    object(undefined, {}, withMetric, withTarget, (source: Any, at: Cursor) => {
      if (!is(source.target?.averageValue)) {
        at.required('must specify a positive target averageValue', 'target', 'averageValue');
      }
    }),
  ],
  ['resource', 'Resource', object(undefined, { name: resourceName() }, withTarget, raw)],
  [
    'containerResource',
    'ContainerResource',
    object(
      undefined,
      { name: resourceName(containerResourceName), container: required(form(dnsLabel), 'must specify a container') },
      withTarget,
      raw,
    ),
  ],
];
const TYPES = SOURCES.map(([, type]) => type).sort();

/** A metric and its target. */
export const metricSpec: Check = (spec: Any, at: Cursor) => {
  const { type = '' } = spec;
  if (!type) at.required('must specify a metric source type', 'type');
  if (!TYPES.includes(type)) at.notSupported(type, TYPES, 'type');
  const given = SOURCES.filter(([field]) => spec[field]);
  const [first] = given;
  if (first) at.enter(first[0], first[2], spec[first[0]]);
  const expected = SOURCES.find(([, name]) => name === type)?.[0];
  if (expected && !spec[expected]) {
    at.required('must populate information for the given metric source', expected);
  }
  if (given.length === 1) return;
  for (const [field] of given) {
    if (field !== expected) at.forbidden('must populate the given metric source only', field);
  }
};

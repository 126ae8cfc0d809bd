// HorizontalPodAutoscalers. Source: pkg/apis/autoscaling/validation.
import { form, given, object, oneOf, positive, required, since, until } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsLabel, pathSegment } from '../values/names';
import { formatQuantity, quantityOf } from '../values/quantity';
import { withSpec } from './apps';
import { subdomainMetadata, withMetadata } from './metadata';
import { containerResourceName } from './resources';

const is = (value: Any) => value !== undefined && value !== null;

/** What is scaled, or what a metric is about. */
const reference: Check = object(undefined, { kind: required(form(pathSegment)), name: required(form(pathSegment)) });

/** The group version of what is scaled: one with a group. */
const groupVersion: Check = (ref: Any, at: Cursor) => {
  const version = ref.apiVersion ?? '';
  if (version.split('/').length > 2) at.invalid(version, `unexpected GroupVersion string: ${version}`, 'apiVersion');
  else if (version === '' || version === '/' || version.indexOf('/') <= 0) {
    at.invalid(version, 'apiVersion must specify API group', 'apiVersion');
  }
};

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

const metricSpec: Check = (spec: Any, at: Cursor) => {
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

const policy: Check = (value: Any, at: Cursor) => {
  const { type = '', value: amount = 0, periodSeconds = 0 } = value;
  if (type !== 'Pods' && type !== 'Percent') at.notSupported(type, ['Percent', 'Pods'], 'type');
  at.enter('value', positive, amount);
  at.enter('periodSeconds', positive, periodSeconds);
  if (periodSeconds > 1800) at.invalid(periodSeconds, 'must be less than or equal to 1800', 'periodSeconds');
};

const rules: Check = object(undefined, {
  stabilizationWindowSeconds: (seconds: Any, at: Cursor) => {
    if (seconds < 0) at.invalid(seconds, 'must be greater than or equal to zero');
    if (seconds > 3600) at.invalid(seconds, 'must be less than or equal to 3600');
  },
  selectPolicy: given(oneOf('Disabled', 'Max', 'Min')),
  policies: (list: Any, at: Cursor) => {
    if (list.length === 0) at.required('must specify at least one Policy');
    list.forEach((entry: Any, i: number) => {
      at.enter(i, policy, entry ?? {});
    });
  },
  tolerance: (value: Any, at: Cursor) => {
    const quantity = quantityOf(value);
    if (quantity.nano < 0n) at.invalid(formatQuantity(quantity), 'must be greater than or equal to 0');
  },
});

/** The fewest replicas: one before HPAScaleToZero. */
function replicas(least: number): Check {
  return (spec: Any, at: Cursor) => {
    const min = spec.minReplicas ?? 1;
    if (min < least) at.invalid(min, `must be greater than or equal to ${least}`, 'minReplicas');
  };
}

const bounds: Check = (spec: Any, at: Cursor) => {
  const { maxReplicas: max = 0 } = spec;
  if (max < 1) at.invalid(max, 'must be greater than 0', 'maxReplicas');
  if (max < (spec.minReplicas ?? 1)) at.invalid(max, 'must be greater than or equal to `minReplicas`', 'maxReplicas');
};

const scaled: Check = (spec: Any, at: Cursor) => {
  at.enter('scaleTargetRef', reference, spec.scaleTargetRef ?? {});
  at.enter('scaleTargetRef', since('1.34', groupVersion), spec.scaleTargetRef ?? {});
};

const toZero: Check = (spec: Any, at: Cursor) => {
  if (spec.minReplicas !== 0) return;
  if (!(spec.metrics ?? []).some((entry: Any) => entry?.type === 'Object' || entry?.type === 'External')) {
    at.forbidden('must specify at least one Object or External metric to support scaling to zero replicas', 'metrics');
  }
};

const common = [until('1.37', replicas(1)), since('1.37', replicas(0)), bounds, scaled, toZero];

const v2: Check = object(
  'api/horizontal-pod-autoscaler',
  {
    metrics: (list: Any, at: Cursor) => {
      list.forEach((entry: Any, i: number) => {
        at.enter(i, metricSpec, entry ?? {});
      });
    },
    behavior: object(undefined, { scaleUp: rules, scaleDown: rules }),
  },
  ...common,
);

/** The percentage becomes a metric. */
const v1: Check = object('api/horizontal-pod-autoscaler', {}, ...common, (spec: Any, at: Cursor) => {
  const percent = spec.targetCPUUtilizationPercentage;
  if (is(percent) && percent < 1) {
    const fault = at.invalid(percent, 'must be greater than 0', 'targetCPUUtilizationPercentage');
    fault.says(1, 'metrics', 0, 'resource', 'target', 'averageUtilization');
  }
});

/** An autoscaling/v2 HorizontalPodAutoscaler. */
export const horizontalPodAutoscaler: Check = object(
  'api/horizontal-pod-autoscaler',
  {},
  withMetadata(subdomainMetadata),
  withSpec(v2),
);

/** An autoscaling/v1 HorizontalPodAutoscaler. */
export const horizontalPodAutoscalerV1: Check = object(
  'api/horizontal-pod-autoscaler',
  {},
  withMetadata(subdomainMetadata),
  withSpec(v1),
);

// HorizontalPodAutoscalers. Source: pkg/apis/autoscaling/validation.
import { given, object, oneOf, positive, since, until } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { formatQuantity, quantityOf } from '../values/quantity';
import { withSpec } from './apps';
import { metricSpec, reference } from './hpa-metrics';
import { subdomainMetadata, withMetadata } from './metadata';

const is = (value: Any) => value !== undefined && value !== null;

/** The group version of what is scaled: one with a group. */
const groupVersion: Check = (ref: Any, at: Cursor) => {
  const version = ref.apiVersion ?? '';
  if (version.split('/').length > 2) at.invalid(version, `unexpected GroupVersion string: ${version}`, 'apiVersion');
  else if (version === '' || version === '/' || version.indexOf('/') <= 0) {
    at.invalid(version, 'apiVersion must specify API group', 'apiVersion');
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

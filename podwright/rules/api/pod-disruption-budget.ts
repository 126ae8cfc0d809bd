// PodDisruptionBudgets. Source: pkg/apis/policy/validation.
import { all, given, object, oneOf } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { pathSegment, pathSegmentPrefix } from '../values/keys';
import { withSpec } from './apps';
import { atMostAll, intOrPercent } from './int-or-percent';
import { labelSelector } from './labels';
import { metadata, withMetadata } from './metadata';

const pods = given(all(intOrPercent, atMostAll));

/** A PodDisruptionBudget. */
export const podDisruptionBudget: Check = object(
  'api/pod-disruption-budget',
  {},
  withSpec(
    object(
      'api/pod-disruption-budget',
      {
        minAvailable: pods,
        maxUnavailable: pods,
        selector: labelSelector,
        unhealthyPodEvictionPolicy: given(oneOf('AlwaysAllow', 'IfHealthyBudget')),
      },
      (spec: Any, at: Cursor) => {
        const both = [spec.minAvailable, spec.maxUnavailable].every((value) => value !== undefined && value !== null);
        if (both) at.invalid(spec, 'minAvailable and maxUnavailable cannot be both set');
      },
    ),
  ),
  withMetadata(metadata(pathSegment, true, true, pathSegmentPrefix)),
);

// How a running container takes other resources. Source: pkg/apis/core/validation validateResizePolicy.
import type { Any, Check, Cursor } from '../engine/cursor';
import { podOf } from './pod-facts';

/** A container's resize policies. */
export const resizePolicy: Check = (policies: Any, at: Cursor) => {
  const seen = new Set<string>();
  const { restartPolicy: podPolicy } = podOf(at);
  for (let i = 0; i < policies.length; i++) {
    const { resourceName = '', restartPolicy = '' } = policies[i] ?? {};
    if (seen.has(resourceName)) at.duplicate(resourceName, i);
    seen.add(resourceName);
    // The API server names the list for all but duplicates.
    if (!resourceName) at.required('');
    else if (resourceName !== 'cpu' && resourceName !== 'memory')
      at.notSupported(resourceName, ['cpu', 'memory']).at(i, 'resourceName');
    if (!restartPolicy) at.required('');
    else if (restartPolicy !== 'NotRequired' && restartPolicy !== 'RestartContainer') {
      at.notSupported(restartPolicy, ['NotRequired', 'RestartContainer']).at(i, 'restartPolicy');
    }
    if (podPolicy === 'Never' && restartPolicy !== 'NotRequired') {
      at.invalid(restartPolicy, "must be 'NotRequired' when `restartPolicy` is 'Never'").at(i, 'restartPolicy');
    }
  }
};

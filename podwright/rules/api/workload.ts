// What workloads have in common: a selector that picks the Pods made from the template.
// Source: pkg/apis/apps/validation ValidatePodTemplateSpecForReplicaSet.
import type { Any, Check, Cursor } from '../engine/cursor';
import { isEmptySelector, labelSelector, selects } from './labels';

/**
 * A workload's selector: there, not empty, and fitting its template.
 * @param kind what the API server calls the workload where it is refused; it says deployment of ReplicaSets too
 */
export function selectorFits(kind: string, required = true): Check {
  return (spec: Any, at: Cursor) => {
    const selector = spec.selector;
    const before = at.faults.length;
    if (!selector) {
      if (required) at.required('', 'selector');
    } else {
      at.enter('selector', labelSelector, selector);
      if (isEmptySelector(selector)) at.invalid(selector, `empty selector is invalid for ${kind}`, 'selector');
    }
    // A selector that can't be read fits nothing and everything.
    if (at.faults.length > before && selector) return;
    const labels = spec.template?.metadata?.labels ?? {};
    if (selector ? !selects(selector, labels) : !required) {
      at.invalid(labels, '`selector` does not match template `labels`', 'template', 'metadata', 'labels');
    }
  };
}

/** A template's Pods run until they are taken away. */
export function alwaysRunning(kind: string): Check {
  return (spec: Any, at: Cursor) => {
    const pod = spec.template?.spec ?? {};
    const policy = pod.restartPolicy || 'Always';
    if (policy !== 'Always') at.notSupported(policy, ['Always'], 'template', 'spec', 'restartPolicy');
    if ((pod.activeDeadlineSeconds ?? undefined) !== undefined) {
      at.forbidden(`activeDeadlineSeconds in ${kind} is not Supported`, 'template', 'spec', 'activeDeadlineSeconds');
    }
  };
}

// What the changes of workloads that keep pods running have in common.
import { parseQuantity } from '../../../api/quantity';
import { type Change, type FieldRule, type Outcome, recreate } from '../effect';
import type { FieldChange } from '../fields';

/** Every pod is replaced; how is the workload's strategy. */
export function rolling(what: string, waitsFor?: string): Outcome {
  return { effect: 'rolling-restart', what, ...(waitsFor !== undefined && { waitsFor }) };
}

/** What pods wait for under that strategy. */
export const ON_DELETE = 'someone deletes them: its strategy is OnDelete';

/** A selector that a workload can't change: pods of the old one would belong to nobody. */
export const fixedSelector: FieldRule = {
  at: 'spec.selector',
  does: recreate('the selector is immutable', 'its pods'),
};

/** Pods are added or taken away. An autoscaler that is in charge sets its own number again. */
export const replicas: FieldRule = { at: 'spec.replicas', does: scaled };

function becomes(before: unknown, after: unknown): string {
  return before === 1 ? `1 pod becomes ${after}` : `${before} pods become ${after}`;
}

/** What another number of pods does. */
export function scaled({ before, after }: FieldChange, change: Change): Outcome {
  const fewer = Number(after) < Number(before);
  const ends = fewer ? { ends: `${Number(before) - Number(after)} of its pods` } : {};
  const autoscaler = change.cluster.autoscalerOf(change.after);
  if (!autoscaler) return { effect: 'scale', what: becomes(before, after), ...ends };
  const { minReplicas = 1, maxReplicas } = autoscaler.spec ?? {};
  const now = `between ${minReplicas} and ${maxReplicas}`;
  const what = fewer
    ? `drops to ${after} first, then HorizontalPodAutoscaler ${autoscaler.metadata?.name} sets it ${now}`
    : `${becomes(before, after)}, then HorizontalPodAutoscaler ${autoscaler.metadata?.name} sets it ${now}`;
  return { effect: 'scale', what, ...ends };
}

/** Whether a field's value is only written in another way: 1Gi and 1073741824 are one amount. */
export function isSameAmount({ path, before, after }: FieldChange): boolean {
  if (!path.some((step) => step === 'limits' || step === 'requests' || step === 'sizeLimit' || step === 'divisor')) {
    return false;
  }
  const [old, now] = [before, after].map((value) => (typeof value === 'string' ? parseQuantity(value) : undefined));
  return typeof old === 'object' && typeof now === 'object' && old.nano === now.nano;
}

// How a Job knows its Pods. Source: pkg/apis/batch/validation ValidateJob, ValidateGeneratedSelector.
import type { Any, Check, Cursor } from '../engine/cursor';
import { labelValue } from '../values/names';
import { labelSelector, selects } from './labels';

const LABELS = ['controller-uid', 'job-name', 'batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-name'];

/** A Job's selector, which the API server makes, with the labels that it puts on the template. */
export const selector: Check = (job: Any, at: Cursor) => {
  const spec = job.spec ?? {};
  const name = job.metadata?.name || '';
  const labels = spec.template?.metadata?.labels ?? {};
  at.path.push('spec');
  if (spec.selector) at.enter('selector', labelSelector, spec.selector);
  if (spec.manualSelector) {
    if (!spec.selector) at.required('', 'selector');
    else if (!selects(spec.selector, labels)) {
      at.invalid(labels, '`selector` does not match template `labels`', 'template', 'metadata', 'labels');
    }
  } else {
    for (const label of LABELS) {
      const given = labels[label] ?? undefined;
      if (given === undefined) continue;
      // The object's uid is the API server's: no template can know it.
      if (!label.endsWith('job-name') || given !== job.metadata?.name) {
        const expected = label.endsWith('job-name') ? `must be '${name}'` : "must be the Job's own uid";
        at.invalid(labels, expected, 'template', 'metadata', 'labels', label);
      }
    }
    const known = spec.selector
      ? selects(spec.selector, { 'job-name': name, 'batch.kubernetes.io/job-name': name })
      : true;
    if (!known) at.invalid(spec.selector, '`selector` not auto-generated', 'selector');
    for (const problem of labelValue(name) ?? []) {
      const fault = at.invalid(name, problem, 'template', 'metadata', 'labels');
      fault.says(2, 'labels');
      fault.exact = ['metadata', 'name'];
      break;
    }
  }
  at.path.pop();
};

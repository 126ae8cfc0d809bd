// Jobs, and the templates that CronJobs make them from. Source: pkg/apis/batch/validation ValidateJob, validateJobSpec.
import { given, nonNegative, object, oneOf } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { domainPath } from '../values/keys';
import { byteLength, dnsLabel } from '../values/names';
import { withSpec, withTemplate } from './apps';
import { podFailurePolicy, successPolicy } from './job-policies';
import { selector } from './job-selector';
import { subdomainMetadata, withMetadata } from './metadata';

const is = (value: Any) => value !== undefined && value !== null;

/** `example.com/controller`. */
const managedBy: Check = (name: Any, at: Cursor) => {
  if (name === '') at.required('');
  else for (const [part, problem] of domainPath(name)) at.invalid(part, problem);
  if (byteLength(name) > 63) at.tooLong(63);
};

/**
 * Jobs whose Pods each have a number.
 * @param isJob whether the API server fills in one completion where neither that nor parallelism is given
 */
const indexed = (isJob: boolean) => (spec: Any, at: Cursor) => {
  const { completions, maxFailedIndexes: failed, backoffLimitPerIndex: perIndex } = spec;
  const parallelism = spec.parallelism ?? 1;
  if (spec.completionMode !== 'Indexed') {
    if ((spec.completionMode ?? 'NonIndexed') !== 'NonIndexed') return;
    if (is(perIndex)) at.invalid(perIndex, 'requires indexed completion mode', 'backoffLimitPerIndex');
    if (is(failed)) at.invalid(failed, 'requires indexed completion mode', 'maxFailedIndexes');
    return;
  }
  const atMost = (value: number, most: number, field: string, when = '') =>
    value > most && at.invalid(value, `must be less than or equal to ${most}${when}`, field);
  if (!is(completions) && (!isJob || is(spec.parallelism)))
    at.required('when completion mode is Indexed', 'completions');
  atMost(parallelism, 100_000, 'parallelism', ' when completion mode is Indexed');
  if (is(failed)) {
    if (is(completions) && failed > completions) {
      at.invalid(failed, 'must be less than or equal to completions', 'maxFailedIndexes');
    }
    atMost(failed, 100_000, 'maxFailedIndexes');
  }
  if (completions > 100_000 && is(perIndex)) {
    const when = ' when completions are above 100000 and used with backoff limit per index';
    if (!is(failed)) at.required('must be specified when completions is above 100000', 'maxFailedIndexes');
    atMost(parallelism, 10_000, 'parallelism', when);
    if (is(failed)) atMost(failed, 10_000, 'maxFailedIndexes', when);
  }
};

const policies: Check = (spec: Any, at: Cursor) => {
  if (is(spec.maxFailedIndexes) && !is(spec.backoffLimitPerIndex)) {
    at.required('when maxFailedIndexes is specified', 'backoffLimitPerIndex');
  }
  if (spec.podFailurePolicy) at.enter('podFailurePolicy', (_, at) => podFailurePolicy(spec, at), 0);
  if (spec.successPolicy) {
    if (spec.completionMode !== 'Indexed') {
      at.invalid(spec.successPolicy, 'requires indexed completion mode', 'successPolicy');
    } else at.enter('successPolicy', (_, at) => successPolicy(spec, at), 0);
  }
  const replacement = spec.podReplacementPolicy;
  if (!is(replacement)) return;
  const supported = spec.podFailurePolicy ? ['Failed'] : ['Failed', 'TerminatingOrFailed'];
  if (!supported.includes(replacement)) at.notSupported(replacement, supported, 'podReplacementPolicy');
};

/** A Job's Pods end: their containers are not started again for ever. */
const restartPolicy: Check = (spec: Any, at: Cursor) => {
  const policy = spec.template?.spec?.restartPolicy || 'Always';
  const steps = ['template', 'spec', 'restartPolicy'];
  if (policy === 'Always') at.required('valid values: "OnFailure", "Never"', ...steps);
  else if (policy !== 'OnFailure' && policy !== 'Never') at.notSupported(policy, ['OnFailure', 'Never'], ...steps);
  else if (spec.podFailurePolicy && policy !== 'Never') {
    at.invalid(policy, 'only "Never" is supported when podFailurePolicy is specified', ...steps);
  }
};

/** What a Job says, without its selector. */
const jobSpec = (isJob: boolean) =>
  object(
    'api/job',
    {
      parallelism: nonNegative,
      completions: nonNegative,
      activeDeadlineSeconds: nonNegative,
      backoffLimit: nonNegative,
      ttlSecondsAfterFinished: nonNegative,
      backoffLimitPerIndex: nonNegative,
      maxFailedIndexes: nonNegative,
      managedBy: given(managedBy),
      completionMode: given(oneOf('NonIndexed', 'Indexed')),
    },
    indexed(isJob),
    policies,
    withTemplate,
    restartPolicy,
  );

const hostname: Check = (job: Any, at: Cursor) => {
  const { completionMode, completions } = job.spec ?? {};
  const name = job.metadata?.name;
  const last = completions ?? (is(job.spec?.parallelism) ? 0 : 1);
  if (completionMode !== 'Indexed' || !(last > 0) || !name) return;
  const longest = `${name}-${last - 1}`;
  if (dnsLabel(longest)) {
    at.invalid(name, `will not able to create pod with invalid DNS label: ${longest}`, 'metadata', 'name');
  }
};

/** A Job. */
export const job: Check = object(
  'api/job',
  {},
  withMetadata(subdomainMetadata),
  withSpec(jobSpec(true)),
  selector,
  hostname,
);

/** What a CronJob makes Jobs from: their selectors are theirs alone. */
export const jobTemplate: Check = object('api/job', {}, withSpec(jobSpec(false)), (template: Any, at: Cursor) => {
  const { selector, manualSelector } = template.spec ?? {};
  if (selector) at.invalid(selector, '`selector` will be auto-generated', 'spec', 'selector');
  if (manualSelector) at.notSupported(true, ['nil', 'false'], 'spec', 'manualSelector');
});

// Deployments, ReplicaSets, DaemonSets. Source: pkg/apis/apps/validation.
import { nonNegative, object } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { dnsSubdomain } from '../values/names';
import { atMostAll, intOrPercent, isNone } from './int-or-percent';
import { generatedMetadata, subdomainMetadata, withMetadata } from './metadata';
import { podTemplate } from './pod';
import { alwaysRunning, selectorFits } from './workload';

/** An object's spec, even where it has none. */
export function withSpec(check: Check): Check {
  return (value: Any, at: Cursor) => at.enter('spec', check, value.spec ?? {});
}

/** The template of a workload's spec, even where it has none. */
export const withTemplate: Check = (spec: Any, at: Cursor) => at.enter('template', podTemplate, spec.template ?? {});

const deploymentStrategy: Check = (strategy: Any, at: Cursor) => {
  const type = strategy.type || 'RollingUpdate';
  if (type === 'Recreate') {
    if (strategy.rollingUpdate) {
      at.forbidden("may not be specified when strategy `type` is 'Recreate'", 'rollingUpdate');
    }
    return;
  }
  if (type !== 'RollingUpdate') {
    at.notSupported(strategy, ['Recreate', 'RollingUpdate']).at('type');
    return;
  }
  const { maxUnavailable, maxSurge } = strategy.rollingUpdate ?? {};
  const unavailable = maxUnavailable ?? '25%';
  const surge = maxSurge ?? '25%';
  at.path.push('rollingUpdate');
  at.enter('maxUnavailable', intOrPercent, unavailable);
  at.enter('maxSurge', intOrPercent, surge);
  if (isNone(unavailable) && isNone(surge)) {
    at.invalid(unavailable, 'may not be 0 when `maxSurge` is 0', 'maxUnavailable');
  }
  at.enter('maxUnavailable', atMostAll, unavailable);
  at.path.pop();
};

const deploymentSpec: Check = object(
  'api/deployment',
  {
    replicas: nonNegative,
    strategy: deploymentStrategy,
    minReadySeconds: nonNegative,
    revisionHistoryLimit: nonNegative,
    progressDeadlineSeconds: nonNegative,
  },
  selectorFits('deployment'),
  withTemplate,
  alwaysRunning('ReplicaSet'),
  (spec: Any, at: Cursor) => {
    const deadline = spec.progressDeadlineSeconds ?? 600;
    if (deadline <= (spec.minReadySeconds ?? 0)) {
      at.invalid(deadline, 'must be greater than minReadySeconds', 'progressDeadlineSeconds');
    }
  },
);

/** A Deployment. */
export const deployment: Check = object(
  'api/deployment',
  {},
  withMetadata(subdomainMetadata),
  withSpec(deploymentSpec),
);

const replicaSetSpec: Check = object(
  'api/replica-set',
  { replicas: nonNegative, minReadySeconds: nonNegative },
  selectorFits('deployment'),
  withTemplate,
  alwaysRunning('ReplicaSet'),
);

/** A ReplicaSet. */
export const replicaSet: Check = object(
  'api/replica-set',
  {},
  withMetadata(subdomainMetadata),
  withSpec(replicaSetSpec),
);

const daemonSetStrategy: Check = (strategy: Any, at: Cursor) => {
  const type = strategy.type || 'RollingUpdate';
  if (type === 'OnDelete') return;
  if (type !== 'RollingUpdate') {
    at.notSupported(strategy, ['RollingUpdate', 'OnDelete']).at('type');
    return;
  }
  const unavailable = strategy.rollingUpdate?.maxUnavailable ?? 1;
  const surge = strategy.rollingUpdate?.maxSurge ?? 0;
  at.path.push('rollingUpdate');
  for (const [field, value] of [
    ['maxUnavailable', unavailable],
    ['maxSurge', surge],
  ] as const) {
    at.enter(field, intOrPercent, value);
    at.enter(field, atMostAll, value);
  }
  if (!isNone(unavailable) && !isNone(surge)) {
    at.invalid(surge, 'may not be set when maxUnavailable is non-zero', 'maxSurge');
  }
  if (isNone(unavailable) && isNone(surge)) at.required('cannot be 0 when maxSurge is 0', 'maxUnavailable');
  at.path.pop();
};

const daemonSetSpec: Check = object(
  'api/daemon-set',
  { minReadySeconds: nonNegative, updateStrategy: daemonSetStrategy, revisionHistoryLimit: nonNegative },
  selectorFits('daemonset', false),
  withTemplate,
  alwaysRunning('DaemonSet'),
);

/** A DaemonSet. */
export const daemonSet: Check = object('api/daemon-set', {}, withMetadata(subdomainMetadata), withSpec(daemonSetSpec));

/** A PodTemplate. */
export const podTemplateObject: Check = object('api/pod-template', {}, withMetadata(subdomainMetadata), withTemplate);

const replicationControllerSpec: Check = object(
  'api/replication-controller',
  { replicas: nonNegative, minReadySeconds: nonNegative },
  (spec: Any, at: Cursor) => {
    const labels = spec.template?.metadata?.labels ?? {};
    const selector = Object.keys(spec.selector ?? {}).length > 0 ? spec.selector : labels;
    if (Object.keys(selector).length === 0) at.required('', 'selector');
    if (!spec.template) {
      at.required('', 'template');
      return;
    }
    if (Object.keys(selector).some((key) => (selector[key] ?? '') !== labels[key])) {
      at.invalid(labels, '`selector` does not match template `labels`', 'template', 'metadata', 'labels');
    }
    withTemplate(spec, at);
    alwaysRunning('ReplicationController')(spec, at);
  },
);

/** A ReplicationController. */
export const replicationController: Check = object(
  'api/replication-controller',
  {},
  withMetadata(generatedMetadata(dnsSubdomain, true)),
  withSpec(replicationControllerSpec),
);

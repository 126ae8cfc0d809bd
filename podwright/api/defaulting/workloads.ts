// Source: pkg/apis/apps/v1/defaults.go, pkg/apis/batch/v1/defaults.go.
import type { Any, TypeDefaults } from './type-defaults';

const APPS = 'io.k8s.api.apps.v1.';
const BATCH = 'io.k8s.api.batch.v1.';

export const workloads: { readonly [type: string]: TypeDefaults } = {
  [`${APPS}DeploymentSpec`]: {
    fields: {
      replicas: 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: () => ({ type: 'RollingUpdate' }),
    },
  },
  [`${APPS}DeploymentStrategy`]: {
    fields: { type: 'RollingUpdate' },
    fill: (strategy) => rollingUpdate(strategy, { maxUnavailable: '25%', maxSurge: '25%' }),
  },
  [`${APPS}DaemonSetSpec`]: {
    fields: { revisionHistoryLimit: 10, updateStrategy: () => ({ type: 'RollingUpdate' }) },
  },
  [`${APPS}DaemonSetUpdateStrategy`]: {
    fields: { type: 'RollingUpdate' },
    fill: (strategy) => {
      rollingUpdate(strategy, { maxUnavailable: 1, maxSurge: 0 });
      if (strategy.rollingUpdate)
        strategy.rollingUpdate = { maxUnavailable: 0, maxSurge: 0, ...strategy.rollingUpdate };
    },
  },
  [`${APPS}StatefulSetSpec`]: {
    fields: {
      podManagementPolicy: 'OrderedReady',
      replicas: 1,
      revisionHistoryLimit: 10,
      updateStrategy: () => ({}),
      persistentVolumeClaimRetentionPolicy: {},
    },
  },
  [`${APPS}StatefulSet`]: {
    fill: ({ spec }) => {
      for (const claim of spec?.volumeClaimTemplates ?? []) {
        claim.apiVersion = 'v1';
        claim.kind = 'PersistentVolumeClaim';
        delete claim.status;
      }
    },
  },
  [`${APPS}StatefulSetUpdateStrategy`]: {
    fill: (strategy, { minor }) => {
      if (strategy.type === undefined) {
        strategy.type = 'RollingUpdate';
        strategy.rollingUpdate ??= {};
      }
      if (strategy.type !== 'RollingUpdate' || !strategy.rollingUpdate) return;
      strategy.rollingUpdate.partition ??= 0;
      if (minor >= 37) strategy.rollingUpdate.maxUnavailable ??= 1;
    },
  },
  [`${APPS}StatefulSetPersistentVolumeClaimRetentionPolicy`]: {
    fields: { whenDeleted: 'Retain', whenScaled: 'Retain' },
  },
  [`${APPS}ReplicaSetSpec`]: { fields: { replicas: 1 } },
  [`${BATCH}Job`]: {
    fill: ({ metadata, spec }, { minor }) => {
      if (!spec) return;
      if (spec.parallelism === undefined) {
        spec.completions ??= 1;
        spec.parallelism = 1;
      }
      spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : 2 ** 31 - 1;
      const labels = spec.template?.metadata?.labels;
      if (labels && metadata) metadata.labels ??= { ...labels };
      spec.completionMode ??= 'NonIndexed';
      spec.suspend ??= false;
      if (minor >= 29) spec.podReplacementPolicy ??= spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed';
      spec.manualSelector ??= false;
      if (spec.manualSelector) return;
      delete spec.selector;
      jobLabels(spec, metadata?.name);
    },
  },
  [`${BATCH}CronJobSpec`]: {
    fields: { concurrencyPolicy: 'Allow', suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 },
  },
  [`${BATCH}PodFailurePolicyOnPodConditionsPattern`]: { fields: { status: 'True' } },
};

function rollingUpdate(strategy: Any, defaults: object): void {
  if (strategy.type !== 'RollingUpdate') return;
  strategy.rollingUpdate = { ...defaults, ...strategy.rollingUpdate };
}

/** The labels that a Job's pods get. Two more have its uid, which nothing but the server knows. */
function jobLabels(spec: Any, name: unknown): void {
  if (!spec.template || typeof name !== 'string') return;
  spec.template.metadata ??= {};
  spec.template.metadata.labels = {
    ...spec.template.metadata.labels,
    'job-name': name,
    'batch.kubernetes.io/job-name': name,
  };
}

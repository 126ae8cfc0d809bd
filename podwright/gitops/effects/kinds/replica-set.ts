import type { KindRules } from '../effect';
import { fixedSelector, replicas } from './pods';

const template = {
  at: 'spec.template',
  does: { effect: 'next-pods', what: 'pods that run stay as they are' },
} as const;

export const replicaSet: KindRules = {
  kinds: ['apps/ReplicaSet'],
  source: 'ValidateReplicaSetUpdate in pkg/apis/apps/validation; pkg/controller/replicaset',
  rules: [fixedSelector, template, replicas],
};

/** Its selector may change: pods that it does not pick any more are left to themselves. */
export const replicationController: KindRules = {
  kinds: ['ReplicationController'],
  source: 'ValidateReplicationControllerUpdate in pkg/apis/core/validation; pkg/controller/replication',
  rules: [template, replicas],
};

// The rules of what is accepted and never runs, is never reached or is never enforced.
import type { Rule } from '../rule';
import { byteAmount } from './byte-amount';
import { changeGitops } from './change-gitops';
import { claimReference } from './claim-reference';
import { closedService } from './closed-service';
import { configMapReference } from './config-map-reference';
import { generateName } from './generate-name';
import { hardSpread } from './hard-spread';
import { hpaReplicas } from './hpa-replicas';
import { hpaRequest } from './hpa-request';
import { hpaTarget } from './hpa-target';
import { keyReference } from './key-reference';
import { latestTag } from './latest-tag';
import { limitRange } from './limit-range';
import { loadTime } from './load-time';
import { lowPort } from './low-port';
import { memoryVolume } from './memory-volume';
import { namedPort } from './named-port';
import { namespaceReference } from './namespace-reference';
import { neverDue } from './never-due';
import { noNode } from './no-node';
import { oneIdentity } from './one-identity';
import { pdbBlocks } from './pdb-blocks';
import { policyPort } from './policy-port';
import { priorityClassReference } from './priority-class-reference';
import { probePort } from './probe-port';
import { pullSecretReference } from './pull-secret-reference';
import { quotaRule } from './quota';
import { quotaGpu } from './quota-gpu';
import { quotaRequests } from './quota-requests';
import { quotaSurge } from './quota-surge';
import { resourceName } from './resource-name';
import { roleReference } from './role-reference';
import { rootImage } from './root-image';
import { secretReference } from './secret-reference';
import { selectsNothing } from './selects-nothing';
import { serviceAccountReference } from './service-account-reference';
import { serviceReference } from './service-reference';
import { sharedClaim } from './shared-claim';
import { tlsReference } from './tls-reference';
import { ttlGitops } from './ttl-gitops';
import { undeclaredPort } from './undeclared-port';
import { unmountedClaim } from './unmounted-claim';
import { unreachable } from './unreachable';
import { variableOrder } from './variable-order';
import { versionLabel } from './version-label';

/** Every one, sorted. */
export const START_RULES: readonly Rule[] = [
  byteAmount,
  changeGitops,
  claimReference,
  closedService,
  configMapReference,
  generateName,
  hardSpread,
  hpaReplicas,
  hpaRequest,
  hpaTarget,
  keyReference,
  latestTag,
  limitRange,
  loadTime,
  lowPort,
  memoryVolume,
  namedPort,
  namespaceReference,
  neverDue,
  noNode,
  oneIdentity,
  pdbBlocks,
  policyPort,
  priorityClassReference,
  probePort,
  pullSecretReference,
  quotaRule,
  quotaGpu,
  quotaRequests,
  quotaSurge,
  resourceName,
  roleReference,
  rootImage,
  secretReference,
  selectsNothing,
  serviceAccountReference,
  serviceReference,
  sharedClaim,
  tlsReference,
  ttlGitops,
  undeclaredPort,
  unmountedClaim,
  unreachable,
  variableOrder,
  versionLabel,
];

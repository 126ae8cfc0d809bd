// Source: pkg/apis/*/v*/defaults.go of the groups beside core, apps, batch and autoscaling.
import type { Any, TypeDefaults } from './type-defaults';

const NETWORKING = 'io.k8s.api.networking.v1.';
const FLOWCONTROL = 'io.k8s.api.flowcontrol.v1.';
const ADMISSION = 'io.k8s.api.admissionregistration.v1.';
const RBAC = 'rbac.authorization.k8s.io';
const everything = { namespaceSelector: {}, objectSelector: {} };
const webhook = { failurePolicy: 'Fail', matchPolicy: 'Equivalent', ...everything, timeoutSeconds: 10 };
const exactCount: TypeDefaults = {
  fields: {
    allocationMode: 'ExactCount',
    count: (request) => (request.allocationMode === 'ExactCount' ? 1 : undefined),
  },
};
const roleRef: TypeDefaults = {
  fill: (binding) => {
    if (binding.roleRef) binding.roleRef.apiGroup ??= RBAC;
  },
};

export const others: { readonly [type: string]: TypeDefaults } = {
  [`${NETWORKING}NetworkPolicyPort`]: { fields: { protocol: 'TCP' } },
  [`${NETWORKING}NetworkPolicySpec`]: {
    fields: { policyTypes: (spec) => (spec.egress ? ['Ingress', 'Egress'] : ['Ingress']) },
  },
  [`${NETWORKING}IngressClassParametersReference`]: { fields: { scope: 'Cluster' } },
  'io.k8s.api.rbac.v1.RoleBinding': roleRef,
  'io.k8s.api.rbac.v1.ClusterRoleBinding': roleRef,
  'io.k8s.api.rbac.v1.Subject': {
    fields: { apiGroup: ({ kind }: Any) => (kind === 'User' || kind === 'Group' ? RBAC : undefined) },
  },
  'io.k8s.api.storage.v1.StorageClass': { fields: { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' } },
  'io.k8s.api.storage.v1.CSIDriverSpec': {
    fields: {
      attachRequired: true,
      podInfoOnMount: false,
      storageCapacity: false,
      fsGroupPolicy: 'ReadWriteOnceWithFSType',
      volumeLifecycleModes: ['Persistent'],
      requiresRepublish: false,
      seLinuxMount: false,
      preventPodSchedulingIfMissing: (_, { minor }) => (minor >= 37 ? false : undefined),
    },
  },
  'io.k8s.api.scheduling.v1.PriorityClass': { fields: { preemptionPolicy: 'PreemptLowerPriority' } },
  'io.k8s.api.discovery.v1.Endpoint': { fill: (endpoint) => delete endpoint.deprecatedTopology },
  'io.k8s.api.discovery.v1.EndpointPort': { fields: { name: () => '', protocol: 'TCP' } },
  [`${FLOWCONTROL}FlowSchemaSpec`]: { fields: { matchingPrecedence: 1000 } },
  [`${FLOWCONTROL}ExemptPriorityLevelConfiguration`]: {
    fields: { nominalConcurrencyShares: 0, lendablePercent: 0 },
  },
  [`${FLOWCONTROL}LimitedPriorityLevelConfiguration`]: {
    fields: { nominalConcurrencyShares: 30, lendablePercent: 0 },
  },
  [`${FLOWCONTROL}QueuingConfiguration`]: { fields: { handSize: 8, queues: 64, queueLengthLimit: 50 } },
  'io.k8s.api.resource.v1.ExactDeviceRequest': exactCount,
  'io.k8s.api.resource.v1.DeviceSubRequest': exactCount,
  [`${ADMISSION}ValidatingWebhook`]: { fields: webhook },
  [`${ADMISSION}MutatingWebhook`]: { fields: { ...webhook, reinvocationPolicy: 'Never' } },
  [`${ADMISSION}RuleWithOperations`]: { fields: { scope: '*' } },
  [`${ADMISSION}NamedRuleWithOperations`]: { fields: { scope: '*' } },
  [`${ADMISSION}ServiceReference`]: { fields: { port: 443 } },
  [`${ADMISSION}ValidatingAdmissionPolicySpec`]: { fields: { failurePolicy: 'Fail' } },
  [`${ADMISSION}MutatingAdmissionPolicySpec`]: { fields: { failurePolicy: 'Fail' } },
  [`${ADMISSION}MatchResources`]: { fields: { matchPolicy: 'Equivalent', ...everything } },
};

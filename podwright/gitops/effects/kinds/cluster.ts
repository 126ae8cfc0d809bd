// Kinds of which little is immutable.
import { inPlace, type KindRules, recreate } from '../effect';

const nextPods = (what: string) => ({ effect: 'next-pods', what }) as const;

export const namespace: KindRules = {
  kinds: ['Namespace'],
  source: 'plugin/pkg/admission and pod-security-admission: pods are judged when they are made',
  rules: [
    {
      at: 'metadata.labels',
      does: ({ path }) =>
        String(path[2]).startsWith('pod-security.kubernetes.io/enforce')
          ? nextPods('pods are held to it when they are made; those that run stay')
          : undefined,
    },
  ],
};

export const limits: KindRules = {
  kinds: ['LimitRange', 'ResourceQuota'],
  source: 'ValidateResourceQuotaUpdate in pkg/apis/core/validation; plugin/pkg/admission/{limitranger,resourcequota}',
  rules: [
    { at: 'spec.scopes', does: recreate("a ResourceQuota's scopes are immutable") },
    { at: 'spec', does: nextPods('pods are held to it when they are made; those that run stay') },
  ],
};

export const serviceAccount: KindRules = {
  kinds: ['ServiceAccount'],
  source: 'plugin/pkg/admission/serviceaccount',
  rules: ['imagePullSecrets', 'automountServiceAccountToken'].map((at) => ({
    at,
    does: nextPods('pods have it from when they are made'),
  })),
};

export const roleBinding: KindRules = {
  kinds: ['rbac.authorization.k8s.io/RoleBinding', 'rbac.authorization.k8s.io/ClusterRoleBinding'],
  source: 'ValidateRoleBindingUpdate in pkg/apis/rbac/validation',
  rules: [
    { at: 'roleRef', does: recreate('roleRef is immutable', 'what it allows, until it is made again') },
    { at: 'subjects', does: inPlace('others have the permissions at once') },
  ],
};

export const role: KindRules = {
  kinds: ['rbac.authorization.k8s.io/Role', 'rbac.authorization.k8s.io/ClusterRole'],
  source: 'pkg/registry/rbac',
  rules: [{ at: 'rules', does: inPlace('the permissions hold at once') }],
};

export const priorityClass: KindRules = {
  kinds: ['scheduling.k8s.io/PriorityClass'],
  source: 'ValidatePriorityClassUpdate in pkg/apis/scheduling/validation; plugin/pkg/admission/priority',
  rules: ['value', 'preemptionPolicy'].map((at) => ({
    at,
    does: recreate(`the ${at} is immutable; pods that run keep theirs`),
  })),
};

export const runtimeClass: KindRules = {
  kinds: ['node.k8s.io/RuntimeClass'],
  source: 'ValidateRuntimeClassUpdate in pkg/apis/node/validation',
  rules: [{ at: 'handler', does: recreate('the handler is immutable; pods that run keep theirs') }],
  others: nextPods('pods have it from when they are made'),
};

export const ingressClass: KindRules = {
  kinds: ['networking.k8s.io/IngressClass'],
  source: 'ValidateIngressClassUpdate in pkg/apis/networking/validation',
  rules: [{ at: 'spec.controller', does: recreate('the controller is immutable') }],
};

export const endpointSlice: KindRules = {
  kinds: ['discovery.k8s.io/EndpointSlice'],
  source: 'ValidateEndpointSliceUpdate in pkg/apis/discovery/validation',
  rules: [{ at: 'addressType', does: recreate('the address type is immutable', 'the way to these addresses') }],
};

export const resourceClaim: KindRules = {
  kinds: ['resource.k8s.io/ResourceClaim', 'resource.k8s.io/ResourceClaimTemplate'],
  source: 'ValidateResourceClaimUpdate, ValidateResourceClaimTemplateUpdate in pkg/apis/resource/validation',
  rules: [
    {
      at: 'spec',
      does: (_, { after }) =>
        after.kind === 'ResourceClaim'
          ? recreate('a claim is immutable', 'its devices, once the pods that hold them have ended')
          : recreate('a template of claims is immutable; claims made from it stay'),
    },
  ],
};

export const customResourceDefinition: KindRules = {
  kinds: ['apiextensions.k8s.io/CustomResourceDefinition'],
  source: 'ValidateCustomResourceDefinitionUpdate in apiextensions-apiserver',
  rules: ['spec.group', 'spec.scope', 'spec.names.plural', 'spec.names.kind'].map((at) => ({
    at,
    does: {
      effect: 'refused',
      what: `${at} is immutable; deleting the definition deletes every object of its kind`,
    } as const,
  })),
};

export const autoscaler: KindRules = {
  kinds: ['autoscaling/HorizontalPodAutoscaler'],
  source: 'pkg/controller/podautoscaler',
  rules: [{ at: 'spec', does: inPlace('it scales by it from its next look on, within about 15 seconds') }],
};

export const networkPolicy: KindRules = {
  kinds: ['networking.k8s.io/NetworkPolicy'],
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  rules: [{ at: 'spec', does: inPlace('pods that run follow it at once, where the network enforces policies') }],
};

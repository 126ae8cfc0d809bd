// The kinds that rules can name, and what is in their objects: of each the newest version that is there.
import type * as k8s from '../api/k8s';
import type { Any } from './engine/cursor';

/** The fields of an object by its kind, which is written with its API group: `Pod`, `apps/Deployment`. */
export interface Kinds {
  ConfigMap: k8s.KubeConfigMapProps;
  Endpoints: k8s.KubeEndpointsProps;
  LimitRange: k8s.KubeLimitRangeProps;
  Namespace: k8s.KubeNamespaceProps;
  PersistentVolume: k8s.KubePersistentVolumeProps;
  PersistentVolumeClaim: k8s.KubePersistentVolumeClaimProps;
  Pod: k8s.KubePodProps;
  PodTemplate: k8s.KubePodTemplateProps;
  ReplicationController: k8s.KubeReplicationControllerProps;
  ResourceQuota: k8s.KubeResourceQuotaProps;
  Secret: k8s.KubeSecretProps;
  Service: k8s.KubeServiceProps;
  ServiceAccount: k8s.KubeServiceAccountProps;
  'admissionregistration.k8s.io/MutatingAdmissionPolicy': k8s.KubeMutatingAdmissionPolicyProps;
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding': k8s.KubeMutatingAdmissionPolicyBindingProps;
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': k8s.KubeMutatingWebhookConfigurationProps;
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': k8s.KubeValidatingAdmissionPolicyProps;
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': k8s.KubeValidatingAdmissionPolicyBindingProps;
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': k8s.KubeValidatingWebhookConfigurationProps;
  'apiextensions.k8s.io/CustomResourceDefinition': k8s.KubeCustomResourceDefinitionProps;
  'apps/DaemonSet': k8s.KubeDaemonSetProps;
  'apps/Deployment': k8s.KubeDeploymentProps;
  'apps/ReplicaSet': k8s.KubeReplicaSetProps;
  'apps/StatefulSet': k8s.KubeStatefulSetProps;
  'autoscaling/HorizontalPodAutoscaler': k8s.KubeHorizontalPodAutoscalerV2Props;
  'batch/CronJob': k8s.KubeCronJobProps;
  'batch/Job': k8s.KubeJobProps;
  'coordination.k8s.io/Lease': k8s.KubeLeaseProps;
  'discovery.k8s.io/EndpointSlice': k8s.KubeEndpointSliceProps;
  'flowcontrol.apiserver.k8s.io/FlowSchema': k8s.KubeFlowSchemaProps;
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration': k8s.KubePriorityLevelConfigurationProps;
  'networking.k8s.io/Ingress': k8s.KubeIngressProps;
  'networking.k8s.io/IngressClass': k8s.KubeIngressClassProps;
  'networking.k8s.io/NetworkPolicy': k8s.KubeNetworkPolicyProps;
  'networking.k8s.io/ServiceCIDR': k8s.KubeServiceCidrProps;
  'node.k8s.io/RuntimeClass': k8s.KubeRuntimeClassProps;
  'policy/PodDisruptionBudget': k8s.KubePodDisruptionBudgetProps;
  'rbac.authorization.k8s.io/ClusterRole': k8s.KubeClusterRoleProps;
  'rbac.authorization.k8s.io/ClusterRoleBinding': k8s.KubeClusterRoleBindingProps;
  'rbac.authorization.k8s.io/Role': k8s.KubeRoleProps;
  'rbac.authorization.k8s.io/RoleBinding': k8s.KubeRoleBindingProps;
  'resource.k8s.io/DeviceClass': k8s.KubeDeviceClassProps;
  'resource.k8s.io/DeviceTaintRule': k8s.KubeDeviceTaintRuleProps;
  'resource.k8s.io/ResourceClaim': k8s.KubeResourceClaimProps;
  'resource.k8s.io/ResourceClaimTemplate': k8s.KubeResourceClaimTemplateProps;
  'scheduling.k8s.io/PodGroup': k8s.KubePodGroupV1Beta1Props;
  'scheduling.k8s.io/PriorityClass': k8s.KubePriorityClassProps;
  'scheduling.k8s.io/Workload': k8s.KubeWorkloadV1Beta1Props;
  'storage.k8s.io/CSIDriver': k8s.KubeCsiDriverProps;
  'storage.k8s.io/StorageClass': k8s.KubeStorageClassProps;
  'storage.k8s.io/VolumeAttributesClass': k8s.KubeVolumeAttributesClassProps;
}

/** What a rule for a kind sees: its fields; of a custom resource whatever the rule says that it is. */
export type ObjectOf<K extends string> = K extends keyof Kinds ? Kinds[K] : Any;

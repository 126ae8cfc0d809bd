// Which checks are for which kind of object. A kind's checks are loaded when its first object comes by: a program of
// one Pod loads what Pods need.
import { kindOf } from '../../api/definitions';
import { ALL_VERSIONS, type VersionSet } from '../../api/versions';
import { all, before, object } from '../engine/checks';
import type { Any, Check, Cursor } from '../engine/cursor';
import { pathSegment, pathSegmentPrefix } from '../values/keys';

const autoscaling = () => require('./horizontal-pod-autoscaler') as typeof import('./horizontal-pod-autoscaler');
const deviceClass = () => require('./device-class') as typeof import('./device-class');
const resource = () => require('./resource-claim') as typeof import('./resource-claim');
const rbac = () => require('./rbac') as typeof import('./rbac');
const apps = () => require('./apps') as typeof import('./apps');

const KINDS: { readonly [kind: string]: () => Check } = {
  'v1 Pod': () => (require('./pod') as typeof import('./pod')).pod,
  'v1 PodTemplate': () => apps().podTemplateObject,
  'v1 ReplicationController': () => apps().replicationController,
  'v1 PersistentVolumeClaim': () => (require('./claim') as typeof import('./claim')).persistentVolumeClaim,
  'apps/v1 Deployment': () => apps().deployment,
  'apps/v1 ReplicaSet': () => apps().replicaSet,
  'apps/v1 DaemonSet': () => apps().daemonSet,
  'apps/v1 StatefulSet': () => (require('./stateful-set') as typeof import('./stateful-set')).statefulSet,
  'batch/v1 Job': () => (require('./job') as typeof import('./job')).job,
  'batch/v1 CronJob': () => (require('./cron-job') as typeof import('./cron-job')).cronJob,
  'v1 Service': () => (require('./service') as typeof import('./service')).service,
  'v1 Endpoints': () => (require('./endpoints') as typeof import('./endpoints')).endpoints,
  'discovery.k8s.io/v1 EndpointSlice': () => (require('./endpoints') as typeof import('./endpoints')).endpointSlice,
  'v1 Namespace': () => (require('./namespace') as typeof import('./namespace')).namespace,
  'v1 ConfigMap': () => (require('./config-map') as typeof import('./config-map')).configMap,
  'v1 Secret': () => (require('./secret') as typeof import('./secret')).secret,
  'v1 ServiceAccount': () => (require('./service-account') as typeof import('./service-account')).serviceAccount,
  'v1 LimitRange': () => (require('./limit-range') as typeof import('./limit-range')).limitRange,
  'v1 ResourceQuota': () => (require('./resource-quota') as typeof import('./resource-quota')).resourceQuota,
  'v1 PersistentVolume': () =>
    (require('./persistent-volume') as typeof import('./persistent-volume')).persistentVolume,
  'autoscaling/v1 HorizontalPodAutoscaler': () => autoscaling().horizontalPodAutoscalerV1,
  'autoscaling/v2 HorizontalPodAutoscaler': () => autoscaling().horizontalPodAutoscaler,
  'policy/v1 PodDisruptionBudget': () =>
    (require('./pod-disruption-budget') as typeof import('./pod-disruption-budget')).podDisruptionBudget,
  'networking.k8s.io/v1 NetworkPolicy': () =>
    (require('./network-policy') as typeof import('./network-policy')).networkPolicy,
  'networking.k8s.io/v1 Ingress': () => (require('./ingress') as typeof import('./ingress')).ingress,
  'networking.k8s.io/v1 IngressClass': () => (require('./ingress') as typeof import('./ingress')).ingressClass,
  'rbac.authorization.k8s.io/v1 Role': () => rbac().role,
  'rbac.authorization.k8s.io/v1 ClusterRole': () => rbac().clusterRole,
  'rbac.authorization.k8s.io/v1 RoleBinding': () => rbac().roleBinding,
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': () => rbac().clusterRoleBinding,
  'storage.k8s.io/v1 StorageClass': () => (require('./storage') as typeof import('./storage')).storageClass,
  'storage.k8s.io/v1 CSIDriver': () => (require('./storage') as typeof import('./storage')).csiDriver,
  'storage.k8s.io/v1 VolumeAttributesClass': () =>
    (require('./storage') as typeof import('./storage')).volumeAttributesClass,
  'storage.k8s.io/v1beta1 VolumeAttributesClass': () =>
    (require('./storage') as typeof import('./storage')).volumeAttributesClass,
  'networking.k8s.io/v1 ServiceCIDR': () => (require('./service-cidr') as typeof import('./service-cidr')).serviceCidr,
  'networking.k8s.io/v1beta1 ServiceCIDR': () =>
    (require('./service-cidr') as typeof import('./service-cidr')).serviceCidr,
  'networking.k8s.io/v1 IPAddress': () => (require('./service-cidr') as typeof import('./service-cidr')).ipAddress,
  'networking.k8s.io/v1beta1 IPAddress': () => (require('./service-cidr') as typeof import('./service-cidr')).ipAddress,
  'scheduling.k8s.io/v1 PriorityClass': () =>
    (require('./priority-class') as typeof import('./priority-class')).priorityClass,
  'node.k8s.io/v1 RuntimeClass': () => (require('./runtime-class') as typeof import('./runtime-class')).runtimeClass,
  'coordination.k8s.io/v1 Lease': () => (require('./lease') as typeof import('./lease')).lease,
  'flowcontrol.apiserver.k8s.io/v1 FlowSchema': () =>
    (require('./flow-schema') as typeof import('./flow-schema')).flowSchema,
  'flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration': () =>
    (require('./priority-level') as typeof import('./priority-level')).priorityLevelConfiguration,
  'resource.k8s.io/v1 DeviceClass': () => deviceClass().deviceClass,
  'resource.k8s.io/v1 ResourceClaim': () => resource().resourceClaim,
  'resource.k8s.io/v1 ResourceClaimTemplate': () => resource().resourceClaimTemplate,
  'resource.k8s.io/v1beta1 DeviceClass': () => deviceClass().deviceClass,
  'resource.k8s.io/v1beta1 ResourceClaim': () => resource().resourceClaim,
  'resource.k8s.io/v1beta1 ResourceClaimTemplate': () => resource().resourceClaimTemplate,
  'resource.k8s.io/v1beta2 DeviceClass': () => deviceClass().deviceClass,
  'resource.k8s.io/v1beta2 ResourceClaim': () => resource().resourceClaim,
  'resource.k8s.io/v1beta2 ResourceClaimTemplate': () => resource().resourceClaimTemplate,
};

/** Kinds whose objects the API server gives no generation of its own: one that they bring along must be none below 0. */
const BRING_GENERATION: { readonly [kind: string]: VersionSet } = {
  ...Object.fromEntries(
    [
      'v1 Service',
      'v1 Endpoints',
      'v1 Namespace',
      'v1 ConfigMap',
      'v1 Secret',
      'v1 ServiceAccount',
      'v1 LimitRange',
      'v1 ResourceQuota',
      'v1 PersistentVolume',
      'v1 PersistentVolumeClaim',
      'rbac.authorization.k8s.io/v1 Role',
      'rbac.authorization.k8s.io/v1 ClusterRole',
      'rbac.authorization.k8s.io/v1 RoleBinding',
      'rbac.authorization.k8s.io/v1 ClusterRoleBinding',
      'storage.k8s.io/v1 StorageClass',
      'storage.k8s.io/v1 CSIDriver',
      'node.k8s.io/v1 RuntimeClass',
      'coordination.k8s.io/v1 Lease',
      'resource.k8s.io/v1 ResourceClaim',
      'resource.k8s.io/v1beta1 ResourceClaim',
      'resource.k8s.io/v1beta2 ResourceClaim',
      'resource.k8s.io/v1 ResourceClaimTemplate',
      'resource.k8s.io/v1beta1 ResourceClaimTemplate',
      'resource.k8s.io/v1beta2 ResourceClaimTemplate',
    ].map((kind) => [kind, ALL_VERSIONS]),
  ),
  'v1 Pod': before('1.33'),
  'autoscaling/v1 HorizontalPodAutoscaler': before('1.37'),
  'autoscaling/v2 HorizontalPodAutoscaler': before('1.37'),
};

const generation: Check = (object: Any, at: Cursor) => {
  const number = object.metadata?.generation;
  if (!(number < 0)) return;
  at.rule = 'api/metadata';
  at.invalid(number, 'must be greater than or equal to 0', 'metadata', 'generation');
};

function withGeneration(kind: string, check: Check | undefined): Check | undefined {
  const versions = Object.hasOwn(BRING_GENERATION, kind) ? BRING_GENERATION[kind] : undefined;
  if (!check || versions === undefined) return check;
  return all(check, (object: Any, at: Cursor) => at.within(versions, generation, object));
}

/** Kinds that are asked, not kept: their objects need no names. */
const NAMELESS = /(Review|Options|List)$|^(Binding|Eviction|Scale|TokenRequest|Status|SerializedReference)$/;

/** What holds of an object of every other kind that is kept. */
function anyKind(apiVersion: string, kind: string): Check | undefined {
  if (NAMELESS.test(kind)) return undefined;
  const { metadata, withMetadata } = require('./metadata') as typeof import('./metadata');
  const namespaced = kindOf(apiVersion, kind)?.namespaced ?? false;
  return object('api/metadata', {}, withMetadata(metadata(pathSegment, namespaced, true, pathSegmentPrefix)));
}

const loaded = new Map<string, Check | undefined>();

/** The checks of a kind's objects, beyond their schema; undefined where there are none. */
export function checksOf(apiVersion: string, kind: string): Check | undefined {
  const key = `${apiVersion} ${kind}`;
  if (!loaded.has(key)) {
    const own = Object.hasOwn(KINDS, key);
    loaded.set(key, own ? withGeneration(key, KINDS[key]?.()) : anyKind(apiVersion, kind));
  }
  return loaded.get(key);
}

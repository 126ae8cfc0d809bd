// Fields that the API server accepts and silently drops, since their feature is off by default in a version.
// Source: pkg/features/kube_features.go, and the dropDisabled functions of pkg/api and pkg/registry.
import { ALL_VERSIONS, type Version, type VersionSet, versionSet } from '../../api/versions';
import { before } from '../engine/checks';
import type { Any, Step } from '../engine/cursor';
import { dropDataSourceRef, dropFromLifecycle, dropImageVolume } from './as-read';

/** A field that some versions drop. */
export interface Gate {
  /** The feature that must be on for the field to be kept. */
  readonly feature: string;
  /** The versions that drop the field; for some values or places only, where it is a function. */
  readonly off: VersionSet | ((value: Any, path: readonly Step[]) => VersionSet);
  /** Takes the field out of an object that is the caller's own. @default - the field alone, and `lifecycle` left empty */
  readonly drop?: (object: Any, path: readonly Step[]) => void;
}

function offBefore(version: Version, feature: string, drop?: Gate['drop']): Gate {
  return { feature, off: before(version), ...(drop && { drop }) };
}

function alwaysOff(feature: string, drop?: Gate['drop']): Gate {
  return { feature, off: ALL_VERSIONS, ...(drop && { drop }) };
}

/** Only 1.34 drops what 1.35 has rules for; before, the API server refuses a policy that is not a sidecar's. */
function restartPolicyOff(value: Any, path: readonly Step[]): VersionSet {
  if (path[path.length - 3] !== 'initContainers') return versionSet('1.34');
  return value === 'Always' ? before('1.29') : versionSet('1.34');
}

const CORE = 'io.k8s.api.core.v1';
const user = alwaysOff('AtomicWriteVolumeUserFields');
const restartPolicy: Gate = { feature: 'ContainerRestartRules', off: restartPolicyOff };

/** Whether a claim's source in another namespace is one at all. */
const otherNamespace: Gate = {
  feature: 'CrossNamespaceVolumeDataSource',
  // Only a claim's own: those in templates are kept.
  off: (value, path) => (value === '' || path.length !== 3 ? 0 : ALL_VERSIONS),
  drop: dropDataSourceRef,
};

/** The gates of resource.k8s.io, in each of its versions. */
function resourceGates(version: string): { [type: string]: { [field: string]: Gate } } {
  const requests = {
    adminAccess: offBefore('1.34', 'DRAAdminAccess'),
    capacity: offBefore('1.36', 'DRAConsumableCapacity'),
  };
  const type = (name: string) => `io.k8s.api.resource.${version}.${name}`;
  return {
    [type('DeviceClassSpec')]: { extendedResourceName: offBefore('1.36', 'DRAExtendedResource') },
    [type('DeviceRequest')]: { firstAvailable: offBefore('1.34', 'DRAPrioritizedList'), ...requests },
    [type('ExactDeviceRequest')]: requests,
    [type('DeviceSubRequest')]: requests,
  };
}

const GATES: { readonly [type: string]: { readonly [field: string]: Gate } } = {
  [`${CORE}.PodSpec`]: {
    hostUsers: offBefore('1.33', 'UserNamespacesSupport'),
    resources: offBefore('1.34', 'PodLevelResources'),
    resourceClaims: offBefore('1.34', 'DynamicResourceAllocation'),
    hostnameOverride: offBefore('1.35', 'HostnameOverride'),
    workloadRef: alwaysOff('GenericWorkload'),
    schedulingGroup: alwaysOff('GenericWorkload'),
    evictionResponders: alwaysOff('EvictionRequestAPI'),
  },
  [`${CORE}.ResourceRequirements`]: { claims: offBefore('1.34', 'DynamicResourceAllocation') },
  [`${CORE}.PodSecurityContext`]: {
    supplementalGroupsPolicy: offBefore('1.33', 'SupplementalGroupsPolicy'),
    seLinuxChangePolicy: offBefore('1.33', 'SELinuxChangePolicy'),
  },
  [`${CORE}.SecurityContext`]: { procMount: offBefore('1.33', 'ProcMountType') },
  [`${CORE}.PodAffinityTerm`]: {
    matchLabelKeys: offBefore('1.31', 'MatchLabelKeysInPodAffinity'),
    mismatchLabelKeys: offBefore('1.31', 'MatchLabelKeysInPodAffinity'),
  },
  [`${CORE}.VolumeProjection`]: {
    clusterTrustBundle: offBefore('1.37', 'ClusterTrustBundleProjection'),
    podCertificate: offBefore('1.37', 'PodCertificateRequest'),
  },
  [`${CORE}.Container`]: {
    resizePolicy: offBefore('1.33', 'InPlacePodVerticalScaling'),
    restartPolicy,
    restartPolicyRules: offBefore('1.35', 'ContainerRestartRules'),
  },
  [`${CORE}.EphemeralContainer`]: {
    resizePolicy: offBefore('1.33', 'InPlacePodVerticalScaling'),
    restartPolicy,
    restartPolicyRules: offBefore('1.35', 'ContainerRestartRules'),
  },
  [`${CORE}.VolumeMount`]: {
    recursiveReadOnly: offBefore('1.31', 'RecursiveReadOnlyMounts'),
    bindMountOptions: alwaysOff('VolumeBindMountOptions'),
  },
  [`${CORE}.EnvVarSource`]: { fileKeyRef: offBefore('1.35', 'EnvFiles') },
  [`${CORE}.Lifecycle`]: { stopSignal: alwaysOff('ContainerStopSignals', dropFromLifecycle) },
  [`${CORE}.LifecycleHandler`]: { sleep: offBefore('1.30', 'PodLifecycleSleepAction', dropFromLifecycle) },
  [`${CORE}.Volume`]: { image: offBefore('1.35', 'ImageVolume', dropImageVolume) },
  [`${CORE}.EmptyDirVolumeSource`]: { mode: alwaysOff('EmptyDirVolumeMode') },
  [`${CORE}.GRPCAction`]: { mode: alwaysOff('GRPCContainerProbeTLS') },
  [`${CORE}.HTTPGetAction`]: { protocol: alwaysOff('H2CContainerProbe') },
  [`${CORE}.KeyToPath`]: { user },
  [`${CORE}.DownwardAPIVolumeFile`]: { user },
  [`${CORE}.ServiceAccountTokenProjection`]: { user },
  [`${CORE}.ClusterTrustBundleProjection`]: { user },
  [`${CORE}.ConfigMapVolumeSource`]: { defaultUser: user },
  [`${CORE}.SecretVolumeSource`]: { defaultUser: user },
  [`${CORE}.DownwardAPIVolumeSource`]: { defaultUser: user },
  [`${CORE}.ProjectedVolumeSource`]: { defaultUser: user },
  [`${CORE}.PersistentVolumeClaimSpec`]: { volumeAttributesClassName: offBefore('1.34', 'VolumeAttributesClass') },
  [`${CORE}.PersistentVolumeSpec`]: { volumeAttributesClassName: offBefore('1.34', 'VolumeAttributesClass') },
  [`${CORE}.TypedObjectReference`]: { namespace: otherNamespace },
  [`${CORE}.ServiceSpec`]: { trafficDistribution: offBefore('1.31', 'ServiceTrafficDistribution') },
  'io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy': {
    maxUnavailable: offBefore('1.37', 'MaxUnavailableStatefulSet'),
  },
  'io.k8s.api.batch.v1.JobSpec': {
    managedBy: offBefore('1.32', 'JobManagedBy'),
    successPolicy: offBefore('1.31', 'JobSuccessPolicy'),
    backoffLimitPerIndex: offBefore('1.29', 'JobBackoffLimitPerIndex'),
    maxFailedIndexes: offBefore('1.29', 'JobBackoffLimitPerIndex'),
    podReplacementPolicy: offBefore('1.29', 'JobPodReplacementPolicy'),
    scheduling: alwaysOff('WorkloadWithJob'),
  },
  'io.k8s.api.autoscaling.v2.HPAScalingRules': { tolerance: offBefore('1.35', 'HPAConfigurableTolerance') },
  'io.k8s.api.discovery.v1.EndpointHints': { forNodes: offBefore('1.34', 'PreferSameTrafficDistribution') },
  'io.k8s.api.coordination.v1.LeaseSpec': {
    strategy: alwaysOff('CoordinatedLeaderElection'),
    preferredHolder: alwaysOff('CoordinatedLeaderElection'),
  },
  ...resourceGates('v1'),
  ...resourceGates('v1beta1'),
  ...resourceGates('v1beta2'),
  'io.k8s.api.storage.v1.CSIDriverSpec': {
    nodeAllocatableUpdatePeriodSeconds: offBefore('1.35', 'MutableCSINodeAllocatableCount'),
    preventPodSchedulingIfMissing: offBefore('1.37', 'VolumeLimitScaling'),
  },
};

/** The gate of a type's field; undefined for fields that every version keeps. */
export function gateOf(type: string, field: string): Gate | undefined {
  const fields = Object.hasOwn(GATES, type) ? GATES[type] : undefined;
  return fields && Object.hasOwn(fields, field) ? fields[field] : undefined;
}

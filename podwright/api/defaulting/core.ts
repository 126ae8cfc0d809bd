// Source: pkg/apis/core/v1/defaults.go and conversion.go, pkg/registry/core.
import { isLatest } from '../image';
import { podResources } from './pod-resources';
import { type Any, addMissing, type TypeDefaults } from './type-defaults';

const CORE = 'io.k8s.api.core.v1.';
const pullPolicy = (image: unknown) => (isLatest(image) ? 'Always' : 'IfNotPresent');
const container: TypeDefaults = {
  fields: {
    imagePullPolicy: (owner) => pullPolicy(owner.image),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  },
};
const fileMode: TypeDefaults = { fields: { defaultMode: 0o644 } };
const external = (spec: Any) =>
  spec.type === 'LoadBalancer' || spec.type === 'NodePort' || (spec.type === 'ClusterIP' && spec.externalIPs);

export const core: { readonly [type: string]: TypeDefaults } = {
  [`${CORE}Pod`]: { fill: ({ spec }, { minor }) => spec && fillPod(spec, minor) },
  [`${CORE}PodSpec`]: {
    fields: {
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
      schedulerName: 'default-scheduler',
      serviceAccountName: (spec) => spec.serviceAccount,
    },
    fill: (spec, { minor }) => {
      if (spec.serviceAccountName) spec.serviceAccount = spec.serviceAccountName;
      if (minor < 28 && spec.hostNetwork) hostPorts(spec);
    },
  },
  [`${CORE}Container`]: container,
  [`${CORE}EphemeralContainer`]: container,
  [`${CORE}Volume`]: {
    fill: (volume, { minor }) => {
      if (Object.keys(volume).every((key) => key === 'name')) volume.emptyDir = {};
      if (volume.image && minor >= 35) volume.image.pullPolicy ??= pullPolicy(volume.image.reference);
    },
  },
  [`${CORE}Probe`]: { fields: { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 } },
  [`${CORE}HTTPGetAction`]: { fields: { path: '/', scheme: 'HTTP' } },
  [`${CORE}SecretVolumeSource`]: fileMode,
  [`${CORE}ConfigMapVolumeSource`]: fileMode,
  [`${CORE}DownwardAPIVolumeSource`]: fileMode,
  [`${CORE}ProjectedVolumeSource`]: fileMode,
  [`${CORE}ServiceAccountTokenProjection`]: { fields: { expirationSeconds: 3600 } },
  [`${CORE}HostPathVolumeSource`]: { fields: { type: () => '' } },
  [`${CORE}ObjectFieldSelector`]: { fields: { apiVersion: 'v1' } },
  [`${CORE}Secret`]: {
    fields: { type: 'Opaque' },
    fill: (secret) => {
      if (!secret.stringData) return;
      secret.data ??= {};
      for (const key in secret.stringData) secret.data[key] = Buffer.from(secret.stringData[key]).toString('base64');
      delete secret.stringData;
    },
  },
  [`${CORE}Namespace`]: {
    fill: (namespace) => {
      namespace.spec ??= {};
      namespace.spec.finalizers ??= [];
      if (!namespace.spec.finalizers.includes('kubernetes')) namespace.spec.finalizers.push('kubernetes');
      if (!namespace.metadata?.name) return;
      namespace.metadata.labels ??= {};
      namespace.metadata.labels['kubernetes.io/metadata.name'] = namespace.metadata.name;
    },
  },
  [`${CORE}ServiceAccount`]: {
    fill: (account) => {
      if (account.secrets) account.secrets = account.secrets.map(({ name }: Any) => ({ name }));
    },
  },
  [`${CORE}PersistentVolumeSpec`]: { fields: { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' } },
  [`${CORE}PersistentVolumeClaim`]: { fill: ({ spec }) => spec && sameDataSource(spec) },
  [`${CORE}PersistentVolumeClaimSpec`]: { fields: { volumeMode: 'Filesystem' } },
  [`${CORE}EndpointPort`]: { fields: { protocol: 'TCP' } },
  [`${CORE}ServiceSpec`]: {
    fields: {
      sessionAffinity: 'None',
      type: 'ClusterIP',
      externalTrafficPolicy: (spec) => (external(spec) ? 'Cluster' : undefined),
      internalTrafficPolicy: (spec) => (spec.type === 'ExternalName' ? undefined : 'Cluster'),
      allocateLoadBalancerNodePorts: (spec) => (spec.type === 'LoadBalancer' ? true : undefined),
      clusterIPs: (spec) => (spec.clusterIP ? [spec.clusterIP] : undefined),
    },
    fill: (spec) => {
      if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
      else if (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined)
        spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: 10_800 } };
      for (const port of spec.ports ?? []) {
        // Written out since the target may be '' too.
        if (port.targetPort === undefined || port.targetPort === '') port.targetPort = port.port;
      }
    },
  },
  [`${CORE}LimitRangeItem`]: {
    fill: (item) => {
      if (item.type !== 'Container') return;
      item.default ??= {};
      item.defaultRequest ??= {};
      addMissing(item.default, item.max);
      addMissing(item.defaultRequest, item.default);
      addMissing(item.defaultRequest, item.min);
      for (const key of ['default', 'defaultRequest']) if (Object.keys(item[key]).length === 0) delete item[key];
    },
  },
  [`${CORE}ReplicationController`]: {
    fill: ({ metadata, spec }) => {
      if (!spec) return;
      spec.replicas ??= 1;
      const labels = spec.template?.metadata?.labels;
      if (!labels) return;
      spec.selector ??= { ...labels };
      if (metadata) metadata.labels ??= { ...labels };
    },
  },
};

function fillPod(spec: Any, minor: number): void {
  for (const { resources } of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) {
    if (!resources?.limits) continue;
    resources.requests ??= {};
    addMissing(resources.requests, resources.limits);
  }
  if (minor >= 34) podResources(spec);
  spec.enableServiceLinks ??= true;
  if (spec.hostNetwork) hostPorts(spec);
  if (spec.terminationGracePeriodSeconds < 0) spec.terminationGracePeriodSeconds = 1;
}

/** On the host's network a container's port is the host's. */
function hostPorts(spec: Any): void {
  for (const { ports } of [...(spec.containers ?? []), ...(spec.initContainers ?? [])])
    for (const port of ports ?? []) port.hostPort ??= port.containerPort;
}

/** A claim's source is kept in both of its fields, and one of another kind than these only in the newer. */
function sameDataSource(spec: Any): void {
  const { dataSource } = spec;
  const isClaim = dataSource?.kind === 'PersistentVolumeClaim' && !dataSource.apiGroup;
  const isSnapshot = dataSource?.kind === 'VolumeSnapshot' && dataSource.apiGroup === 'snapshot.storage.k8s.io';
  if (dataSource && !spec.dataSourceRef && !isClaim && !isSnapshot) delete spec.dataSource;
  if (spec.dataSource && !spec.dataSourceRef) spec.dataSourceRef = { ...spec.dataSource };
  else if (spec.dataSourceRef && !spec.dataSource && !spec.dataSourceRef.namespace) {
    const { namespace: _, ...source } = spec.dataSourceRef;
    spec.dataSource = source;
  }
}

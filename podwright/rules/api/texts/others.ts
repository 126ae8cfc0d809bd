// What api/* refuses of configuration, storage, policies of namespaces and of the cluster, and what no kind can say.
import { container, object, pod } from './objects';
import { type ApiText, text } from './text';

const CORE = 'pkg/apis/core/validation';
const RBAC = 'rbac.authorization.k8s.io';
const claim = (spec: object) =>
  object('v1', 'PersistentVolumeClaim', {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
  });
const persistent = (spec: object) =>
  object('v1', 'PersistentVolume', {
    spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/data' }, ...spec },
  });
const limits = (limit: object) => object('v1', 'LimitRange', { spec: { limits: [{ type: 'Container', ...limit }] } });
const requests = (request: object) =>
  object('resource.k8s.io/v1', 'ResourceClaim', { spec: { devices: { requests: [{ name: 'gpu', ...request }] } } });
const level = (spec: object) => object('flowcontrol.apiserver.k8s.io/v1', 'PriorityLevelConfiguration', { spec });
const flow = (spec: object) =>
  object('flowcontrol.apiserver.k8s.io/v1', 'FlowSchema', {
    spec: { priorityLevelConfiguration: { name: 'web' }, matchingPrecedence: 100, ...spec },
  });

export const OTHER_TEXTS: readonly ApiText[] = [
  text(
    'api/config-map',
    'a ConfigMap with a key that is none or there twice, or too large',
    'Keys are names of files: letters, digits, -, _ and .; one is in data or in binaryData; all together have at most 1 MiB.',
    `${CORE} ValidateConfigMap`,
    object('v1', 'ConfigMap', { data: { 'a key': 'value' } }),
    object('v1', 'ConfigMap', { data: { 'a-key': 'value' } }),
  ),
  text(
    'api/secret',
    'a Secret whose keys are none, or not those of its type',
    'A Secret of a type of Kubernetes has its keys: tls.crt and tls.key for kubernetes.io/tls.',
    `${CORE} ValidateSecret`,
    object('v1', 'Secret', { type: 'kubernetes.io/tls', data: { 'tls.crt': 'YQ==' } }),
    object('v1', 'Secret', { type: 'kubernetes.io/tls', data: { 'tls.crt': 'YQ==', 'tls.key': 'YQ==' } }),
  ),
  text(
    'api/namespace',
    'a Namespace whose finalizers are none',
    'Its name is a DNS label; a finalizer of its spec is kubernetes, or a name with a domain before it.',
    `${CORE} ValidateNamespace`,
    object('v1', 'Namespace', { spec: { finalizers: ['wait'] } }),
    object('v1', 'Namespace', { spec: { finalizers: ['example.com/wait'] } }),
  ),
  text(
    'api/limit-range',
    'limits of a namespace that contradict each other',
    'Of each resource min is at most default and max, defaultRequest at most default; a type has one entry.',
    `${CORE} ValidateLimitRange`,
    limits({ min: { cpu: '2' }, max: { cpu: '1' } }),
    limits({ min: { cpu: '1' }, max: { cpu: '2' } }),
  ),
  text(
    'api/resource-quota',
    'a quota of what cannot be counted, or whose scopes do not go together',
    'A quota counts cpu, memory, storage, extended resources by their requests, and objects; Terminating and NotTerminating exclude each other.',
    `${CORE} ValidateResourceQuota`,
    object('v1', 'ResourceQuota', { spec: { hard: { pods: '10' }, scopes: ['BestEffort', 'NotBestEffort'] } }),
    object('v1', 'ResourceQuota', { spec: { hard: { pods: '10' }, scopes: ['BestEffort'] } }),
  ),
  text(
    'api/persistent-volume-claim',
    'a claim without a size or a way of access, or from a source that is none',
    'A claim has accessModes and a size above zero; ReadWriteOncePod is its only mode; a source is named with its kind.',
    `${CORE} ValidatePersistentVolumeClaim`,
    claim({ accessModes: [] }),
    claim({}),
  ),
  text(
    'api/persistent-volume',
    'a volume of the cluster without a size, a way of access or one source',
    'A PersistentVolume has a capacity, accessModes and one source; a local one says on which nodes it is.',
    `${CORE} ValidatePersistentVolume`,
    persistent({ capacity: {} }),
    persistent({}),
  ),
  text(
    'api/storage-class',
    'a StorageClass without a provisioner, or with a mode that there is not',
    'volumeBindingMode is Immediate or WaitForFirstConsumer; topologies are allowed once each.',
    'pkg/apis/storage/validation ValidateStorageClass',
    object('storage.k8s.io/v1', 'StorageClass', { provisioner: 'example.com/disk', reclaimPolicy: 'Recycle' }),
    object('storage.k8s.io/v1', 'StorageClass', { provisioner: 'example.com/disk', reclaimPolicy: 'Retain' }),
  ),
  text(
    'api/volume-attributes-class',
    'a VolumeAttributesClass without a driver, or without parameters',
    'It is what a driver changes of a volume that is there: with no parameter there is nothing to change.',
    'pkg/apis/storage/validation ValidateVolumeAttributesClass',
    object('storage.k8s.io/v1', 'VolumeAttributesClass', { driverName: 'disk.example.com' }),
    object('storage.k8s.io/v1', 'VolumeAttributesClass', { driverName: 'disk.example.com', parameters: { iops: '9' } }),
  ),
  text(
    'api/service-cidr',
    'a ServiceCIDR whose ranges are none, or two of one family',
    'It adds a range of addresses for Services, or one of each family, each written in its one form.',
    'pkg/apis/networking/validation ValidateServiceCIDR',
    object('networking.k8s.io/v1', 'ServiceCIDR', { spec: { cidrs: ['10.1.0.0/16', '10.2.0.0/16'] } }),
    object('networking.k8s.io/v1', 'ServiceCIDR', { spec: { cidrs: ['10.1.0.0/16', '2001:db8::/64'] } }),
  ),
  text(
    'api/ip-address',
    'an IPAddress that is not named by its address, or belongs to nothing',
    'Its name is the address, in its one form; its parent is what the address is of.',
    'pkg/apis/networking/validation ValidateIPAddress',
    object('networking.k8s.io/v1', 'IPAddress', {
      metadata: { name: '10.1.0.1' },
      spec: { parentRef: { resource: 'services' } },
    }),
    object('networking.k8s.io/v1', 'IPAddress', {
      metadata: { name: '10.1.0.1' },
      spec: { parentRef: { resource: 'services', name: 'web', namespace: 'default' } },
    }),
  ),
  text(
    'api/csi-driver',
    'a CSIDriver with a setting that there is not',
    'fsGroupPolicy is ReadWriteOnceWithFSType, File or None; lifecycle modes are Persistent and Ephemeral.',
    'pkg/apis/storage/validation ValidateCSIDriver',
    object('storage.k8s.io/v1', 'CSIDriver', {
      metadata: { name: 'disk.example.com' },
      spec: { volumeLifecycleModes: ['Once'] },
    }),
    object('storage.k8s.io/v1', 'CSIDriver', {
      metadata: { name: 'disk.example.com' },
      spec: { volumeLifecycleModes: ['Ephemeral'] },
    }),
  ),
  text(
    'api/role',
    'rules of a Role that allow nothing',
    'A rule has verbs, and API groups with resources; URLs belong to ClusterRoles, and to rules without resources.',
    'pkg/apis/rbac/validation ValidateRole',
    object(`${RBAC}/v1`, 'Role', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: [] }] }),
    object(`${RBAC}/v1`, 'Role', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }),
  ),
  text(
    'api/role-binding',
    'a binding of no role, or to nobody',
    'roleRef is a Role or ClusterRole of its API group; a ServiceAccount is named with its namespace.',
    'pkg/apis/rbac/validation ValidateRoleBinding',
    object(`${RBAC}/v1`, 'RoleBinding', {
      roleRef: { apiGroup: RBAC, kind: 'Roles', name: 'view' },
      subjects: [{ kind: 'Group', apiGroup: RBAC, name: 'team-a' }],
    }),
    object(`${RBAC}/v1`, 'RoleBinding', {
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'view' },
      subjects: [{ kind: 'Group', apiGroup: RBAC, name: 'team-a' }],
    }),
  ),
  text(
    'api/priority-class',
    'a priority that only Kubernetes may give',
    'Values above 1000000000, and names that begin with system-, are those of system classes.',
    'pkg/apis/scheduling/validation ValidatePriorityClass',
    object('scheduling.k8s.io/v1', 'PriorityClass', { value: 1000000001 }),
    object('scheduling.k8s.io/v1', 'PriorityClass', { value: 1000000 }),
  ),
  text(
    'api/runtime-class',
    'a RuntimeClass without a handler',
    'The handler is the name of a runtime in the configuration of the node: a DNS label.',
    'pkg/apis/node/validation ValidateRuntimeClass',
    object('node.k8s.io/v1', 'RuntimeClass', { handler: 'My_Runtime' }),
    object('node.k8s.io/v1', 'RuntimeClass', { handler: 'my-runtime' }),
  ),
  text(
    'api/lease',
    'a Lease of no duration',
    'leaseDurationSeconds is above zero; leaseTransitions is not negative.',
    'pkg/apis/coordination/validation ValidateLease',
    object('coordination.k8s.io/v1', 'Lease', { spec: { leaseDurationSeconds: 0 } }),
    object('coordination.k8s.io/v1', 'Lease', { spec: { leaseDurationSeconds: 15 } }),
  ),
  text(
    'api/device-class',
    'a DeviceClass whose selectors or configuration cannot be read',
    'A selector is an expression in CEL; configuration is that of a driver.',
    'pkg/apis/resource/validation ValidateDeviceClass',
    object('resource.k8s.io/v1', 'DeviceClass', { spec: { selectors: [{}] } }),
    object('resource.k8s.io/v1', 'DeviceClass', {
      spec: { selectors: [{ cel: { expression: "device.driver == 'gpu.example.com'" } }] },
    }),
  ),
  text(
    'api/resource-claim',
    'a claim of devices that asks for none, or for one in two ways',
    'A request is exactly one of exactly and firstAvailable, and names the class of its devices.',
    'pkg/apis/resource/validation ValidateResourceClaim',
    requests({}),
    requests({ exactly: { deviceClassName: 'gpu.example.com' } }),
  ),
  text(
    'api/flow-schema',
    'a FlowSchema that matches nothing, or in an order that there is not',
    'matchingPrecedence is from 1 to 10000; a rule has subjects, and resources or URLs.',
    'pkg/apis/flowcontrol/validation ValidateFlowSchema',
    flow({ matchingPrecedence: 10001 }),
    flow({}),
  ),
  text(
    'api/priority-level',
    'a priority level whose type and settings do not go together',
    'A level is Limited, with how much it may use and what becomes of the rest, or Exempt.',
    'pkg/apis/flowcontrol/validation ValidatePriorityLevelConfiguration',
    level({ type: 'Limited' }),
    level({ type: 'Limited', limited: { nominalConcurrencyShares: 10, limitResponse: { type: 'Reject' } } }),
  ),
  text(
    'api/unknown-field',
    'a field that the API does not have, in a version that the object is for',
    'kubectl asks for strict validation: a misspelt field, or one of a later version, is refused. The finding names the field that was probably meant, or since when it exists.',
    'k8s.io/apimachinery/pkg/runtime/serializer/json strict decoding',
    pod({ nodename: 'node-1' }),
    pod({ nodeName: 'node-1' }),
  ),
  text(
    'api/type',
    'a value of another type than that of its field',
    'The API server reads no text where a number is meant, nor a number where a text is: quotes decide.',
    'sigs.k8s.io/json decoding into the types of k8s.io/api',
    container({ env: [{ name: 'PORT', value: 8080 }] }),
    container({ env: [{ name: 'PORT', value: '8080' }] }),
  ),
  text(
    'api/quantity',
    'an amount that is no quantity',
    'A quantity is a number with a suffix, or without: 100m, 1.5, 2Gi, 1e3.',
    'k8s.io/apimachinery/pkg/api/resource ParseQuantity',
    container({ resources: { requests: { memory: '2GB' } } }),
    container({ resources: { requests: { memory: '2Gi' } } }),
  ),
  text(
    'api/time',
    'a time that is none',
    'A time is written as RFC 3339 has it, with its zone.',
    'k8s.io/apimachinery/pkg/apis/meta/v1 Time.UnmarshalJSON',
    object('v1', 'ConfigMap', { metadata: { creationTimestamp: '2026-01-31 12:00' } }),
    object('v1', 'ConfigMap', { metadata: { creationTimestamp: '2026-01-31T12:00:00Z' } }),
  ),
  text(
    'api/base64',
    'bytes that are not base64',
    "A Secret's data is base64; plain text belongs in stringData.",
    'encoding/json decoding into []byte',
    object('v1', 'Secret', { data: { token: 'my token' } }),
    object('v1', 'Secret', { stringData: { token: 'my token' } }),
  ),
];

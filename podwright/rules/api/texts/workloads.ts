// What api/* refuses of workloads, of what scales and protects them, and of what sends traffic to them.
import { main, object, once, selector, template, workload } from './objects';
import { type ApiText, text } from './text';

const APPS = 'pkg/apis/apps/validation';
const CORE = 'pkg/apis/core/validation';
const job = (spec: object) => object('batch/v1', 'Job', { spec: { template: once, ...spec } });
const cron = (spec: object) =>
  object('batch/v1', 'CronJob', { spec: { schedule: '@daily', jobTemplate: { spec: { template: once } }, ...spec } });
const scaler = (spec: object) =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 4, ...spec },
  });
const service = (spec: object) => object('v1', 'Service', { spec: { selector: { app: 'web' }, ...spec } });
const ingress = (backend: object) => object('networking.k8s.io/v1', 'Ingress', { spec: { defaultBackend: backend } });
const policy = (spec: object) =>
  object('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, policyTypes: ['Ingress'], ...spec } });

export const WORKLOAD_TEXTS: readonly ApiText[] = [
  text(
    'api/deployment',
    'a Deployment that selects no pods of its own, or rolls out in no way that there is',
    "The selector picks the template's labels. A RollingUpdate may make or miss at least one pod; Recreate has no settings.",
    `${APPS} ValidateDeploymentSpec`,
    workload('Deployment', { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } }),
    workload('Deployment', { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } }),
  ),
  text(
    'api/replica-set',
    'a ReplicaSet that selects no pods of its own, or a number of them that there is not',
    "The selector picks the template's labels, and replicas is not negative.",
    `${APPS} ValidateReplicaSetSpec`,
    workload('ReplicaSet', { selector: { matchLabels: { app: 'other' } } }),
    workload('ReplicaSet'),
  ),
  text(
    'api/daemon-set',
    'a DaemonSet that selects no pods of its own, or is updated in no way that there is',
    "The selector picks the template's labels. A RollingUpdate has one of maxSurge and maxUnavailable above zero, not both.",
    `${APPS} ValidateDaemonSetSpec`,
    workload('DaemonSet', { updateStrategy: { type: 'Recreate' } }),
    workload('DaemonSet', { updateStrategy: { type: 'OnDelete' } }),
  ),
  text(
    'api/stateful-set',
    'a StatefulSet that selects no pods of its own, or is updated in no way that there is',
    "The selector picks the template's labels. podManagementPolicy is OrderedReady or Parallel; partition is not negative.",
    `${APPS} ValidateStatefulSetSpec`,
    workload('StatefulSet', { serviceName: 'web', podManagementPolicy: 'Random' }),
    workload('StatefulSet', { serviceName: 'web', podManagementPolicy: 'Parallel' }),
  ),
  text(
    'api/replication-controller',
    'a ReplicationController that selects no pods of its own',
    "The selector picks the template's labels.",
    `${CORE} ValidateReplicationControllerSpec`,
    object('v1', 'ReplicationController', { spec: { selector: { app: 'other' }, template } }),
    object('v1', 'ReplicationController', { spec: { selector: { app: 'web' }, template } }),
  ),
  text(
    'api/job',
    'a Job whose modes and policies do not go together',
    'Pods of a Job end: restartPolicy is Never or OnFailure. An Indexed Job has completions; backoffLimitPerIndex and successPolicy belong to it; a podFailurePolicy to Never.',
    'pkg/apis/batch/validation ValidateJobSpec',
    job({ completionMode: 'Indexed', parallelism: 4 }),
    job({ completionMode: 'Indexed', parallelism: 4, completions: 4 }),
  ),
  text(
    'api/cron-job',
    'a CronJob whose schedule, time zone or policy is none',
    'A schedule has five fields, or is a name such as @daily, and no TZ in it; a time zone is one of the IANA database; limits of the history are not negative.',
    'pkg/apis/batch/validation validateCronJobSpec',
    cron({ schedule: '0 25 * * *' }),
    cron({ schedule: '0 5 * * *', timeZone: 'Europe/Berlin' }),
  ),
  text(
    'api/horizontal-pod-autoscaler',
    'an autoscaler without a target, a metric or bounds that it could scale by',
    'minReplicas is at most maxReplicas; a metric has the source of its type, and a target of its own; utilization is above zero.',
    'pkg/apis/autoscaling/validation ValidateHorizontalPodAutoscaler',
    scaler({ minReplicas: 8 }),
    scaler({ minReplicas: 2 }),
  ),
  text(
    'api/pod-disruption-budget',
    'a budget with two bounds, or one that is no number and no percentage',
    'A budget says minAvailable or maxUnavailable.',
    'pkg/apis/policy/validation ValidatePodDisruptionBudgetSpec',
    object('policy/v1', 'PodDisruptionBudget', { spec: { selector, minAvailable: 1, maxUnavailable: 1 } }),
    object('policy/v1', 'PodDisruptionBudget', { spec: { selector, maxUnavailable: '25%' } }),
  ),
  text(
    'api/service',
    'a Service whose type, addresses and settings do not go together',
    'An ExternalName has a DNS name and no cluster IP; a headless Service has no node ports; load balancers have ranges and classes of their own.',
    `${CORE} ValidateService`,
    service({ type: 'ExternalName', externalName: '' }),
    service({ type: 'ExternalName', externalName: 'db.example.com' }),
  ),
  text(
    'api/service-port',
    'a port of a Service that is none, or is named twice',
    'Ports are from 1 to 65535; of several each has a name of its own; a target port is a number or the name of a port.',
    `${CORE} validateServicePort`,
    service({ ports: [{ port: 80 }, { port: 443 }] }),
    service({
      ports: [
        { name: 'http', port: 80 },
        { name: 'https', port: 443 },
      ],
    }),
  ),
  text(
    'api/endpoints',
    'addresses or ports of Endpoints that are none',
    'An address is an IP that is not the machine itself, nor one that reaches many; of several ports each has a name.',
    `${CORE} ValidateEndpoints`,
    object('v1', 'Endpoints', { subsets: [{ addresses: [{ ip: '127.0.0.1' }], ports: [{ port: 80 }] }] }),
    object('v1', 'Endpoints', { subsets: [{ addresses: [{ ip: '10.1.2.3' }], ports: [{ port: 80 }] }] }),
  ),
  text(
    'api/endpoint-slice',
    'addresses or ports of an EndpointSlice that are none',
    'Addresses are of the type that the slice names; at most 100 of them, for at most 1000 endpoints.',
    'pkg/apis/discovery/validation ValidateEndpointSlice',
    object('discovery.k8s.io/v1', 'EndpointSlice', { addressType: 'IPv4', endpoints: [{ addresses: ['fd00::1'] }] }),
    object('discovery.k8s.io/v1', 'EndpointSlice', { addressType: 'IPv4', endpoints: [{ addresses: ['10.1.2.3'] }] }),
  ),
  text(
    'api/ingress',
    'an Ingress whose hosts, paths or backends are none',
    'A backend is a Service with a port by number or name, or another resource; a path of the types Exact and Prefix begins with a slash.',
    'pkg/apis/networking/validation ValidateIngressSpec',
    ingress({ service: { name: 'web', port: {} } }),
    ingress({ service: { name: 'web', port: { name: 'http' } } }),
  ),
  text(
    'api/ingress-class',
    'an IngressClass without a controller that could have it',
    'A controller is a path with a domain before it; parameters are of the cluster, or of a namespace that they name.',
    'pkg/apis/networking/validation ValidateIngressClass',
    object('networking.k8s.io/v1', 'IngressClass', { spec: { controller: 'proxy' } }),
    object('networking.k8s.io/v1', 'IngressClass', { spec: { controller: 'example.com/proxy' } }),
  ),
  text(
    'api/network-policy',
    'a policy whose peers or ports are none',
    'A peer is an ipBlock, or is chosen by selectors; an ipBlock is a CIDR with exceptions within it; a range of ports begins with a number.',
    'pkg/apis/networking/validation ValidateNetworkPolicySpec',
    policy({ ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['192.168.0.0/16'] } }] }] }),
    policy({ ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }] }),
  ),
  text(
    'api/label-selector',
    'a label selector that cannot be read',
    'In and NotIn have values, Exists and DoesNotExist have none; keys and values are those of labels.',
    'k8s.io/apimachinery/pkg/apis/meta/v1/validation ValidateLabelSelector',
    object('policy/v1', 'PodDisruptionBudget', {
      spec: { selector: { matchExpressions: [{ key: 'app', operator: 'In' }] }, minAvailable: 1 },
    }),
    object('policy/v1', 'PodDisruptionBudget', {
      spec: { selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] }, minAvailable: 1 },
    }),
  ),
  text(
    'api/metadata',
    'a name, label, annotation, owner or finalizer that is none',
    'Most names are DNS subdomains, some DNS labels. A label has at most 63 characters of letters, digits, ., _ and -; annotations have at most 256 KiB together.',
    'k8s.io/apimachinery/pkg/api/validation ValidateObjectMeta',
    object('v1', 'Pod', { metadata: { labels: { team: 'a team' } }, spec: { containers: [main] } }),
    object('v1', 'Pod', { metadata: { labels: { team: 'a-team' } }, spec: { containers: [main] } }),
  ),
];

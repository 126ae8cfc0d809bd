// What api/* refuses of pods and their parts.
import { container, main, object, pod } from './objects';
import { type ApiText, text } from './text';

const POD = 'pkg/apis/core/validation';
const volume = (source: object) => pod({ volumes: [{ name: 'data', ...source }] });
const mount = { name: 'data', mountPath: '/data' };
const data = { volumes: [{ name: 'data', emptyDir: {} }] };
const block = { volumes: [{ name: 'disk', persistentVolumeClaim: { claimName: 'disk' } }] };

export const POD_TEXTS: readonly ApiText[] = [
  text(
    'api/apparmor-profile',
    'an AppArmor profile of no known type, or whose type and file do not fit',
    'localhostProfile names a profile of the node: it is needed for the type Localhost, and belongs to no other.',
    `${POD} validateAppArmorProfileField`,
    pod({ securityContext: { appArmorProfile: { type: 'Localhost' } } }),
    pod({ securityContext: { appArmorProfile: { type: 'Localhost', localhostProfile: 'web' } } }),
  ),
  text(
    'api/container',
    'a container with a field that no container can have, or without one that it needs',
    'A container has a name that is a DNS label, an image, and a pull policy and termination message policy of those that there are.',
    `${POD} validateContainers`,
    container({ imagePullPolicy: 'Sometimes' }),
    container({ imagePullPolicy: 'IfNotPresent' }),
  ),
  text(
    'api/container-name',
    'two containers of a pod with one name, or an ephemeral container for one that is not there',
    'A name is that of one container among all kinds of container of the pod: logs, probes and limits are found by it.',
    `${POD} validateContainers, validateInitContainers`,
    pod({ containers: [main, main] }),
    pod({ containers: [main, { ...main, name: 'helper' }] }),
  ),
  text(
    'api/container-port',
    'a port of a container that is no port, or whose name or host port is taken',
    'Ports are from 1 to 65535. A name is that of one port of the container, and has a letter in it; a host port is one port of the node.',
    `${POD} validateContainerPorts`,
    container({ ports: [{ containerPort: 70000 }] }),
    container({ ports: [{ containerPort: 8080, name: 'http' }] }),
  ),
  text(
    'api/dns-config',
    "a pod's DNS settings that no resolver takes",
    'There are at most three nameservers, which are IP addresses; with dnsPolicy None there is at least one.',
    `${POD} validatePodDNSConfig`,
    pod({ dnsPolicy: 'None', dnsConfig: { nameservers: ['dns.example'] } }),
    pod({ dnsPolicy: 'None', dnsConfig: { nameservers: ['10.0.0.10'] } }),
  ),
  text(
    'api/env',
    'an environment variable without a name, with two sources, or with a source that is not there',
    'A variable has a value or a valueFrom, and of the latter one source; a source names what it reads.',
    `${POD} ValidateEnv`,
    container({ env: [{ name: 'TOKEN', value: 'a', valueFrom: { secretKeyRef: { name: 'token', key: 'token' } } }] }),
    container({ env: [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'token', key: 'token' } } }] }),
  ),
  text(
    'api/ephemeral-container',
    'an ephemeral container in what is created, or one with a field that it cannot have',
    'Ephemeral containers are added to a pod that runs (kubectl debug), and have no ports, probes, lifecycle or resources.',
    `${POD} validateEphemeralContainers`,
    pod({ ephemeralContainers: [{ name: 'debug', image: 'busybox:1.37', ports: [{ containerPort: 80 }] }] }),
    pod({}),
  ),
  text(
    'api/init-container',
    'an init container with a field that only containers, or only sidecars, can have',
    'An init container runs to its end: it has no probes and no lifecycle, unless it is a sidecar (restartPolicy: Always).',
    `${POD} validateInitContainers`,
    pod({ initContainers: [{ ...main, name: 'setup', readinessProbe: { exec: { command: ['true'] } } }] }),
    pod({
      initContainers: [
        { ...main, name: 'proxy', restartPolicy: 'Always', readinessProbe: { exec: { command: ['true'] } } },
      ],
    }),
  ),
  text(
    'api/lifecycle',
    'a lifecycle hook that does nothing, or two things',
    'A hook has one handler: exec, httpGet, tcpSocket or sleep.',
    `${POD} validateLifecycle`,
    container({ lifecycle: { preStop: {} } }),
    container({ lifecycle: { preStop: { sleep: { seconds: 5 } } } }),
  ),
  text(
    'api/node-affinity',
    'a demand of nodes that no node can be held to',
    'In and NotIn have values, Exists and DoesNotExist have none, Gt and Lt one that is a number; a weight is from 1 to 100.',
    `${POD} ValidateNodeSelectorRequirement`,
    pod({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: 'gpu', operator: 'In' }] }],
          },
        },
      },
    }),
    pod({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: 'gpu', operator: 'Exists' }] }],
          },
        },
      },
    }),
  ),
  text(
    'api/pod',
    'a Pod with what only the templates of workloads, or only the API server, may say',
    'A Pod of its own is held to more than a template: resources in its spec, annotations of its containers, generated fields.',
    `${POD} ValidatePodCreate`,
    pod({ schedulingGates: [{ name: 'example.com/wait' }], nodeName: 'node-1' }),
    pod({ schedulingGates: [{ name: 'example.com/wait' }] }),
  ),
  text(
    'api/pod-affinity',
    'a demand of pods beside a pod that nothing can be held to',
    'A term says which topology it is about: the key of a label of nodes. A weight is from 1 to 100.',
    `${POD} validatePodAffinityTerm`,
    pod({
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { labelSelector: { matchLabels: { app: 'web' } }, topologyKey: '' },
          ],
        },
      },
    }),
    pod({
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { labelSelector: { matchLabels: { app: 'web' } }, topologyKey: 'kubernetes.io/hostname' },
          ],
        },
      },
    }),
  ),
  text(
    'api/pod-resources',
    'resources of a whole pod that do not fit those of its containers',
    'A pod may say cpu, memory and hugepages as a whole; its containers together ask for no more, and none of them may use more.',
    `${POD} validatePodResources`,
    container({ resources: { requests: { cpu: '2' } } }, { resources: { requests: { cpu: '1' } } }),
    container({ resources: { requests: { cpu: '1' } } }, { resources: { requests: { cpu: '2' } } }),
  ),
  text(
    'api/pod-security-context',
    'a security context of a pod with a user, group or setting that there is not',
    'Users and groups are from 0 to 2147483647; fsGroupChangePolicy is OnRootMismatch or Always; a sysctl is named once.',
    `${POD} ValidatePodSecurityContext`,
    pod({ securityContext: { runAsUser: -1 } }),
    pod({ securityContext: { runAsUser: 1000 } }),
  ),
  text(
    'api/pod-spec',
    'a pod without containers, or with a setting that no pod can have',
    'The fields of a pod beside its parts: restartPolicy, dnsPolicy, names of accounts and classes, host namespaces, hostnames and deadlines.',
    `${POD} ValidatePodSpec`,
    pod({ restartPolicy: 'Sometimes' }),
    pod({ restartPolicy: 'OnFailure' }),
  ),
  text(
    'api/probe',
    'a probe that asks nothing, or asks in a way that there is not',
    'A probe has one handler: exec, httpGet, tcpSocket or grpc. Its times are not negative, and successThreshold is 1 but for readiness.',
    `${POD} validateProbe`,
    container({ livenessProbe: { exec: { command: ['true'] }, httpGet: { port: 8080 } } }),
    container({ livenessProbe: { httpGet: { port: 8080 } } }),
  ),
  text(
    'api/resources',
    'amounts of resources that a container cannot ask for',
    'Requests are no more than limits. GPUs and other extended resources are whole, and a request of them equals the limit; so do hugepages, which come with cpu or memory.',
    `${POD} ValidateContainerResourceRequirements`,
    container({ resources: { requests: { 'nvidia.com/gpu': 1 }, limits: { 'nvidia.com/gpu': 2 } } }),
    container({ resources: { limits: { 'nvidia.com/gpu': 2 } } }),
  ),
  text(
    'api/seccomp-profile',
    'a seccomp profile of no known type, or whose type and file do not fit',
    'localhostProfile names a file of the node: it is needed for the type Localhost, and belongs to no other.',
    `${POD} validateSeccompProfileField`,
    pod({ securityContext: { seccompProfile: { type: 'RuntimeDefault', localhostProfile: 'web.json' } } }),
    pod({ securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }),
  ),
  text(
    'api/security-context',
    'a security context of a container that contradicts itself, or names what there is not',
    'A privileged container may gain privileges, whatever allowPrivilegeEscalation says: false beside it is refused.',
    `${POD} ValidateSecurityContext`,
    container({ securityContext: { privileged: true, allowPrivilegeEscalation: false } }),
    container({ securityContext: { allowPrivilegeEscalation: false } }),
  ),
  text(
    'api/toleration',
    'a toleration that tolerates nothing, or in no way that there is',
    'Exists has no value, Equal has a key; tolerationSeconds belongs to the effect NoExecute.',
    `${POD} ValidateTolerations`,
    pod({ tolerations: [{ key: 'gpu', operator: 'Exists', value: 'yes' }] }),
    pod({ tolerations: [{ key: 'gpu', operator: 'Exists' }] }),
  ),
  text(
    'api/topology-spread',
    'a spread over a topology that cannot be kept',
    'maxSkew is above zero, whenUnsatisfiable is DoNotSchedule or ScheduleAnyway, and a topology has one constraint of each of them.',
    `${POD} validateTopologySpreadConstraints`,
    pod({
      topologySpreadConstraints: [
        { maxSkew: 0, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
      ],
    }),
    pod({
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' },
      ],
    }),
  ),
  text(
    'api/volume',
    'a volume without a source, with two, or with one that is not whole',
    'A volume has a name that is a DNS label and no other volume has, and one source, which names what it mounts.',
    `${POD} ValidateVolumes`,
    volume({ emptyDir: {}, hostPath: { path: '/data' } }),
    volume({ emptyDir: {} }),
  ),
  text(
    'api/volume-device',
    'a block device of a container that names no volume of the pod, or no claim',
    'A device is a PersistentVolumeClaim, and its path is no other device and no mount.',
    `${POD} ValidateVolumeDevices`,
    container({ volumeDevices: [{ name: 'disc', devicePath: '/dev/xvda' }] }, block),
    container({ volumeDevices: [{ name: 'disk', devicePath: '/dev/xvda' }] }, block),
  ),
  text(
    'api/volume-mount',
    'a mount that names no volume of the pod, or has the place of another',
    'A mount has the name of a volume, and a path that no other mount of the container has.',
    `${POD} ValidateVolumeMounts`,
    container({ volumeMounts: [{ ...mount, name: 'date' }] }, data),
    container({ volumeMounts: [mount] }, data),
  ),
  text(
    'api/windows-options',
    'options for Windows that Windows does not take',
    'runAsUserName is DOMAIN\\USER or USER; a HostProcess container is in a pod that is one altogether, in the network of its host.',
    `${POD} validateWindowsSecurityContextOptions`,
    pod({ os: { name: 'windows' }, securityContext: { windowsOptions: { runAsUserName: 'a\\b\\c' } } }),
    pod({ os: { name: 'windows' }, securityContext: { windowsOptions: { runAsUserName: 'ContainerUser' } } }),
  ),
  text(
    'api/pod-template',
    'a template whose pods could not be made',
    "A template's labels and annotations are those that its pods get; it has no ephemeral containers, which are added to a pod that runs.",
    `${POD} ValidatePodTemplateSpec`,
    object('apps/v1', 'Deployment', {
      spec: {
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web', team: 'a team' } }, spec: { containers: [main] } },
      },
    }),
    object('apps/v1', 'Deployment', {
      spec: {
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [main] } },
      },
    }),
  ),
];

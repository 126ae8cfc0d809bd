import { isGpu } from '../api/gpu';
import type {
  Container,
  ContainerPort,
  DeploymentStrategy,
  NetworkPolicyPort,
  PodSpec,
  Probe,
  ServicePort,
  TopologySpreadConstraint,
} from '../api/k8s';
import { fault } from './validation';

/** How a rollout replaces pods: a new one before an old one goes, or an old one before a new one comes. */
export type Rollout = 'surge' | 'replace';

/** What is served, and how its readiness is seen. */
export interface Served {
  readonly port: number;
  readonly healthPath?: string;
  readonly livePath?: string;
  readonly loadSeconds: number;
}

/** Where a server listens whose container does not say it. */
const PORT = 8080;

/** Where requests come: at the port that is said, else at that which the server's container calls `http`, or has alone. */
export function portOf(spec: PodSpec, said: number | undefined): number {
  if (said !== undefined) return said;
  const ports = portsOf(spec);
  const [only, ...others] = ports.filter(({ protocol = 'TCP' }) => protocol === 'TCP');
  const port = ports.find(({ name }) => name === 'http') ?? (others.length === 0 ? only : undefined);
  return port?.containerPort ?? PORT;
}

/** What the server's container lists; what is known late is no list yet. */
function portsOf({ containers: [server] }: PodSpec): readonly ContainerPort[] {
  return Array.isArray(server?.ports) ? server.ports : [];
}

/** The ports of a Service of the server: requests at one of its own, each other that has a name at the same number. */
export function servicePorts(spec: PodSpec, said: number | undefined, servicePort: number): ServicePort[] {
  const port = portOf(spec, said);
  const isFree = (other: ContainerPort) => !isTaken(other, servicePort);
  const others = otherPorts(spec, port)
    .filter(isFree)
    .map(({ name, containerPort, protocol }) => ({
      name,
      port: containerPort,
      targetPort: containerPort,
      ...(protocol !== undefined && { protocol }),
    }));
  return [{ name: 'http', port: servicePort, targetPort: port }, ...others];
}

/** The ports of the server that clients reach by its Service, as NetworkPolicies have them. */
export function clientPorts(spec: PodSpec, said: number | undefined): NetworkPolicyPort[] {
  const port = portOf(spec, said);
  const others = otherPorts(spec, port).map(({ containerPort, protocol }) => ({
    port: containerPort,
    ...(protocol !== undefined && { protocol }),
  }));
  return [{ port }, ...others];
}

/** The fault of a Service's port for requests that is also that of another port. */
export function servicePortFaults(spec: PodSpec, said: number | undefined, servicePort: number): string[] {
  const taken = otherPorts(spec, portOf(spec, said)).find((other) => isTaken(other, servicePort));
  if (!taken) return [];
  return [fault('servicePort', `is also that of the port ${taken.name}`, servicePort, 'another number')];
}

function isTaken({ containerPort, protocol = 'TCP' }: ContainerPort, servicePort: number): boolean {
  return containerPort === servicePort && protocol === 'TCP';
}

function otherPorts(spec: PodSpec, port: number): ContainerPort[] {
  // What is called http is where requests come, also where they are sent elsewhere.
  const isOther = ({ name, containerPort }: ContainerPort) =>
    typeof name === 'string' && name !== 'http' && containerPort !== port;
  return portsOf(spec).filter(isOther);
}

/** Whether a default applies. */
export interface ProbeDefaults {
  readonly startupProbe: boolean;
  readonly readinessProbe: boolean;
  readonly livenessProbe: boolean;
}

const STARTUP_PERIOD = 5;

/** The server's container with the probes that it lacks. */
export function withProbes(container: Container, served: Served, on: ProbeDefaults): Container {
  const { port, healthPath, livePath = healthPath, loadSeconds } = served;
  const asks = (path: string | undefined): Probe =>
    path === undefined ? { tcpSocket: { port } } : { httpGet: { path, port } };
  // The first look comes at once, so that so many of them fill the time, and one more is after it.
  const failureThreshold = Math.ceil(loadSeconds / STARTUP_PERIOD) + 1;
  // The API's one second is short for a server whose processors are all at work.
  const timeoutSeconds = 5;
  return {
    // The model loads: until then nothing else is asked.
    ...(on.startupProbe && {
      startupProbe: { ...asks(healthPath), periodSeconds: STARTUP_PERIOD, timeoutSeconds, failureThreshold },
    }),
    ...(on.readinessProbe && { readinessProbe: { ...asks(healthPath), periodSeconds: 5, timeoutSeconds } }),
    // Busy is not dead: a minute without an answer is.
    ...(on.livenessProbe && {
      livenessProbe: { ...asks(livePath), periodSeconds: 10, timeoutSeconds, failureThreshold: 6 },
    }),
    ...container,
  };
}

/**
 * A container that goes on answering while the news that its pod is going spreads to whatever sends it requests. Nothing
 * runs in the container for that, so that it needs no shell.
 */
export function withDrain(container: Container, seconds: number): Container {
  if (container.lifecycle?.preStop) return container;
  return { ...container, lifecycle: { ...container.lifecycle, preStop: { sleep: { seconds } } } };
}

/** The strategy of a rollout: with GPUs none has to be spare, unless it is asked for. */
export function strategyOf(rollout: Rollout | undefined, spec: PodSpec | undefined): DeploymentStrategy {
  const isReplaced = (rollout ?? (spec && hasDevices(spec) ? 'replace' : 'surge')) === 'replace';
  const rollingUpdate = isReplaced ? { maxSurge: 0, maxUnavailable: 1 } : { maxSurge: 1, maxUnavailable: 0 };
  return { type: 'RollingUpdate', rollingUpdate };
}

/** Whether a pod takes GPUs, or claims devices: what there is a counted number of. */
function hasDevices({ containers, initContainers = [], resourceClaims = [] }: PodSpec): boolean {
  const limits = [...initContainers, ...containers].flatMap(({ resources }) => Object.keys(resources?.limits ?? {}));
  return resourceClaims.length > 0 || limits.some(isGpu);
}

/** Pods of one revision on as many nodes and in as many zones as there are; never one that waits for it. */
export function spreadOf(matchLabels: Record<string, string>): TopologySpreadConstraint[] {
  return ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels },
    matchLabelKeys: ['pod-template-hash'],
  }));
}

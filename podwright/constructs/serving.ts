import { isGpu } from '../api/gpu';
import type { Container, DeploymentStrategy, PodSpec, Probe, TopologySpreadConstraint } from '../api/k8s';

/** How a rollout replaces pods: a new one before an old one goes, or an old one before a new one comes. */
export type Rollout = 'surge' | 'replace';

/** What is served, and how its readiness is seen. */
export interface Served {
  readonly port: number;
  readonly healthPath?: string;
  readonly loadSeconds: number;
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
  const { port, healthPath, loadSeconds } = served;
  const handler: Probe = healthPath === undefined ? { tcpSocket: { port } } : { httpGet: { path: healthPath, port } };
  const failureThreshold = Math.ceil(loadSeconds / STARTUP_PERIOD);
  return {
    // The model loads: until then nothing else is asked.
    ...(on.startupProbe && { startupProbe: { ...handler, periodSeconds: STARTUP_PERIOD, failureThreshold } }),
    // The API's one second is short for a server whose processors are all at work.
    ...(on.readinessProbe && { readinessProbe: { ...handler, periodSeconds: 5, timeoutSeconds: 5 } }),
    // Busy is not dead: a minute without an answer is.
    ...(on.livenessProbe && {
      livenessProbe: { ...handler, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
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
  const hasGpu = spec?.containers.some(({ resources }) => Object.keys(resources?.limits ?? {}).some(isGpu));
  const isReplaced = (rollout ?? (hasGpu ? 'replace' : 'surge')) === 'replace';
  const rollingUpdate = isReplaced ? { maxSurge: 0, maxUnavailable: 1 } : { maxSurge: 1, maxUnavailable: 0 };
  return { type: 'RollingUpdate', rollingUpdate };
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

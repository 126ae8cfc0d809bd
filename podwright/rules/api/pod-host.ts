// What a Pod takes of its host. Source: pkg/apis/core/validation ValidatePodSpec, validatePodHostNetworkDeps.
import type { Any, Check, Cursor } from '../engine/cursor';
import { containersOf, podOf } from './pod-facts';
import { uniqueHostPorts } from './ports';

/** Host ports: one container each, and the container's own where the Pod is in the host's network. */
export const hostPorts: Check = (spec: Any, at: Cursor) => {
  const { isPod } = podOf(at);
  const containers = spec.containers ?? [];
  const defaulted = isPod && Boolean(spec.hostNetwork);
  uniqueHostPorts(spec, 'containers', defaulted, at);
  uniqueHostPorts(spec, 'initContainers', defaulted, at);
  if (!spec.hostNetwork) return;
  for (let c = 0; c < containers.length; c++) {
    const ports = containers[c]?.ports ?? [];
    for (let p = 0; p < ports.length; p++) {
      const { hostPort, containerPort = 0 } = ports[p] ?? {};
      if (hostPort && hostPort !== containerPort) {
        const problem = 'must match `containerPort` when `hostNetwork` is true';
        at.invalid(hostPort, problem, 'containers', c, 'ports', p, 'hostPort');
      }
    }
  }
};

/** What of the host a Pod with users of its own can't have. */
export const hostUsers: Check = (spec: Any, at: Cursor) => {
  if (spec.hostUsers !== false) return;
  const no = 'when `hostUsers` is false';
  if (spec.hostNetwork) at.forbidden(no, 'hostNetwork');
  if (spec.hostPID) at.forbidden(no, 'hostPID').says(1, 'HostPID');
  if (spec.hostIPC) at.forbidden(no, 'hostIPC').says(1, 'HostIPC');
};

/** Block devices do not work with users of the Pod's own. */
export const hostDevices: Check = (spec: Any, at: Cursor) => {
  if (spec.hostUsers !== false) return;
  for (const [one, field, index] of containersOf(spec)) {
    if (one.volumeDevices?.length) at.forbidden('when `hostUsers` is false', field, index, 'volumeDevices');
  }
};

/** Processes are shared among the Pod's containers, or with the host. */
export const processNamespace: Check = (spec: Any, at: Cursor) => {
  if (spec.shareProcessNamespace && spec.hostPID) {
    const problem = 'ShareProcessNamespace and HostPID cannot both be enabled';
    at.invalid(true, problem, 'shareProcessNamespace').says(1, 'securityContext', 'shareProcessNamespace');
  }
};

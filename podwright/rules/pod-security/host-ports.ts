// Ports of the host are not taken.
// Fields: containers, initContainers, ephemeralContainers [*].ports[*].hostPort. Allowed: undefined, 0.
import { containersOf, type PodSecurityCheck } from './policy';

export const hostPorts: PodSecurityCheck = {
  id: 'host-ports',
  level: 'baseline',
  reason: 'hostPort',
  check(pod, _level, _minor, forbid) {
    // The API server gives the ports of a Pod in the host's network host ports of their own only when it stores it.
    for (const { container, name, steps } of containersOf(pod)) {
      (container.ports ?? []).forEach((port: { hostPort?: number }, index: number) => {
        if (!port?.hostPort) return;
        const detail = `${name} uses hostPort ${port.hostPort}`;
        forbid(detail, 'leave hostPort out', ...steps, 'ports', index, 'hostPort');
      });
    }
  },
};

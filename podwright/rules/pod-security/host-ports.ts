// Ports of the host are not taken.
// Fields: containers, initContainers, ephemeralContainers [*].ports[*].hostPort. Allowed: undefined, 0.
import { containersOf, main, type PodSecurityCheck } from './policy';

export const hostPorts: PodSecurityCheck = {
  id: 'pod-security/host-ports',
  level: 'baseline',
  changes: [],
  summary: 'a container that takes a port of its node',
  why: 'The port is open on every address of the node, past Services and NetworkPolicies, and one pod alone can have it: a second replica waits for another node.',
  source: 'check_hostPorts.go',
  fails: { containers: [{ ...main, ports: [{ containerPort: 8080, hostPort: 8080 }] }] },
  passes: { containers: [{ ...main, ports: [{ containerPort: 8080 }] }] },
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

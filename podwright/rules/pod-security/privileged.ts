// Containers are not privileged.
// Fields: containers, initContainers, ephemeralContainers [*].securityContext.privileged. Allowed: undefined, false.
import { containersOf, main, type PodSecurityCheck } from './policy';

export const privileged: PodSecurityCheck = {
  id: 'pod-security/privileged',
  level: 'baseline',
  changes: [],
  summary: 'a privileged container',
  why: 'It is root on the node in all but name: it sees every device, and no other restriction holds.',
  source: 'check_privileged.go',
  fails: { containers: [{ ...main, securityContext: { privileged: true } }] },
  passes: { containers: [main] },
  check(pod, _level, _minor, forbid) {
    for (const { container, name, steps } of containersOf(pod)) {
      if (!container.securityContext?.privileged) continue;
      const detail = `${name} must not set securityContext.privileged=true`;
      forbid(detail, 'leave privileged out, or set it to false', ...steps, 'securityContext', 'privileged');
    }
  },
};

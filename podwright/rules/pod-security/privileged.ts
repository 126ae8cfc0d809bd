// Containers are not privileged.
// Fields: containers, initContainers, ephemeralContainers [*].securityContext.privileged. Allowed: undefined, false.
import { containersOf, type PodSecurityCheck } from './policy';

export const privileged: PodSecurityCheck = {
  id: 'privileged',
  level: 'baseline',
  reason: 'privileged',
  check(pod, _level, _minor, forbid) {
    for (const { container, name, steps } of containersOf(pod)) {
      if (!container.securityContext?.privileged) continue;
      const detail = `${name} must not set securityContext.privileged=true`;
      forbid(detail, 'leave privileged out, or set it to false', ...steps, 'securityContext', 'privileged');
    }
  },
};

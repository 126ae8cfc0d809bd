// No process of a container gains more privileges than its parent.
// Fields: containers, initContainers, ephemeralContainers [*].securityContext.allowPrivilegeEscalation. Allowed: false.
import { containersOf, isWindows, type PodSecurityCheck } from './policy';

export const allowPrivilegeEscalation: PodSecurityCheck = {
  id: 'allow-privilege-escalation',
  level: 'restricted',
  reason: 'allowPrivilegeEscalation != false',
  check(pod, _level, minor, forbid) {
    if (minor < 8 || isWindows(pod, minor)) return;
    for (const { container, name, steps } of containersOf(pod)) {
      if (container.securityContext?.allowPrivilegeEscalation === false) continue;
      forbid(
        `${name} must set securityContext.allowPrivilegeEscalation=false`,
        'set securityContext.allowPrivilegeEscalation to false',
        ...steps,
        'securityContext',
        'allowPrivilegeEscalation',
      );
    }
  },
};

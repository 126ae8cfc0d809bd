// No process of a container gains more privileges than its parent.
// Fields: containers, initContainers, ephemeralContainers [*].securityContext.allowPrivilegeEscalation. Allowed: false.
import { containersOf, isWindows, main, type PodSecurityCheck } from './policy';

export const allowPrivilegeEscalation: PodSecurityCheck = {
  id: 'pod-security/allow-privilege-escalation',
  level: 'restricted',
  changes: [8, 25],
  summary: 'a container whose processes may gain more privileges than their parent',
  why: "A setuid program in the image makes root of any user, and capabilities come back that were dropped. Linux keeps a process from it where allowPrivilegeEscalation is false, which is the field's default nowhere: it has to be said, in each container. Pods for Windows are left alone.",
  source: 'check_allowPrivilegeEscalation.go',
  fails: { containers: [main] },
  passes: { containers: [{ ...main, securityContext: { allowPrivilegeEscalation: false } }] },
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

// /proc keeps its masks. Since 1.35 the baseline level lets Pods with users of their own see all of it.
// Fields: containers, initContainers, ephemeralContainers [*].securityContext.procMount. Allowed: undefined, Default.
import { containersOf, hasOwnUsers, main, type PodSecurityCheck } from './policy';

export const procMount: PodSecurityCheck = {
  id: 'pod-security/proc-mount',
  level: 'baseline',
  changes: [35],
  summary: 'a container that sees all of /proc',
  why: 'The runtime masks those parts of /proc by which a container learns of, and changes, its node. Since Kubernetes 1.35 the baseline level lets pods with users of their own (hostUsers: false) see all of it.',
  source: 'check_procMount.go',
  fails: { hostUsers: false, containers: [{ ...main, securityContext: { procMount: 'Unmasked' } }] },
  passes: { containers: [main] },
  check(pod, level, minor, forbid) {
    if (level === 'baseline' && hasOwnUsers(pod, minor)) return;
    for (const { container, name, steps } of containersOf(pod)) {
      const mount = container.securityContext?.procMount;
      if (mount === undefined || mount === null || mount === 'Default') continue;
      const detail = `${name} must not set securityContext.procMount to "${mount}"`;
      forbid(detail, 'leave procMount out, or set it to Default', ...steps, 'securityContext', 'procMount');
    }
  },
};

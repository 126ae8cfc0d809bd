// /proc keeps its masks. Since 1.35 the baseline level lets Pods with users of their own see all of it.
// Fields: containers, initContainers, ephemeralContainers [*].securityContext.procMount. Allowed: undefined, Default.
import { containersOf, hasOwnUsers, type PodSecurityCheck } from './policy';

export const procMount: PodSecurityCheck = {
  id: 'proc-mount',
  level: 'baseline',
  reason: 'procMount',
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

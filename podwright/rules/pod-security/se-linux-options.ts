// SELinux users and roles are not set, and types are those of containers.
// Fields: securityContext.seLinuxOptions of the Pod and its containers. Allowed: user and role undefined or ''; type
// undefined, '', container_t, container_init_t, container_kvm_t, since 1.31 container_engine_t.
import type { Any, Step } from '../engine/cursor';
import { containersOf, main, type PodSecurityCheck } from './policy';

const TYPES = ['container_t', 'container_init_t', 'container_kvm_t'];

export const seLinuxOptions: PodSecurityCheck = {
  id: 'pod-security/se-linux-options',
  level: 'baseline',
  changes: [31],
  summary: 'a container with an SELinux user, role or type of its own',
  why: 'The type decides what a process may touch on its node: those of containers reach what is theirs. Since Kubernetes 1.31 container_engine_t is one of them.',
  source: 'check_seLinuxOptions.go',
  fails: { securityContext: { seLinuxOptions: { type: 'spc_t' } }, containers: [main] },
  passes: { securityContext: { seLinuxOptions: { type: 'container_t' } }, containers: [main] },
  check(pod, _level, minor, forbid) {
    const types = minor >= 31 ? [...TYPES, 'container_engine_t'] : TYPES;
    const look = (who: string, options: Any, steps: readonly Step[]) => {
      const set = `${who} set forbidden securityContext.seLinuxOptions:`;
      const at = [...steps, 'securityContext', 'seLinuxOptions'];
      if (options?.type && !types.includes(options.type)) {
        forbid(`${set} type "${options.type}"`, `use ${types.join(', ')}, or leave type out`, ...at, 'type');
      }
      for (const field of ['user', 'role']) {
        if (options?.[field]) forbid(`${set} ${field} may not be set`, `leave ${field} out`, ...at, field);
      }
    };
    look('pod', pod.spec.securityContext?.seLinuxOptions, ['spec']);
    for (const { container, name, steps } of containersOf(pod)) {
      look(name, container.securityContext?.seLinuxOptions, steps);
    }
  },
};

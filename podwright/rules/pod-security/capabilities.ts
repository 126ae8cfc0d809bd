// Capabilities beyond the default set are not added; the restricted level drops all and adds NET_BIND_SERVICE at most.
// Fields: containers, initContainers, ephemeralContainers [*].securityContext.capabilities.add, .drop.
// Allowed, baseline: the default set. Restricted: drop holds ALL, add is empty or NET_BIND_SERVICE.
import { containersOf, isWindows, main, type PodSecurityCheck } from './policy';

const DEFAULTS = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

export const capabilities: PodSecurityCheck = {
  id: 'pod-security/capabilities',
  level: 'baseline',
  changes: [22, 25],
  summary: 'a container with Linux capabilities beyond those that are allowed',
  why: "A capability is a part of what root may do: NET_ADMIN changes the routes of the node's network, SYS_ADMIN is next to all of it. The baseline level allows those that runtimes give by default; the restricted level wants all of them dropped, and lets NET_BIND_SERVICE be added. Pods for Windows are left alone by the restricted level.",
  source: 'check_capabilities_restricted.go',
  fails: { containers: [main] },
  passes: { containers: [{ ...main, securityContext: { capabilities: { drop: ['ALL'] } } }] },
  check(pod, level, minor, forbid) {
    const restricted = level === 'restricted' && minor >= 22;
    if (restricted && isWindows(pod, minor)) return;
    const allowed = restricted ? ['NET_BIND_SERVICE'] : DEFAULTS;
    for (const { container, name, steps } of containersOf(pod)) {
      const given = container.securityContext?.capabilities;
      const at = [...steps, 'securityContext', 'capabilities'];
      if (restricted && !given?.drop?.includes('ALL')) {
        const detail = `${name} must set securityContext.capabilities.drop=["ALL"]`;
        forbid(detail, 'set securityContext.capabilities.drop to [ALL]', ...at, 'drop');
      }
      (given?.add ?? []).forEach((capability: string, index: number) => {
        if (allowed.includes(capability)) return;
        const detail = `${name} must not include "${capability}" in securityContext.capabilities.add`;
        forbid(detail, `add only ${allowed.join(', ')}, or nothing`, ...at, 'add', index);
      });
    }
  },
};

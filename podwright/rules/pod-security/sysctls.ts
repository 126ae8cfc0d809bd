// Only sysctls that stay within the Pod are set.
// Fields: spec.securityContext.sysctls[*].name. Allowed: the safe set, which grows with the versions.
import { main, type PodSecurityCheck } from './policy';

/** The safe sysctls by the minor version that allowed them first. */
const SAFE: readonly (readonly [minor: number, names: readonly string[]])[] = [
  [
    0,
    [
      'kernel.shm_rmid_forced',
      'net.ipv4.ip_local_port_range',
      'net.ipv4.tcp_syncookies',
      'net.ipv4.ping_group_range',
      'net.ipv4.ip_unprivileged_port_start',
    ],
  ],
  [27, ['net.ipv4.ip_local_reserved_ports']],
  [
    29,
    [
      'net.ipv4.tcp_keepalive_time',
      'net.ipv4.tcp_fin_timeout',
      'net.ipv4.tcp_keepalive_intvl',
      'net.ipv4.tcp_keepalive_probes',
    ],
  ],
  [32, ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem']],
  [37, ['net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat']],
];

export const sysctls: PodSecurityCheck = {
  id: 'pod-security/sysctls',
  level: 'baseline',
  changes: [27, 29, 32, 37],
  summary: 'a pod that sets a kernel parameter that reaches beyond it',
  why: "Most kernel parameters are the node's, or can be used to starve other pods. Those that the kernel keeps apart for each pod are safe; the list grows with the versions.",
  source: 'check_sysctls.go',
  fails: { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '65536' }] }, containers: [main] },
  passes: {
    securityContext: { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] },
    containers: [main],
  },
  check({ spec }, _level, minor, forbid) {
    (spec.securityContext?.sysctls ?? []).forEach((sysctl: { name?: string }, index: number) => {
      const name = sysctl?.name ?? '';
      const entry = SAFE.find(([, names]) => names.includes(name));
      if (entry && entry[0] <= minor) return;
      const fix = entry ? `leave it out: it is allowed since 1.${entry[0]}` : 'leave it out';
      forbid(name, fix, 'spec', 'securityContext', 'sysctls', index, 'name');
    });
  },
};

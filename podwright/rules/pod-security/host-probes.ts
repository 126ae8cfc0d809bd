// Probes and hooks do not make the node ask another host. Since 1.34.
// Fields: host of httpGet and tcpSocket in livenessProbe, readinessProbe, startupProbe, lifecycle.postStart,
// lifecycle.preStop of all containers. Allowed: undefined, ''.
import type { Any } from '../engine/cursor';
import { containersOf, type PodSecurityCheck } from './policy';

const PLACES = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
] as const;

export const hostProbes: PodSecurityCheck = {
  id: 'host-probes',
  level: 'baseline',
  reason: 'probe or lifecycle host',
  check(pod, _level, minor, forbid) {
    if (minor < 34) return;
    for (const { container, name, steps } of containersOf(pod)) {
      for (const place of PLACES) {
        const handler = place.reduce<Any>((value, step) => value?.[step], container);
        for (const action of ['httpGet', 'tcpSocket']) {
          const host = handler?.[action]?.host;
          if (!host) continue;
          const detail = `${name} uses probe or lifecycle host "${host}"`;
          forbid(detail, 'leave host out: the Pod itself is asked', ...steps, ...place, action, 'host');
        }
      }
    }
  },
};

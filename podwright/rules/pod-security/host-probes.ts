// Probes and hooks do not make the node ask another host. Since 1.34.
// Fields: host of httpGet and tcpSocket in livenessProbe, readinessProbe, startupProbe, lifecycle.postStart,
// lifecycle.preStop of all containers. Allowed: undefined, ''.
import type { Any } from '../engine/cursor';
import { containersOf, main, type PodSecurityCheck } from './policy';

const PLACES = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
] as const;

export const hostProbes: PodSecurityCheck = {
  id: 'pod-security/host-probes',
  level: 'baseline',
  changes: [34],
  summary: 'a probe or hook that asks another host than the pod',
  why: 'The kubelet asks from the node, which reaches what the pod may not: whoever writes a pod could make it call any address. Without host it asks the pod itself. The standards forbid it since Kubernetes 1.34.',
  source: 'check_hostProbesAndHostLifecycle.go',
  fails: { containers: [{ ...main, livenessProbe: { httpGet: { host: '169.254.169.254', port: 80 } } }] },
  passes: { containers: [{ ...main, livenessProbe: { httpGet: { port: 80 } } }] },
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

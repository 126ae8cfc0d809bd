import { containersOf } from '../../api/pods';
import type { Any } from '../engine/cursor';
import { podRule } from '../rule';
import { samplePod } from '../samples';

const server = (probes: object) => samplePod('server', probes);
const http = { httpGet: { path: '/health', port: 8080 } };

export const loadTime = podRule({
  id: 'start/load-time',
  severity: 'error',
  summary: 'a container whose probes kill it before its image has loaded',
  why: `A startup probe gives a container \`initialDelaySeconds + periodSeconds x failureThreshold\`, and so does a liveness probe
where there is no startup probe: what takes longer is killed, loads anew, and is killed again.

How long an image takes no manifest says: the rule is silent until \`facts: { images }\` declares \`loadSeconds\`.`,
  source:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-startup-probes',
  given: { facts: { images: { busybox: { loadSeconds: 120 } } } },
  fails: [server({ livenessProbe: http })],
  passes: [server({ livenessProbe: http, startupProbe: { ...http, failureThreshold: 30 } })],
  check({ spec }, at) {
    if (!at.world.facts.images) return;
    for (const [container, path] of containersOf(spec)) {
      const field = container.startupProbe ? 'startupProbe' : 'livenessProbe';
      const probe = container[field];
      if (!probe || typeof container.image !== 'string') continue;
      const needed = at.world.image(container.image)?.loadSeconds;
      const given = secondsOf(probe);
      if (needed === undefined || needed <= given) continue;
      at.report(['spec', ...path, field], `gives the container ${given} s, and its image takes ${needed} s to load`, {
        fix: `Give a startupProbe failureThreshold ${Math.ceil(needed / (probe.periodSeconds || 10))} or more`,
      });
    }
  },
});

function secondsOf({ initialDelaySeconds = 0, periodSeconds, failureThreshold }: Any): number {
  return initialDelaySeconds + (periodSeconds || 10) * (failureThreshold || 3);
}

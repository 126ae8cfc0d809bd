import { containersOf } from '../../api/pods';
import { podRule } from '../rule';
import { samplePod } from '../samples';

const server = (port: string) =>
  samplePod('server', {
    ports: [{ name: 'http', containerPort: 8080 }],
    readinessProbe: { httpGet: { path: '/health', port } },
  });

export const probePort = podRule({
  id: 'start/probe-port',
  severity: 'error',
  summary: 'a probe or hook whose port is a name that its container does not have',
  why: `The kubelet looks for the name among the ports of the same container. A probe of a name that is not there always
fails: the container is never ready, or is killed over and over.`,
  source:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port',
  fails: [server('web')],
  passes: [server('http')],
  check({ spec }, at) {
    for (const [container, path] of containersOf(spec)) {
      for (const [owner, field] of PLACES) {
        const probe = owner === undefined ? container[field] : container[owner]?.[field];
        if (!probe) continue;
        for (const how of ['httpGet', 'tcpSocket'] as const) {
          const name = probe[how]?.port;
          if (typeof name !== 'string' || /^\d+$/.test(name)) continue;
          const names: string[] = (container.ports ?? []).flatMap((port: { name?: string }) => port.name ?? []);
          if (names.includes(name)) continue;
          const steps = ['spec', ...path, ...(owner === undefined ? [] : [owner]), field, how, 'port'];
          at.report(
            steps,
            `is no port of container ${container.name}, got ${JSON.stringify(name)}; expected ${[...names, 'a number'].join(', or ')}`,
          );
        }
      }
    }
  },
});

const PLACES = [
  [undefined, 'startupProbe'],
  [undefined, 'readinessProbe'],
  [undefined, 'livenessProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
] as const;

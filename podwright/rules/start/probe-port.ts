import { containersOf } from '../../api/pods';
import { podRule } from '../rule';
import { samplePod } from '../samples';
import { probesOf } from './probes';

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
      for (const { port: name, steps } of probesOf(container)) {
        if (typeof name !== 'string' || /^\d+$/.test(name)) continue;
        const names: string[] = (container.ports ?? []).flatMap((port: { name?: string }) => port.name ?? []);
        if (names.includes(name)) continue;
        at.report(
          ['spec', ...path, ...steps],
          `is no port of container ${container.name}, got ${JSON.stringify(name)}; expected ${[...names, 'a number'].join(', or ')}`,
        );
      }
    }
  },
});

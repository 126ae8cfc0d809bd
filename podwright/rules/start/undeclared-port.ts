import { containersOf } from '../../api/pods';
import type { Any, Step } from '../engine/cursor';
import type { Port } from '../relations/flows';
import { type At, objectRule } from '../rule';
import { sample, sampleDeployment } from '../samples';
import { namespaceOf, podViewOf } from '../world';
import { type ListedPorts, listedPorts } from './listed-ports';
import { probesOf } from './probes';

const service = (targetPort: number) =>
  sample('v1', 'Service', 'web', { spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort }] } });
const web = (port: number) =>
  sampleDeployment('web', {}, { ports: [{ containerPort: 8000 }], readinessProbe: { tcpSocket: { port } } });

export const undeclaredPort = objectRule({
  id: 'start/undeclared-port',
  severity: 'warning',
  summary: 'a Service or probe whose port is a number that no container lists, where all of them list theirs',
  why: `A container may listen at ports that it does not list. One that lists some, and is asked at another, mostly listens at the
former: a Service refuses connections then, and a probe fails until the container is killed.

Pods with a container that lists no port, or only those for metrics, health and the like, may have any, and so may those that are
marked for a mesh: of them nothing is said, nor of a probe of another \`host\`. List the port that is asked, if it is the right one.`,
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service',
  kinds: 'any',
  fails: [service(8080), web(8080)],
  passes: [service(8000), web(8000)],
  check(object: Any, at) {
    if (object.kind === 'Service' && object.apiVersion === 'v1') checkService(object, at);
    else checkProbes(object, at);
  },
});

function checkService(service: Any, at: At): void {
  const { ports = [], selector, type, clusterIP } = service.spec ?? {};
  if (!selector || type === 'ExternalName' || clusterIP === 'None') return;
  const pods = at.world.selected({ matchLabels: selector }, namespaceOf(service));
  const listed = pods.map((pod) => listedPorts(at.world, pod));
  if (pods.length === 0 || !listed.every(({ isAll }) => isAll)) return;
  const there = listed.flatMap((one) => one.ports);
  for (const [index, { port, targetPort = port, protocol = 'TCP' }] of ports.entries()) {
    if (typeof targetPort !== 'number' || there.some((one) => one.port === targetPort && one.protocol === protocol))
      continue;
    const steps = ['spec', 'ports', index, ports[index].targetPort === undefined ? 'port' : 'targetPort'];
    say(at, steps, `the pods that are selected`, targetPort, there);
  }
}

function checkProbes(object: Any, at: At): void {
  const pod = podViewOf(object);
  if (!pod) return;
  let listed: ListedPorts | undefined;
  for (const [container, path] of containersOf(pod.spec)) {
    const said = new Set<number>();
    for (const { port, host, steps } of probesOf(container)) {
      if (typeof port !== 'number' || host || said.has(port)) continue;
      listed ??= listedPorts(at.world, pod);
      if (!listed.isAll) return;
      if (listed.ports.some((one) => one.port === port)) continue;
      said.add(port);
      say(at, [...pod.path, ...path, ...steps], 'the pod', port, listed.ports);
    }
  }
}

function say(at: At, steps: readonly Step[], whose: string, got: number, there: readonly Port[]): void {
  const listed = [...new Set(there.map(({ port }) => port))].join(', ');
  at.report(steps, `is no port that the containers of ${whose} list, got ${got}; expected one of theirs: ${listed}`);
}

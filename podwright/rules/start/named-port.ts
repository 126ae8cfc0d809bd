import type { Any } from '../engine/cursor';
import { isInjected } from '../relations/injected';
import { objectRule } from '../rule';
import { sample, sampleDeployment } from '../samples';
import { namespaceOf } from '../world';

const service = (targetPort: string) =>
  sample('v1', 'Service', 'web', { spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort }] } });
const web = sampleDeployment('web', {}, { ports: [{ name: 'http', containerPort: 8080 }] });

export const namedPort = objectRule({
  id: 'start/named-port',
  severity: 'error',
  summary: 'a Service whose targetPort is a name that no port of its pods has',
  why: `A Service looks for the name among the ports of the containers of each pod that it selects. Where none has it, the pod
is no endpoint: the Service is there, and refuses connections.`,
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  kinds: ['Service'],
  fails: [service('web'), web],
  passes: [service('http'), web],
  check(object, at) {
    const { ports = [], selector, type } = object.spec ?? {};
    if (!selector || type === 'ExternalName') return;
    for (let index = 0; index < ports.length; index++) {
      const name = ports[index]?.targetPort;
      if (typeof name !== 'string' || /^\d+$/.test(name)) continue;
      const pods = at.world.selected({ matchLabels: selector }, namespaceOf(object));
      if (pods.length === 0 || pods.some((pod) => isInjected(at.world, pod))) return;
      const names = [...new Set(pods.flatMap(({ spec }) => namesOf(spec)))];
      if (names.includes(name)) continue;
      at.report(
        ['spec', 'ports', index, 'targetPort'],
        `is no container port of the pods that are selected, got ${JSON.stringify(name)}; expected ${
          names.length > 0 ? `one of ${names.join(', ')}, or a number` : 'a number: their ports have no names'
        }`,
      );
    }
  },
});

function namesOf(spec: Any): string[] {
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }: Any) => restartPolicy === 'Always');
  return [...(spec.containers ?? []), ...sidecars].flatMap(({ ports = [] }: Any) =>
    ports.flatMap(({ name }: Any) => (name ? [name] : [])),
  );
}

import type { Any, Step } from '../engine/cursor';
import { reportMissing } from '../relations/missing';
import { objectRule } from '../rule';
import { sample } from '../samples';
import { namespaceOf } from '../world';

const ingress = sample('networking.k8s.io/v1', 'Ingress', 'web', {
  spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
});
const service = (port: object) => sample('v1', 'Service', 'web', { spec: { selector: { app: 'web' }, ports: [port] } });

export const serviceReference = objectRule({
  id: 'start/service-reference',
  severity: 'error',
  summary: 'an Ingress whose backend is a Service, or a port of one, that is not there',
  why: `The controller of the Ingress answers 503 for such a backend, or leaves out the whole Ingress.`,
  source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource',
  kinds: ['networking.k8s.io/Ingress'],
  fails: [ingress, service({ port: 8080 })],
  passes: [ingress, service({ port: 80 })],
  check(object, at) {
    const { world } = at;
    const namespace = namespaceOf(object);
    for (const [backend, steps] of backendsOf(object)) {
      const { name, port = {} } = backend.service ?? {};
      if (!name) continue;
      const service = world.find('Service', name, namespace);
      if (!service) {
        if (world.complete && !world.has('Service', name, namespace))
          reportMissing(at, [...steps, 'service', 'name'], { kind: 'Service', name, namespace });
        continue;
      }
      const ports: Any[] = service.spec?.ports ?? [];
      const asked = port.name ?? port.number;
      if (asked === undefined || service.spec?.type === 'ExternalName') continue;
      if (ports.some((one) => one.port === asked || one.name === asked)) continue;
      const field = port.name === undefined ? 'number' : 'name';
      const there = ports.map((one) => (one.name ? `${one.name} (${one.port})` : one.port)).join(', ');
      at.report(
        [...steps, 'service', 'port', field],
        `is no port of Service ${name}, got ${JSON.stringify(asked)}; expected ${there || 'a port that it has'}`,
      );
    }
  },
});

function backendsOf({ spec = {} }: Any): (readonly [backend: Any, steps: readonly Step[]])[] {
  const paths = (spec.rules ?? []).flatMap((rule: Any, at: number) =>
    (rule.http?.paths ?? []).map((path: Any, index: number) => [
      path.backend ?? {},
      ['spec', 'rules', at, 'http', 'paths', index, 'backend'],
    ]),
  );
  return spec.defaultBackend ? [[spec.defaultBackend, ['spec', 'defaultBackend']], ...paths] : paths;
}

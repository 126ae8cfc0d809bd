import type { Any } from '../engine/cursor';
import { reportMissing } from '../relations/missing';
import { objectRule } from '../rule';
import { sample } from '../samples';
import { namespaceOf } from '../world';
import { isThere } from './references';

const ingress = (metadata: object = {}) =>
  sample(
    'networking.k8s.io/v1',
    'Ingress',
    'web',
    {
      spec: {
        defaultBackend: { service: { name: 'web', port: { number: 80 } } },
        tls: [{ hosts: ['web.example.com'], secretName: 'web-tls' }],
      },
    },
    metadata,
  );

export const tlsReference = objectRule({
  id: 'start/tls-reference',
  severity: 'warning',
  summary: 'an Ingress whose TLS Secret is not there',
  why: `The controller of the Ingress serves a certificate of its own making in its place, which no client trusts.

A Secret that a Certificate, a SealedSecret or an ExternalSecret of the program makes is there, and so is one that an annotation
of the Ingress asks for, as cert-manager.io/cluster-issuer does.`,
  source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#tls',
  kinds: ['networking.k8s.io/Ingress'],
  fails: [ingress()],
  passes: [ingress({ annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } })],
  check(object, at) {
    const tls: readonly Any[] = object.spec?.tls ?? [];
    if (tls.length === 0 || !at.world.complete || asksForCertificate(object)) return;
    const namespace = namespaceOf(object);
    for (const [index, { secretName: name }] of tls.entries()) {
      if (!name || isThere(at.world, 'Secret', name, namespace)) continue;
      reportMissing(at, ['spec', 'tls', index, 'secretName'], { kind: 'Secret', name, namespace });
    }
  },
});

/** Whether an annotation has some controller make the certificate: each of them has a word of its own for it. */
function asksForCertificate({ metadata }: Any): boolean {
  return Object.keys(metadata?.annotations ?? {}).some((key) => /acme|cert|issuer/.test(key));
}

import type { Any } from '../engine/cursor';
import { objectRule } from '../rule';
import { sample } from '../samples';

export const literalSecret = objectRule({
  id: 'secrets/literal-secret',
  // Of classes that extend the toolkit's constructs, a synthesis makes an error of it.
  severity: 'warning',
  summary: 'a Secret whose values are in the clear',
  why: `base64 is no encryption: whoever reads git has what it holds, and git keeps it. It is an error where a class of the
toolkit's, or one that extends it, makes the Secret, and a warning for other objects.

There are three ways for a Secret to come to the cluster: a SealedSecret, which only the cluster can open; an ExternalSecret,
which names where the value is; a SopsFile, which Flux decrypts. Where values are no secrets, say so by an exception. Empty values
and certificates without their keys are none.`,
  source: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/#avoid-sharing-secret-manifests',
  kinds: ['Secret'],
  fails: [sample('v1', 'Secret', 'database', { stringData: { password: 'hunter2' } })],
  passes: [
    sample('bitnami.com/v1alpha1', 'SealedSecret', 'database', {
      spec: { encryptedData: { password: 'AgBy3i4OJSWK' } },
    }),
  ],
  check(object, at) {
    for (const field of ['data', 'stringData'] as const) {
      for (const [key, value] of Object.entries((object as Any)[field] ?? {})) {
        const text = field === 'data' ? Buffer.from(String(value), 'base64').toString() : String(value);
        if (text === '' || isPublic(text) || isEncrypted(value)) continue;
        at.report(
          [field, key],
          'is in the clear: git keeps it; expected a SealedSecret, an ExternalSecret or a SopsFile',
          {
            fix: 'Make one of these, or an exception where it is no secret',
          },
        );
      }
    }
  },
});

/** Certificates, as in `ca.crt`, are for everybody. */
function isPublic(text: string): boolean {
  return /^\s*-----BEGIN CERTIFICATE-----/.test(text) && !/PRIVATE KEY/.test(text);
}

/** By SOPS: no API server takes it as it is, and nobody reads it. */
function isEncrypted(value: unknown): boolean {
  return /^ENC\[AES256_GCM,/.test(String(value));
}

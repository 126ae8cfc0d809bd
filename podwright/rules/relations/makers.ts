// What makes the Secrets that no manifest holds.
import type { Any } from '../engine/cursor';

/** Kinds whose controllers make a Secret, with the name that it gets. */
export const MAKERS: { readonly [kind: string]: (spec: Any, name: string) => string | undefined } = {
  'bitnami.com/SealedSecret': (spec, name) => spec?.template?.metadata?.name ?? name,
  'external-secrets.io/ExternalSecret': (spec, name) => spec?.target?.name ?? name,
  'external-secrets.io/ClusterExternalSecret': (spec, name) =>
    spec?.externalSecretSpec?.target?.name ?? spec?.externalSecretName ?? name,
  'cert-manager.io/Certificate': (spec) => spec?.secretName,
};

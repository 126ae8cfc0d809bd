// What makes the Secrets that no manifest holds.
import type { Any } from '../engine/cursor';
import { namespaceOf, type World } from '../world';

/** Kinds whose controllers make a Secret, with the name that it gets. */
export const MAKERS: { readonly [kind: string]: (spec: Any, name: string) => string | undefined } = {
  'bitnami.com/SealedSecret': (spec, name) => spec?.template?.metadata?.name ?? name,
  'external-secrets.io/ExternalSecret': (spec, name) => spec?.target?.name ?? name,
  'external-secrets.io/ClusterExternalSecret': (spec, name) =>
    spec?.externalSecretSpec?.target?.name ?? spec?.externalSecretName ?? name,
  'cert-manager.io/Certificate': (spec) => spec?.secretName,
};

/** A Secret that an object has its controller make. */
export interface MadeSecret {
  readonly name: string;
  /** @default - it is made in several namespaces, which are not known */
  readonly namespace?: string;
}

/**
 * The Secrets that the objects make.
 * @param namespace only those that may be in this one @default - all
 */
export function* madeSecrets(world: World, namespace?: string): Generator<MadeSecret> {
  for (const [kind, nameOf] of Object.entries(MAKERS)) {
    const isOfCluster = kind.endsWith('/ClusterExternalSecret');
    for (const object of world.ofKind(kind, isOfCluster ? undefined : namespace)) {
      const name = nameOf(object.spec, object.metadata?.name);
      if (typeof name === 'string') yield { name, ...(!isOfCluster && { namespace: namespaceOf(object) }) };
    }
  }
}

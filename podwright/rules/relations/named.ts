// What objects other than pods refer to by name, kind by kind.
import { groupOf, kindName } from '../../api/identity';
import type { Any, Step } from '../engine/cursor';
import { MAKERS } from './makers';
import type { Verb } from './relation';

/** A name, where it stands, and what it is the name of. */
export interface Named {
  readonly verb: Verb;
  readonly kind: string;
  readonly name: unknown;
  /** @default - that of the object that refers */
  readonly namespace?: unknown;
  readonly steps: readonly Step[];
}

const CLUSTER = '';

/** The objects that an object names. */
export function* namedBy(object: Any): Generator<Named> {
  yield* OF_KIND[kindName(object)]?.(object) ?? [];
  yield* ofCustomKind(object);
  yield* ofQueue(object);
}

const OF_KIND: { readonly [kind: string]: (object: Any) => Iterable<Named> } = {
  *'networking.k8s.io/Ingress'({ spec = {} }) {
    for (const [index, tls] of entries(spec.tls)) {
      yield {
        verb: 'serves TLS of',
        kind: 'Secret',
        name: tls.secretName,
        steps: ['spec', 'tls', index, 'secretName'],
      };
    }
    yield* backend(spec.defaultBackend, ['spec', 'defaultBackend']);
    for (const [at, rule] of entries(spec.rules)) {
      for (const [index, path] of entries(rule.http?.paths)) {
        yield* backend(path.backend, ['spec', 'rules', at, 'http', 'paths', index, 'backend']);
      }
    }
    yield {
      verb: 'attaches to',
      kind: 'networking.k8s.io/IngressClass',
      name: spec.ingressClassName,
      namespace: CLUSTER,
      steps: ['spec', 'ingressClassName'],
    };
  },
  *PersistentVolumeClaim({ spec = {} }) {
    yield* claim(spec, ['spec']);
  },
  *PersistentVolume({ spec = {} }) {
    yield* claim({ storageClassName: spec.storageClassName }, ['spec']);
  },
  *'apps/StatefulSet'({ spec = {} }) {
    yield { verb: 'addressed by', kind: 'Service', name: spec.serviceName, steps: ['spec', 'serviceName'] };
    for (const [index, template] of entries(spec.volumeClaimTemplates)) {
      yield* claim(template.spec ?? {}, ['spec', 'volumeClaimTemplates', index, 'spec']);
    }
  },
  *ServiceAccount({ imagePullSecrets }) {
    for (const [index, { name }] of entries(imagePullSecrets)) {
      yield { verb: 'pulls with', kind: 'Secret', name, steps: ['imagePullSecrets', index, 'name'] };
    }
  },
  'rbac.authorization.k8s.io/RoleBinding': binding,
  'rbac.authorization.k8s.io/ClusterRoleBinding': binding,
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': webhooks,
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': webhooks,
};

function* backend(value: Any, steps: readonly Step[]): Generator<Named> {
  const { name } = value?.service ?? {};
  yield { verb: 'routes to', kind: 'Service', name, steps: [...steps, 'service', 'name'] };
}

function* claim({ storageClassName, volumeName }: Any, steps: readonly Step[]): Generator<Named> {
  yield {
    verb: 'provisioned by',
    kind: 'storage.k8s.io/StorageClass',
    name: storageClassName,
    namespace: CLUSTER,
    steps: [...steps, 'storageClassName'],
  };
  yield {
    verb: 'claims',
    kind: 'PersistentVolume',
    name: volumeName,
    namespace: CLUSTER,
    steps: [...steps, 'volumeName'],
  };
}

function* binding({ roleRef = {}, subjects }: Any): Generator<Named> {
  const kind = `rbac.authorization.k8s.io/${roleRef.kind}`;
  const namespace = roleRef.kind === 'ClusterRole' ? { namespace: CLUSTER } : {};
  yield { verb: 'grants', kind, name: roleRef.name, ...namespace, steps: ['roleRef', 'name'] };
  for (const [index, { kind = '', name, namespace }] of entries(subjects)) {
    const where = kind === 'ServiceAccount' ? namespace : CLUSTER;
    yield { verb: 'binds', kind, name, namespace: where, steps: ['subjects', index, 'name'] };
  }
}

function* webhooks({ webhooks }: Any): Generator<Named> {
  for (const [index, { clientConfig }] of entries(webhooks)) {
    const { name, namespace } = clientConfig?.service ?? {};
    const steps = ['webhooks', index, 'clientConfig', 'service', 'name'];
    yield { verb: 'calls', kind: 'Service', name, namespace, steps };
  }
}

/** What the fields of custom resources say that are the same in many kinds: of the Gateway API, of autoscalers. */
function* ofCustomKind(object: Any): Generator<Named> {
  const { spec } = object;
  const made = MAKERS[kindName(object)]?.(spec, object.metadata?.name);
  if (made !== undefined) yield { verb: 'makes', kind: 'Secret', name: made, steps: ['spec'] };
  // Autoscalers of others than Kubernetes leave the target's group out where it is the workloads' own.
  for (const field of ['scaleTargetRef', 'targetRef']) {
    const { apiVersion = 'apps/v1', kind = 'Deployment', name } = spec?.[field] ?? {};
    if (field === 'targetRef' && !/VerticalPodAutoscaler$/.test(object.kind)) continue;
    yield { verb: 'scales', kind: kindName({ apiVersion, kind }), name, steps: ['spec', field, 'name'] };
  }
  if (groupOf(object.apiVersion) !== 'gateway.networking.k8s.io') return;
  for (const [index, parent] of entries(spec?.parentRefs)) {
    yield reference('attaches to', 'gateway.networking.k8s.io', 'Gateway', parent, ['spec', 'parentRefs', index]);
  }
  for (const [at, rule] of entries(spec?.rules)) {
    for (const [index, backend] of entries(rule.backendRefs)) {
      yield reference('routes to', '', 'Service', backend, ['spec', 'rules', at, 'backendRefs', index]);
    }
  }
}

function reference(verb: Verb, ownGroup: string, ownKind: string, value: Any, steps: readonly Step[]): Named {
  const { group = ownGroup, kind = ownKind, name, namespace } = value;
  return { verb, kind: group === '' ? kind : `${group}/${kind}`, name, namespace, steps: [...steps, 'name'] };
}

/** Kueue's queues: a workload's label names one of its namespace, which is filled from one of the cluster. */
function* ofQueue({ apiVersion, kind, metadata, spec }: Any): Generator<Named> {
  const group = 'kueue.x-k8s.io';
  const label = `${group}/queue-name`;
  const name = metadata?.labels?.[label];
  yield { verb: 'queues in', kind: `${group}/LocalQueue`, name, steps: ['metadata', 'labels', label] };
  if (kind !== 'LocalQueue' || groupOf(apiVersion) !== group) return;
  const steps = ['spec', 'clusterQueue'];
  yield { verb: 'queues in', kind: `${group}/ClusterQueue`, name: spec?.clusterQueue, namespace: CLUSTER, steps };
}

/** The mappings of what should be a list, with their places in it. */
function* entries(list: Any): Generator<readonly [index: number, item: Any]> {
  if (!Array.isArray(list)) return;
  for (const [index, item] of list.entries()) if (typeof item === 'object' && item !== null) yield [index, item];
}

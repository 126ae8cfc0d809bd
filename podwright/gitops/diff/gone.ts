// What becomes of an object that git no longer has, and what goes with it.
import { kindName } from '../../api/identity';
import { podTemplateOf } from '../../api/pods';
import type { Leaving, Outcome } from '../../report/diff';
import type { ClusterObjects } from '../effects/cluster-objects';
import { shortList } from '../effects/effect';
import { isKept } from './marks';
import { isHashed } from './renamed';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

const ENDS: { readonly [kind: string]: string } = {
  Namespace: 'everything in the namespace',
  PersistentVolumeClaim: 'its data, unless its volume is retained',
  PersistentVolume: 'the way to its data',
  Pod: 'what runs in it',
  Service: 'its address and its name',
  Secret: 'its content',
  ServiceAccount: 'the access of the pods that run as it',
  'networking.k8s.io/Ingress': 'the way in from outside',
  'apiextensions.k8s.io/CustomResourceDefinition': 'every object of its kind, in all namespaces',
  'rbac.authorization.k8s.io/RoleBinding': 'what it allows',
  'rbac.authorization.k8s.io/ClusterRoleBinding': 'what it allows',
};

const STAYS = 'stays in the cluster: it is marked to be kept';

/** An object that leaves git. */
export interface Gone {
  readonly leaves: Leaving;
  readonly outcome: Outcome;
}

/** What is around an object that leaves git. */
export interface GoneFrom {
  /** The objects of its cluster that git still has. */
  readonly cluster: ClusterObjects;
  /** Whether its namespace is deleted as well. */
  readonly isNamespaceDeleted: boolean;
}

/** What becomes of an object that git no longer has. */
export function gone(object: Any, { cluster, isNamespaceDeleted }: GoneFrom): Gone {
  const ends = endsOf(object);
  const lost = ends === undefined ? {} : { ends };
  if (!isKept(object))
    return { leaves: 'deleted', outcome: { effect: 'gone', what: deletion(object, cluster), ...lost } };
  if (isNamespaceDeleted) {
    const what = 'is deleted with its namespace, although it is marked to be kept';
    return { leaves: 'deleted-with-namespace', outcome: { effect: 'gone', what, ...lost } };
  }
  const isGeneration = isHashed(object) && usersOf(object, cluster).length === 0;
  return {
    leaves: isGeneration ? 'generation' : 'kept',
    outcome: { effect: 'gone', what: isGeneration ? `${STAYS}; delete it once every rollout has ended` : STAYS },
  };
}

function deletion(object: Any, cluster: ClusterObjects): string {
  const { kind, metadata } = object;
  const within = kind === 'Namespace' ? cluster.all.filter((one) => one?.metadata?.namespace === metadata?.name) : [];
  if (within.length > 0) {
    const [some, go] = [
      shortList(within.map((one) => `${one.kind} ${one.metadata.name}`)),
      within.length === 1 ? 'goes' : 'go',
    ];
    return `is deleted, and ${within.length} of the objects that git still has ${go} with it: ${some}`;
  }
  const users = usersOf(object, cluster);
  return users.length === 0 ? 'is deleted' : `is deleted, and ${shortList(users)} cannot start without it`;
}

function usersOf(object: Any, cluster: ClusterObjects): readonly string[] {
  if (object.kind !== 'ConfigMap' && object.kind !== 'Secret') return [];
  const { once, mounted } = cluster.usesOf(object);
  return [...new Set([...once, ...mounted])];
}

/** What ends, or is lost, when an object is deleted; undefined where that is only the object. */
export function endsOf(object: Any): string | undefined {
  const kind = kindName(object);
  if (Object.hasOwn(ENDS, kind)) return ENDS[kind];
  if (kind === 'kustomize.toolkit.fluxcd.io/Kustomization' || kind === 'argoproj.io/Application')
    return prunes(object) ? 'what it has applied, unless marked to be kept or taken over by another before' : undefined;
  if (object?.spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete')
    return 'its pods, and their claims with all that is in them';
  if (kind === 'batch/CronJob') return 'its Jobs, those that run too';
  return kind !== 'PodTemplate' && podTemplateOf(object) ? 'its pods' : undefined;
}

/** Whether a controller deletes what it has applied when it is deleted itself. */
function prunes({ kind, metadata, spec }: Any): boolean {
  if (kind === 'Application') return JSON.stringify(metadata?.finalizers ?? []).includes('resources-finalizer.argocd');
  const { prune, suspend, deletionPolicy = 'MirrorPrune' } = spec ?? {};
  return suspend !== true && (deletionPolicy === 'MirrorPrune' ? prune === true : deletionPolicy !== 'Orphan');
}

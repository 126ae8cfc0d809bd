// What goes with an object that leaves the cluster.
import { kindName } from '../../api/identity';
import { podTemplateOf } from '../../api/pods';
import type { Outcome } from '../../report/diff';
import { isKept } from './marks';

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

/** Kinds whose deletion takes data with it. */
const DATA = new Set([
  'Namespace',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'apiextensions.k8s.io/CustomResourceDefinition',
]);

/** Whether data is lost with an object. A StatefulSet's claims stay, unless it says otherwise. */
export function holdsData(object: Any): boolean {
  if (DATA.has(kindName(object))) return true;
  return object?.spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete';
}

/** What becomes of an object that git no longer has. */
export function goneOutcome(object: Any): Outcome {
  if (isKept(object)) return { effect: 'gone', what: 'leaves git, and stays in the cluster: it is marked to be kept' };
  const ends = endsOf(object);
  return { effect: 'gone', what: 'is deleted', ...(ends !== undefined && { ends }) };
}

function endsOf(object: Any): string | undefined {
  const kind = kindName(object);
  if (Object.hasOwn(ENDS, kind)) return ENDS[kind];
  if (object?.spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete')
    return 'its pods, and their claims with all that is in them';
  if (kind === 'batch/CronJob') return 'its Jobs, those that run too';
  return kind !== 'PodTemplate' && podTemplateOf(object) ? 'its pods' : undefined;
}

// What a cluster has set in an object that was read from it, kind by kind.
import { podTemplateOf } from '../api/pods';
import { type Any, at } from './path';

type Path = readonly (string | number)[];

/** The paths to what a cluster sets, whatever the kind's defaults are. What was applied by hand stays. */
export function liveFields(object: Any): Path[] {
  const applied = lastApplied(object);
  const own = KINDS[`${object.apiVersion} ${object.kind}`]?.(object) ?? [];
  const isApplied = (path: Path) => applied !== undefined && at(applied, ...path) !== undefined;
  return [...own, ...podFields(object), ...finalizers(object)].filter((path) => !isApplied(path));
}

/** What `kubectl apply` was given, as far as it can be read. */
function lastApplied(object: Any): Any {
  const text = at(object, 'metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration');
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const KINDS: { readonly [kind: string]: (object: Any) => Path[] } = {
  'v1 Service': ({ spec }) => {
    const ports: Any[] = Array.isArray(spec?.ports) ? spec.ports : [];
    const isHeadless = spec?.clusterIP === 'None';
    return [
      ...(isHeadless ? [] : [['spec', 'clusterIP']]),
      ['spec', 'clusterIPs'],
      ['spec', 'ipFamilies'],
      ...(spec?.ipFamilyPolicy === 'SingleStack' ? [['spec', 'ipFamilyPolicy']] : []),
      ['spec', 'healthCheckNodePort'],
      ...ports.map((_, index) => ['spec', 'ports', index, 'nodePort']),
    ];
  },
  'v1 PersistentVolumeClaim': () => [['spec', 'volumeName']],
  'v1 PersistentVolume': () => ['uid', 'resourceVersion'].map((field) => ['spec', 'claimRef', field]),
  'v1 Namespace': () => [
    ['spec', 'finalizers'],
    ['metadata', 'labels', 'kubernetes.io/metadata.name'],
  ],
  'v1 ServiceAccount': () => [['secrets']],
  'v1 Pod': ({ spec }) => [
    ['spec', 'nodeName'],
    ['spec', 'priority'],
    ...(spec?.serviceAccountName === 'default' ? [['spec', 'serviceAccountName']] : []),
    ...(spec?.preemptionPolicy === 'PreemptLowerPriority' ? [['spec', 'preemptionPolicy']] : []),
    ...items(spec?.tolerations, isAdded).map((index) => ['spec', 'tolerations', index]),
    ...items(spec?.volumes, isToken).map((index) => ['spec', 'volumes', index]),
    ...['initContainers', 'containers', 'ephemeralContainers'].flatMap((field) =>
      items(spec?.[field], () => true).flatMap((container) =>
        items(spec[field][container].volumeMounts, isToken).map((mount) => [
          'spec',
          field,
          container,
          'volumeMounts',
          mount,
        ]),
      ),
    ),
  ],
  'batch/v1 Job': ({ spec }) => [
    ...(spec?.manualSelector ? [] : [['spec', 'selector']]),
    ...JOB_LABELS.map((label) => ['metadata', 'labels', label]),
    ...JOB_LABELS.map((label) => ['spec', 'template', 'metadata', 'labels', label]),
  ],
};

/** The labels that a Job puts on its pods, and, where they had labels, on itself. */
const JOB_LABELS = ['controller-uid', 'job-name', 'batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-name'];

function items(list: Any, test: (item: Any) => boolean): number[] {
  return Array.isArray(list) ? [...list.keys()].filter((index) => test(list[index])) : [];
}

/** The volume of a service account's token, and its mounts, are added to each Pod. */
function isToken(item: Any): boolean {
  return /^kube-api-access-[a-z0-9]{5}$/.test(item?.name);
}

/** Tolerations that are added to each Pod. */
function isAdded(toleration: Any): boolean {
  return (
    /^node\.kubernetes\.io\/(not-ready|unreachable)$/.test(toleration?.key) && toleration.tolerationSeconds === 300
  );
}

/** The account is kept under its old name too. */
function podFields(object: Any): Path[] {
  const template = podTemplateOf(object);
  return template?.spec.serviceAccountName === undefined ? [] : [[...template.path, 'serviceAccount']];
}

const FINALIZERS =
  /^(kubernetes\.io\/(pvc|pv)-protection|service\.kubernetes\.io\/load-balancer-cleanup|orphan|foregroundDeletion)$/;

function finalizers(object: Any): Path[] {
  return items(at(object, 'metadata', 'finalizers'), (name) => FINALIZERS.test(name)).map((index) => [
    'metadata',
    'finalizers',
    index,
  ]);
}

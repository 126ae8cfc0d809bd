// References between objects: fields that hold the name of another object.
import { groupOf } from '../api/identity';
import { isFields } from './code';
import { type Any, at } from './path';

/** What a field refers to. */
export interface Reference {
  /** The kinds' name; groups are told apart by what has the name. */
  readonly kind: string;
  /** @default - that of the object that refers */
  readonly namespace?: string;
  readonly group?: string;
}

/** Fields that hold a name, whatever they are in. */
const FIELDS: { readonly [field: string]: string } = {
  claimName: 'PersistentVolumeClaim',
  secretName: 'Secret',
  serviceAccountName: 'ServiceAccount',
  serviceAccount: 'ServiceAccount',
  priorityClassName: 'PriorityClass',
  runtimeClassName: 'RuntimeClass',
  storageClassName: 'StorageClass',
  ingressClassName: 'IngressClass',
  serviceName: 'Service',
};

/** What a mapping with a `name` refers to, by the field that it is in. */
const NAMED: { readonly [field: string]: string } = {
  configMap: 'ConfigMap',
  configMapRef: 'ConfigMap',
  configMapKeyRef: 'ConfigMap',
  secret: 'Secret',
  secretRef: 'Secret',
  secretKeyRef: 'Secret',
  imagePullSecrets: 'Secret',
  secrets: 'Secret',
  service: 'Service',
};

/** Mappings that say the kind of what they name. */
const KINDED = new Set([
  'scaleTargetRef',
  'roleRef',
  'subjects',
  'backendRefs',
  'parentRefs',
  'targetRef',
  'targetRefs',
]);

/** What of a field's text is whose: a person's words refer to nothing. */
const WORDS = new Set(['data', 'binaryData', 'stringData', 'annotations', 'labels', 'matchLabels', 'selector', 'env']);

/** What the text at these steps refers to; undefined where it is no reference. */
export function referenceAt(root: Any, steps: readonly (string | number)[]): Reference | undefined {
  const field = steps.at(-1);
  if (typeof field !== 'string') return undefined;
  const index = steps.findIndex((step) => WORDS.has(step as string));
  // A variable's value is a person's word; its source, deeper, is not.
  if (index >= 0 && !(steps[index] === 'env' && steps.length > index + 3)) return undefined;
  const own = FIELDS[field];
  if (own !== undefined) return { kind: own };
  const parent = steps.slice(0, -1);
  const holder = parent.findLast((step): step is string => typeof step === 'string');
  if (field === 'namespace') return isNamespaceField(holder) ? { kind: 'Namespace' } : undefined;
  if (field !== 'name' || holder === undefined) return undefined;
  const value: Any = at(root, ...parent);
  const isInList = typeof parent.at(-1) === 'number';
  if (KINDED.has(holder) && isFields(value) && typeof value.kind === 'string') {
    const namespace = typeof value.namespace === 'string' ? { namespace: value.namespace } : {};
    const group = value.apiGroup ?? value.group ?? (value.apiVersion && groupOf(value.apiVersion));
    return { kind: value.kind, ...namespace, ...(typeof group === 'string' && group !== '' && { group }) };
  }
  const kind = NAMED[holder];
  if (kind === undefined || isInList !== /s$/.test(holder)) return undefined;
  const namespace: Any = isFields(value) ? value.namespace : undefined;
  return { kind, ...(typeof namespace === 'string' && { namespace }) };
}

function isNamespaceField(holder: string | undefined): boolean {
  return holder === 'metadata' || holder === 'subjects' || holder === 'service' || holder === 'claimRef';
}

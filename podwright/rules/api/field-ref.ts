// A Pod's own fields and its containers' amounts, in variables and in files.
// Source: pkg/apis/core/validation validateObjectFieldSelector, validateContainerResourceFieldSelector.
import type { Any, Check, Cursor } from '../engine/cursor';
import { qualifiedName } from '../values/names';
import { formatQuantity, quantityOf } from '../values/quantity';

const ENV_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

/** The fields of a Pod that a file can hold. */
const FILE_FIELDS = ['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid'];

/** What the API server can convert at all. */
const POD_FIELDS = new Set([
  ...ENV_FIELDS,
  ...FILE_FIELDS,
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
  'spec.host',
]);

const RESOURCES = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];
const BYTES = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

function unconvertible(version: string, path: string, subscript: boolean): string {
  if (version !== 'v1') return `unsupported pod version: ${version}`;
  return subscript ? `field label does not support subscript: ${path}` : `field label not supported: ${path}`;
}

/** A field of the Pod by its path: `metadata.name`, `metadata.labels['app']`. */
function fieldRef(fields: readonly string[]): Check {
  return (ref: Any, at: Cursor) => {
    const version = ref.apiVersion || 'v1';
    const path = ref.fieldPath ?? '';
    if (path === '') {
      at.required('', 'fieldPath');
      return;
    }
    const subscript = /^(.+?)\['(.*)'\]$/s.exec(path);
    const base = subscript?.[1] ?? path;
    const key = subscript?.[2] ?? '';
    const convertible = subscript
      ? base === 'metadata.labels' || base === 'metadata.annotations'
      : POD_FIELDS.has(path);
    if (version !== 'v1' || !convertible) {
      at.invalid(path, `error converting fieldPath: ${unconvertible(version, path, subscript !== null)}`, 'fieldPath');
    } else if (subscript) {
      for (const problem of qualifiedName(base === 'metadata.annotations' ? key.toLowerCase() : key) ?? []) {
        at.invalid(key, problem);
      }
    } else if (!fields.includes(path === 'spec.host' ? 'spec.nodeName' : path))
      at.notSupported(path, fields, 'fieldPath');
  };
}

/** The Pod's field that a variable holds. */
export const envFieldRef: Check = fieldRef(ENV_FIELDS);
/** The Pod's field that a file of a volume holds. */
export const fileFieldRef: Check = fieldRef(FILE_FIELDS);

/** A container's request or limit. In a volume the container must be named. */
export function resourceFieldRef(inVolume: boolean): Check {
  return (ref: Any, at: Cursor) => {
    const resource: string = ref.resource ?? '';
    const hugePages = /^(requests|limits)\.hugepages-/.test(resource);
    if (inVolume && !ref.containerName) at.required('', 'containerName');
    else if (resource === '') at.required('', 'resource');
    else if (!RESOURCES.includes(resource) && !hugePages) at.notSupported(resource, RESOURCES, 'resource');
    const divisor = quantityOf(ref.divisor ?? '0');
    if (divisor.nano === 0n) return;
    // The API server keeps the text of what it takes for canonical, a sign or zeros in front included.
    const given = String(ref.divisor).trim();
    const text = /^\+?0*1\.?([a-zA-Z]|$)/.test(given) ? given : formatQuantity(divisor);
    const only = (divisors: string, of: string) =>
      at.invalid(resource, `only divisor's values ${divisors} are supported with the ${of} resource`, 'divisor');
    if (resource.endsWith('.cpu') && RESOURCES.includes(resource)) {
      if (text !== '1' && text !== '1m') only('1m and 1', 'cpu');
    } else if ((RESOURCES.includes(resource) || hugePages) && !BYTES.includes(text)) {
      const of = hugePages ? 'hugepages' : resource.endsWith('memory') ? 'memory' : 'local ephemeral storage';
      only(BYTES.join(', '), of);
    }
  };
}

// What an object is in a few words, beside its kind and name.
import { containersOf, podTemplateOf } from '../../api/pods';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

/** Short words for a reader; none where there is nothing to say, or what there is can't be read. */
export function factsOf(object: Any): { readonly facts?: readonly string[] } {
  const facts = [own(object), ...images(object)].filter((fact): fact is string => fact !== undefined);
  return facts.length > 0 ? { facts } : {};
}

function own({ kind, spec, data, type }: Any): string | undefined {
  switch (kind) {
    case 'Deployment':
    case 'StatefulSet':
    case 'ReplicaSet':
      return typeof spec?.replicas === 'number' ? count(spec.replicas, 'replica') : undefined;
    case 'Job':
      return typeof spec?.parallelism === 'number' ? `${spec.parallelism} at once` : undefined;
    case 'CronJob':
      return text(spec?.schedule);
    case 'Service':
      return list(
        spec?.ports,
        ({ port, protocol }) => `${port}${protocol && protocol !== 'TCP' ? `/${protocol}` : ''}`,
      );
    case 'HorizontalPodAutoscaler':
      return spec?.maxReplicas === undefined ? undefined : `${spec.minReplicas ?? 1} to ${spec.maxReplicas} replicas`;
    case 'PersistentVolumeClaim':
      return text(spec?.resources?.requests?.storage);
    case 'ConfigMap':
      return typeof data === 'object' && data !== null ? count(Object.keys(data).length, 'key') : undefined;
    case 'Secret':
      return text(type);
    case 'Ingress':
    case 'HTTPRoute':
      return list(spec?.rules ?? [], ({ host }) => host) ?? list(spec?.hostnames, (host) => host);
    default:
      return undefined;
  }
}

/** The images of a pod, those of its init containers last. */
function images(object: Any): string[] {
  const { spec } = podTemplateOf(object) ?? {};
  const all = containersOf(spec).map(([{ image }, [field]]) => ({ image, isMain: field === 'containers' }));
  const found = all.sort((a, b) => Number(b.isMain) - Number(a.isMain)).map(({ image }) => image);
  return [...new Set<string>(found.filter((image) => typeof image === 'string'))];
}

function list(values: Any, textOf: (value: Any) => unknown): string | undefined {
  if (!Array.isArray(values)) return undefined;
  const texts = values.map((value) => (value === null || value === undefined ? undefined : textOf(value)));
  return texts.filter((one) => one !== undefined).join(', ') || undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

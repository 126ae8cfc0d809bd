// The images that an object names: of its pods' containers and volumes, and of what custom resources have like them.
import { groupOf } from '../../api/identity';

// biome-ignore lint/suspicious/noExplicitAny: objects have any shape until they are checked
type Any = any;

/** Fields that hold containers, in pods and in what custom resources make pods of. */
const CONTAINERS = /^(containers|initContainers|ephemeralContainers)$/;

/**
 * An object with other images: itself where each stays as it is, else a copy of what leads to those that do not.
 *
 * @param change what an image is to be
 */
export function withImages<T>(object: T, change: (image: string) => string): T {
  return mayHavePods(object) ? visit(object, change) : object;
}

/** Of the built-in kinds those with data at length have none. */
function mayHavePods({ apiVersion, kind }: Any): boolean {
  if (typeof apiVersion !== 'string') return false;
  return groupOf(apiVersion) === '' ? /^(Pod|PodTemplate|ReplicationController)$/.test(kind) : kind !== CRD;
}

const CRD = 'CustomResourceDefinition';

function visit(value: Any, change: (image: string) => string): Any {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return copyWhereChanged(value, value.keys(), (item) => visit(item, change));
  return copyWhereChanged(value, Object.keys(value), (field, key) => {
    if (typeof field !== 'object' || field === null) return field;
    if (!Array.isArray(field)) return visit(field, change);
    if (CONTAINERS.test(key as string)) return itemsWith(field, 'image', change);
    if (key === 'volumes') return volumesWith(field, change);
    return visit(field, change);
  });
}

function itemsWith(items: Any[], field: string, change: (image: string) => string): Any[] {
  return copyWhereChanged(items, items.keys(), (item) =>
    typeof item?.[field] === 'string' ? replaced(item, field, change(item[field])) : item,
  );
}

/** A volume of an image has it at `image.reference`. */
function volumesWith(volumes: Any[], change: (image: string) => string): Any[] {
  return copyWhereChanged(volumes, volumes.keys(), (volume) => {
    const { image } = volume ?? {};
    if (typeof image?.reference !== 'string') return volume;
    return replaced(volume, 'image', replaced(image, 'reference', change(image.reference)));
  });
}

function replaced(object: Any, field: string, value: unknown): Any {
  return object[field] === value ? object : { ...object, [field]: value };
}

function copyWhereChanged(value: Any, keys: Iterable<string | number>, make: (item: Any, key: string | number) => Any) {
  let copy = value;
  for (const key of keys) {
    const item = value[key];
    const made = make(item, key);
    if (made === item) continue;
    if (copy === value) copy = Array.isArray(value) ? [...value] : { ...value };
    copy[key] = made;
  }
  return copy;
}

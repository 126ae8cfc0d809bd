import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isMapping, same } from './json';
import { applyJsonPatch, PatchError, type PatchOperation } from './json-patch';
import { applyMergePatch } from './merge-patch';
import { applyStrategicPatch } from './strategic-patch';

/** A change to an object, in the API's own field names; three forms, as `kubectl patch --type` has them. */
export class Patch {
  /**
   * JSON Patch (RFC 6902): steps at paths. It fails where a path is not there.
   *
   * @example
   * Patch.json([{ op: 'add', path: '/spec/hostPID', value: true }])
   */
  static json(operations: readonly PatchOperation[]): Patch {
    return new Patch((object) => applyJsonPatch(object, operations));
  }

  /**
   * JSON merge patch (RFC 7396): fields take the place of those that are there, null removes one; a list is replaced.
   *
   * @example
   * Patch.merge({ spec: { replicas: null } })
   */
  static merge(fields: object): Patch {
    return new Patch((object) => applyMergePatch(object, fields));
  }

  /**
   * Strategic merge patch: as {@link Patch.merge}, but lists that the API has a key for are merged by it: one container
   * of several is named and changed. For kinds that are built into Kubernetes.
   *
   * @example
   * Patch.strategic({ spec: { containers: [{ name: 'main', tty: true }] } })
   */
  static strategic(fields: object): Patch {
    return new Patch((object) => applyStrategicPatch(object, fields));
  }

  private constructor(
    /** @internal */
    readonly apply: (object: unknown) => unknown,
  ) {}
}

const PATCHES = new WeakMap<ApiObject, Patch[]>();

/**
 * Changes what an object says, when all else is done with it: any field, of any Kubernetes version, known to the types
 * or not, also on objects of cdk8s-plus, whose own `addJsonPatch` loses fields that it does not know.
 *
 * @param target an ApiObject, or a construct whose default child is one (a cdk8s-plus Deployment)
 * @param patches applied in their order, after those of earlier calls
 * @throws when the target has no object. When the program is synthesized, it is an error of the object if a patch does not
 * fit it, or changes nothing.
 */
export function patch(target: IConstruct, ...patches: readonly Patch[]): void {
  const object = ApiObject.of(target);
  const known = PATCHES.get(object);
  if (known) {
    known.push(...patches);
    return;
  }
  const all = [...patches];
  PATCHES.set(object, all);
  const unpatched = object.toJson.bind(object);
  object.toJson = () => {
    const before: unknown = unpatched();
    return ordered(before, all.reduce(applied, before));
  };
}

function applied(object: unknown, { apply }: Patch, index: number): unknown {
  const after = apply(object);
  if (same(object, after)) {
    throw new PatchError('', `patch ${index + 1} changes nothing; expected a difference. Remove it, or mend its paths`);
  }
  return after;
}

/** With the keys of each mapping sorted where they were before, and apiVersion, kind and metadata first. */
function ordered(before: unknown, after: unknown): unknown {
  const result = sortedLike(before, after);
  if (!isMapping(result)) return result;
  const first = ['apiVersion', 'kind', 'metadata'].filter((key) => key in result);
  return Object.fromEntries([...new Set([...first, ...Object.keys(result)])].map((key) => [key, result[key]]));
}

function sortedLike(before: unknown, after: unknown): unknown {
  if (Array.isArray(after)) {
    return after.map((item, index) => sortedLike(Array.isArray(before) ? before[index] : undefined, item));
  }
  if (!isMapping(after)) return after;
  const old = isMapping(before) ? before : {};
  const keys = Object.keys(after);
  const wasSorted = Object.keys(old).every((key, index, all) => index === 0 || (all[index - 1] as string) < key);
  if (wasSorted) keys.sort();
  return Object.fromEntries(keys.map((key) => [key, sortedLike(old[key], after[key])]));
}

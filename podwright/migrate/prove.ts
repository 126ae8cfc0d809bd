// Compares what a migrated program says with what it was made from.
import { storedForm } from '../api/defaulting/stored';
import { identityKey } from '../api/identity';
import { pointerOf } from '../api/json-pointer';
import { readManifestText } from '../api/manifests/read';
import { same } from '../api/plain';
import type { DistPlan } from '../synth/dist/plan';
import { type Any, nameOf } from './path';

/** A value that is other than it was. */
export interface Difference {
  /** As a reader knows it: `Deployment ml/web`. */
  readonly name: string;
  /** Where in the object; '' is the whole. */
  readonly pointer: string;
  /** @default - it was not there */
  readonly before?: unknown;
  /** @default - it is not there */
  readonly after?: unknown;
}

/** The outcome of a comparison. */
export interface Proof {
  /** How many objects are the same. */
  readonly equal: number;
  /** How many of them only once the API server has filled in its defaults. */
  readonly byDefaults: number;
  readonly differences: readonly Difference[];
}

/** The objects that plans would write. */
export function objectsOf(plans: readonly DistPlan[]): Any[] {
  const texts = plans.flatMap(({ files }) => [...files]);
  return texts.flatMap(([file, content]) => {
    const { objects } = readManifestText(file, Buffer.from(content).toString());
    return objects.map(({ object }) => object);
  });
}

/** Compares objects with those that were expected, each with the one of its identity. */
export function compare(expected: readonly Any[], made: readonly Any[]): Proof {
  const left = new Map<string, Any[]>();
  for (const object of made) left.set(identityKey(object), [...(left.get(identityKey(object)) ?? []), object]);
  const differences: Difference[] = [];
  let equal = 0;
  let byDefaults = 0;
  for (const object of expected) {
    // Only objects whose names a server gives have an identity in common.
    const alike = left.get(identityKey(object)) ?? [];
    const index = Math.max(
      0,
      alike.findIndex((other) => same(object, other)),
    );
    const [other] = alike.splice(index, 1);
    const name = nameOf(object);
    if (other === undefined) differences.push({ name, pointer: '', before: object });
    else if (same(object, other)) equal++;
    else {
      const found = differencesOf(storedForm(object), storedForm(other), []);
      if (found.length === 0) {
        equal++;
        byDefaults++;
      } else differences.push(...found.map((difference) => ({ name, ...difference })));
    }
  }
  for (const object of [...left.values()].flat())
    differences.push({ name: nameOf(object), pointer: '', after: object });
  return { equal, byDefaults, differences };
}

function differencesOf(before: Any, after: Any, steps: readonly (string | number)[]): Omit<Difference, 'name'>[] {
  if (same(before, after)) return [];
  const isPair = (test: (value: Any) => boolean) => test(before) && test(after);
  const isObject = (value: Any) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isPair(isObject) || (isPair(Array.isArray) && before.length === after.length)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => differencesOf(before[key], after[key], [...steps, key]));
  }
  return [{ pointer: pointerOf(steps), before, after }];
}

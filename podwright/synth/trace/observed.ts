// What has become of a target in a run that something was changed for.
import type { Observation } from './observe';
import type { Target } from './target';

/** What {@link observed} is of a field that is not there, in an object that is. */
export const ABSENT = 'undefined';

/** What ends a name that is new with each content: all that is said of the content would be its cause. */
const HASH = /-[0-9a-f]{8}$/;

/** What a target is in another observation; undefined where its construct is not there. */
export function observed(target: Target, observation: Observation, baseline: Observation): string | undefined {
  const { kind, steps, ruleId } = target;
  if (kind === 'message') {
    const path = sameIn(target, observation.constructs, baseline.constructs)?.path;
    const messages = observation.findings.filter((f) => f.ruleId === ruleId && f.constructPath === path);
    return path === undefined ? undefined : messages.map(({ message }) => message).join('\n');
  }
  const object = sameIn(target, observation.objects, baseline.objects);
  if (!object) return undefined;
  if (kind === 'value') {
    const value = valueAt(object.value, steps);
    return String(JSON.stringify(typeof value === 'string' ? value.replace(HASH, '') : value));
  }
  return Object.keys(Object(valueAt(object.value, steps.slice(0, -1)))).join('\n');
}

/** What of a run has a path and a number. */
interface Numbered {
  readonly path: string;
  readonly order?: number;
}

/**
 * The same of another run. A change may make more or fewer constructs before it, by which its number is another, or rename
 * it, by which its path is.
 */
export function sameIn<T extends Numbered>(
  { path, order }: Pick<Target, 'path' | 'order'>,
  now: readonly T[],
  baseline: readonly Numbered[],
): T | undefined {
  const distance = (one: T) => Math.abs((one.order ?? Infinity) - order);
  // Several Apps may each have one of the path.
  const [nearest] = now.filter((one) => one.path === path).sort((a, b) => distance(a) - distance(b));
  if (nearest) return nearest;
  const renamed = now.find((one) => one.order === order);
  return renamed && baseline.some((one) => one.path === renamed.path) ? undefined : renamed;
}

/** What steps lead to in a value; undefined where they lead nowhere. */
export function valueAt(value: unknown, steps: readonly string[]): unknown {
  let at = value;
  for (const step of steps) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string, unknown>)[step];
  }
  return at;
}

// Which defaults of a construct stay on, and what of the props they already say.
import type { Fields } from '../code';
import { type Any, at } from '../path';
import { type Candidate, isMade, makes, synthesized, type Trial } from './candidate';

/** A change of the props that may leave what they say as it is: the default says it too. */
export type Lean = (props: Fields) => Fields;

/** More defaults than these to leave out one by one are left out all together. */
const FEW = 2;

/**
 * The candidate with as many defaults on as its objects allow; undefined where it says something else whatever is left
 * out.
 *
 * @param defaults the names of the construct's defaults
 * @param leans what to leave out of the props where a default says it
 */
export function withDefaults(
  candidate: Candidate,
  trial: Trial,
  defaults: readonly string[],
  leans: readonly Lean[],
): Candidate | undefined {
  const made = synthesized(candidate, trial);
  if (isMade(candidate, made)) return leaner(candidate, trial, leans);
  const off = namesOff(candidate, made ?? [], defaults);
  if (off.length > 0 && off.length <= FEW) {
    const own = Object.fromEntries(off.map((name) => [name, false]));
    const found = { ...candidate, props: { ...candidate.props, defaults: own } };
    if (makes(found, trial)) return leaner(found, trial, leans);
  }
  const none = { ...candidate, props: { ...candidate.props, defaults: 'none' } };
  return makes(none, trial) ? none : undefined;
}

function leaner(candidate: Candidate, trial: Trial, leans: readonly Lean[]): Candidate {
  let best = candidate;
  for (const lean of leans) {
    const props = lean(best.props);
    const next = { ...best, props };
    if (props !== best.props && makes(next, trial)) best = next;
  }
  return best;
}

/** The defaults that add what the objects do not have: a default is called after the field that it sets. */
function namesOff(candidate: Candidate, made: readonly Any[], defaults: readonly string[]): string[] {
  const added = new Set<string>();
  for (const object of made) {
    const { kind, metadata } = object;
    const own = candidate.objects.find((each) => each.kind === kind && each.metadata.name === metadata.name);
    if (own) collectAdded(object, own, added);
  }
  return defaults.filter((name) => added.has(name));
}

/** The names of fields that one value has and the other has not, or has otherwise. */
function collectAdded(made: Any, own: Any, added: Set<string>): void {
  if (typeof made !== 'object' || made === null) return;
  for (const key of Object.keys(made)) {
    if (at(own, key) === undefined) collectNames(key, made[key], added);
    else collectAdded(made[key], own[key], added);
  }
}

function collectNames(key: string, value: Any, added: Set<string>): void {
  added.add(key);
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.keys(value)) collectNames(inner, value[inner], added);
}

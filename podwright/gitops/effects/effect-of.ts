import { kindOf } from '../../api/definitions';
import { same } from '../../api/plain';
import type { Version } from '../../api/versions';
import { EFFECTS, type EffectClass } from '../../report/diff';
import { checkObjects } from '../../rules/index';
import { kept } from '../kept';
import { applied } from './applied';
import type { ClusterObjects } from './cluster-objects';
import { type Any, type Change, inPlace, type Outcome } from './effect';
import { type FieldChange, fieldChanges } from './fields';
import { rulesFor } from './kinds';

/** One field that changes on the cluster, and what that does. */
export interface FieldEffect extends FieldChange {
  readonly outcome: Outcome;
}

/** What the change of one object does on a cluster. */
export interface ObjectEffect {
  /** That of the field that does most. */
  readonly effect: EffectClass;
  /** What happens, the most of it first; each said once. */
  readonly outcomes: readonly Outcome[];
  /** The fields that are other on the cluster afterwards; empty where nothing is. */
  readonly fields: readonly FieldEffect[];
}

/** What is around an object. */
export interface Surroundings {
  /** The Kubernetes version of the cluster. */
  readonly version: Version;
  /** All objects of the same cluster afterwards. */
  readonly cluster: ClusterObjects;
}

const NONE: ObjectEffect = { effect: 'nothing', outcomes: [], fields: [] };
const METADATA = inPlace('only the object itself is marked otherwise');
const OTHER = inPlace('the object takes the change');
const CUSTOM = inPlace('its controller decides what follows');

/**
 * What applying an object does where another version of it was applied before. Both are as they are written; neither is
 * changed.
 */
export function effectOf(before: Any, after: Any, { version, cluster }: Surroundings): ObjectEffect {
  if (same(before, after)) return NONE;
  const live = kept(before, version);
  if (before.apiVersion !== after.apiVersion) {
    return { effect: 'in-place', outcomes: [inPlace(`the same object by ${after.apiVersion}`)], fields: [] };
  }
  const next = kept(applied(live, before, after, version), version);
  const changes = fieldChanges(live, next);
  if (changes.length === 0) return NONE;
  const change: Change = { before: live, after: next, cluster };
  const fields = changes.map((field) => ({ ...field, outcome: outcomeOf(field, change) }));
  const outcomes = fields.map((field) => field.outcome);
  if (!outcomes.some(({ effect }) => effect === 'recreate' || effect === 'refused'))
    outcomes.push(...refusals(change, version));
  const sorted = distinct(outcomes).sort((a, b) => rank(b) - rank(a));
  return { effect: sorted[0]?.effect ?? 'in-place', outcomes: sorted, fields };
}

function outcomeOf(field: FieldChange, change: Change): Outcome {
  const kind = rulesFor(change.after);
  const names = field.path.filter((step) => typeof step === 'string');
  for (const { at, does } of kind?.rules ?? []) {
    if (!isWithin(names, at)) continue;
    const outcome = typeof does === 'function' ? does(field, change) : does;
    if (outcome) return outcome;
  }
  if (names[0] === 'metadata') return METADATA;
  if (kind?.others) return kind.others;
  return kindOf(change.after.apiVersion, change.after.kind) ? OTHER : CUSTOM;
}

/** Whether a field is the one that a rule names, or in it, or holds it: a new `spec` changes what is in it. */
function isWithin(names: readonly string[], at: string): boolean {
  const rule = at.split('.');
  return rule.every((name, index) => index >= names.length || names[index] === name);
}

/** What a live object and a manifest make together may be what neither says, and what the API server refuses. */
function refusals({ before, after }: Change, version: Version): Outcome[] {
  const faults = (object: Any) =>
    checkObjects([object], { targets: [version] })
      .filter((finding) => finding.severity === 'error' && finding.ruleId.startsWith('api/'))
      .map(({ pointer, message }) => `${pointer}: ${message}`);
  const known = new Set(faults(before));
  const found = faults(after).filter((fault) => !known.has(fault));
  return found.slice(0, 1).map((what) => ({ effect: 'refused', what }));
}

function rank({ effect }: Outcome): number {
  return EFFECTS.indexOf(effect);
}

function distinct(outcomes: readonly Outcome[]): Outcome[] {
  return [...new Map(outcomes.map((outcome) => [JSON.stringify(outcome), outcome])).values()];
}

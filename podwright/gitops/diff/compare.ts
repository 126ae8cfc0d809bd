import { pointerOf } from '../../api/json-pointer';
import { NEWEST, type Version } from '../../api/versions';
import { type DiffReport, EFFECTS, type FieldDiff, type ObjectDiff, type Outcome } from '../../report/diff';
import type { ObjectIdentity, SourcePlace } from '../../report/finding';
import { effectOf, type FieldEffect } from '../effects/effect-of';
import { scales } from '../effects/kinds/pods';
import type { ManifestObject } from '../manifests/documents';
import { goneOutcome } from './gone';
import { isForced, isKept } from './marks';
import { type Pair, pair } from './pair';
import { renames } from './renamed';
import type { Side } from './side';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

/** Options of {@link compare}. */
export interface CompareOptions {
  /** The Kubernetes version of the cluster. @default - the newest that the toolkit knows */
  readonly version?: Version;
  /** What a reader has to know of the comparison. @default - nothing */
  readonly notes?: readonly string[];
}

/**
 * What changes between two sides, and what it does on the cluster that follows them.
 *
 * @throws ManifestFault where a file of either is no YAML
 */
export function compare(before: Side, after: Side, { version = NEWEST, notes = [] }: CompareOptions = {}): DiffReport {
  const { pairs, unchanged } = pair(before, after);
  const otherNames = renames(pairs);
  const objects = pairs.map((found) => objectDiff(found, before, after, version, otherNames));
  return { before: before.label, after: after.label, version, objects: objects.sort(bySeverity), unchanged, notes };
}

function objectDiff(
  found: Pair,
  before: Side,
  after: Side,
  version: Version,
  otherNames: ReadonlyMap<ManifestObject, ManifestObject>,
): ObjectDiff {
  const item = found.after ?? (found.before as ManifestObject);
  const side = found.after ? after : before;
  const environment = side.environmentOf(item.document.file);
  const other = otherNames.get(item);
  const { outcomes, fields } = changeOf(found, before, after, environment, version, other);
  return {
    object: identity(item.object),
    ...(environment !== undefined && { environment }),
    effect: outcomes[0]?.effect ?? 'nothing',
    outcomes,
    fields,
    ...(found.before && { before: place(found.before) }),
    ...(found.after && { after: place(found.after) }),
    ...(other && { renamed: String(other.object.metadata.name) }),
    ...side.originOf(item),
  };
}

interface Changed {
  readonly outcomes: readonly Outcome[];
  readonly fields: readonly FieldDiff[];
}

function changeOf(
  found: Pair,
  before: Side,
  after: Side,
  environment: string | undefined,
  version: Version,
  other: ManifestObject | undefined,
): Changed {
  if (!found.after) return { outcomes: [renamedTo(goneOutcome(found.before?.object), other)], fields: [] };
  if (!found.before) return { outcomes: newOutcomes(found.after.object, after, environment, other), fields: [] };
  const [old, now] = [found.before, found.after];
  const program = {
    version,
    get allBefore() {
      return before.of(environment);
    },
    get allAfter() {
      return after.of(environment);
    },
  };
  const { outcomes, fields } = effectOf(old.object, now.object, program);
  const all = [
    ...moved(old, now, before, after),
    ...marks(old.object, now.object),
    ...forced(outcomes, now.object),
  ].sort(byRank);
  return {
    outcomes: all.length > 0 ? all : [unseen(old, now)],
    fields: fields.map((field) => fieldDiff(field, now.object.kind)),
  };
}

function unseen(old: ManifestObject, now: ManifestObject): Outcome {
  const [from, to] = [old.document.file, now.document.file];
  const what = from === to ? 'only its text is other' : `only its file is other: ${to} instead of ${from}`;
  return { effect: 'nothing', what };
}

function newOutcomes(
  object: Any,
  after: Side,
  environment: string | undefined,
  other: ManifestObject | undefined,
): Outcome[] {
  const outcomes: Outcome[] = [
    { effect: 'new', what: other ? `is new, and ${other.object.metadata.name} goes: it has another name` : 'is made' },
  ];
  if (object.kind !== 'HorizontalPodAutoscaler') return outcomes;
  const target = after.of(environment).find((workload) => scales(object, workload));
  const replicas = target?.spec?.replicas;
  if (replicas !== undefined)
    outcomes.push({
      effect: 'new',
      what: `${target.kind} ${target.metadata.name} says replicas: ${replicas}, which each commit that is applied sets again`,
    });
  return outcomes;
}

function renamedTo(outcome: Outcome, other: ManifestObject | undefined): Outcome {
  return other ? { ...outcome, what: `${outcome.what}; ${other.object.metadata.name} is new in its place` } : outcome;
}

/** An object in a file that another controller follows may be deleted by the first before the second has it. */
function moved(old: ManifestObject, now: ManifestObject, before: Side, after: Side): Outcome[] {
  const [from, to] = [before.controllerOf(old.document.file), after.controllerOf(now.document.file)];
  if (from === undefined || to === undefined || from === to) return [];
  const what = `moves from ${from} to ${to}`;
  if (isKept(old.object)) return [{ effect: 'moved', what: `${what}; it is marked to be kept meanwhile` }];
  const { ends } = goneOutcome(old.object);
  const risk = `${what}, and may be deleted by the first before the second has it`;
  return [{ effect: 'moved', what: risk, ...(ends !== undefined && { ends: `${ends}, where it is deleted` }) }];
}

/** Marks that decide whether an object survives its leaving git. */
function marks(old: Any, now: Any): Outcome[] {
  const [was, is] = [isKept(old), isKept(now)];
  if (was === is) return [];
  const what = is
    ? 'it stays in the cluster from now on when it leaves git'
    : 'it is deleted from now on when it leaves git: its mark is taken off';
  return [{ effect: 'in-place', what }];
}

/** What is not taken is made again by the controller, where the object is marked so. */
function forced(outcomes: readonly Outcome[], now: Any): readonly Outcome[] {
  if (!isForced(now)) return outcomes;
  return outcomes.map((outcome) =>
    outcome.effect === 'recreate'
      ? { ...outcome, what: `${outcome.what}; its controller deletes it and makes it again` }
      : outcome,
  );
}

function fieldDiff(field: FieldEffect, kind: unknown): FieldDiff {
  const secret = kind === 'Secret' && (field.path[0] === 'data' || field.path[0] === 'stringData');
  const [before, after] = [field.before, field.after].map((value) => (secret && value !== undefined ? HIDDEN : value));
  return {
    pointer: pointerOf(field.path),
    name: field.name,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    effect: field.outcome.effect,
  };
}

/** Stands for a Secret's content, which no report shows. */
const HIDDEN = '<not shown>';

function identity({ apiVersion, kind, metadata }: Any): ObjectIdentity {
  const namespace = metadata?.namespace;
  const name = String(metadata?.name ?? metadata?.generateName ?? '');
  return { apiVersion, kind, ...(namespace && { namespace }), name };
}

function place({ document }: ManifestObject): SourcePlace {
  return { file: document.file, line: document.line, column: 1 };
}

const RANKS = ['nothing', 'new', ...EFFECTS.slice(1, -2), 'gone', 'moved', 'recreate', 'refused'];

function byRank(a: Outcome, b: Outcome): number {
  return RANKS.indexOf(b.effect) - RANKS.indexOf(a.effect);
}

function bySeverity(a: ObjectDiff, b: ObjectDiff): number {
  const keys = ({ environment = '', object }: ObjectDiff) =>
    [environment, object.namespace ?? '', object.kind, object.name].join('\0');
  const severity = RANKS.indexOf(b.effect) - RANKS.indexOf(a.effect);
  return severity !== 0 ? severity : keys(a) < keys(b) ? -1 : 1;
}

import { pointerOf } from '../../api/json-pointer';
import { NEWEST, type Version } from '../../api/versions';
import { BY_WEIGHT, type DiffReport, type FieldDiff, type ObjectDiff, type Outcome } from '../../report/diff';
import type { ObjectIdentity, SourcePlace } from '../../report/finding';
import { effectOf, type FieldEffect } from '../effects/effect-of';
import { footprintBetween } from '../footprint';
import type { ManifestObject } from '../manifests/documents';
import { gone } from './gone';
import { isKept } from './marks';
import { forced, marks, moved, newOutcomes, renamedTo, unseen } from './outcomes';
import { type Pair, pair } from './pair';
import { renames } from './renamed';
import type { Side } from './side';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

/** Options of {@link compare}. */
export interface CompareOptions {
  /** The Kubernetes version of the cluster. @default - the newest that the toolkit knows */
  readonly version?: Version;
  /** Whether what is in an environment, or in none, is told of. @default - all is */
  readonly isWanted?: (one: { readonly environment?: string }) => boolean;
  /** What a reader has to know of the comparison. @default - nothing */
  readonly notes?: readonly string[];
}

/**
 * What changes between two sides, and what it does on the cluster that follows them.
 *
 * @throws ManifestFault where a file of either is no YAML
 */
export function compare(
  before: Side,
  after: Side,
  { version = NEWEST, isWanted, notes = [] }: CompareOptions = {},
): DiffReport {
  const { pairs, unchanged } = pair(before, after);
  const context = {
    before,
    after,
    version,
    otherNames: renames(pairs, before, after),
    namespaces: deletedNamespaces(pairs, before),
  };
  const wanted = <T extends Pick<ObjectDiff, 'environment'>>(all: T[]) => (isWanted ? all.filter(isWanted) : all);
  const objects = wanted(pairs.map((found) => objectDiff(found, context)));
  const same = [...unchanged].filter(([file]) => !isWanted || isWanted({ environment: after.environmentOf(file) }));
  return {
    before: before.label,
    after: after.label,
    version,
    objects: objects.sort(bySeverity),
    unchanged: same.reduce((sum, [, count]) => sum + count, 0),
    footprint: wanted(footprintBetween(before, after, objects)),
    notes,
  };
}

/** What all pairs are looked at by. */
interface Context {
  readonly before: Side;
  readonly after: Side;
  readonly version: Version;
  readonly otherNames: ReadonlyMap<ManifestObject, ManifestObject>;
  /** The namespaces that are deleted: environment and name. */
  readonly namespaces: ReadonlySet<string>;
}

function objectDiff(found: Pair, context: Context): ObjectDiff {
  const { before, after, otherNames } = context;
  const item = found.after ?? (found.before as ManifestObject);
  const side = found.after ? after : before;
  const environment = side.environmentOf(item.document.file);
  const other = otherNames.get(item);
  const { outcomes, ...changed } = changeOf(found, context, environment, other);
  return {
    object: identity(item.object),
    ...(environment !== undefined && { environment }),
    effect: outcomes[0]?.effect ?? 'nothing',
    outcomes,
    ...changed,
    ...(found.before && { before: place(found.before) }),
    ...(found.after && { after: place(found.after) }),
    ...(other && { renamed: String(other.object.metadata.name) }),
    ...side.originOf(item),
  };
}

type Changed = Pick<ObjectDiff, 'outcomes' | 'fields' | 'leaves'>;

function changeOf(
  { before: old, after: now }: Pair,
  { before, after, version, namespaces }: Context,
  environment: string | undefined,
  other: ManifestObject | undefined,
): Changed {
  const cluster = after.cluster(environment);
  if (!now) {
    const isNamespaceDeleted = namespaces.has(namespaceKey(environment, old?.object.metadata?.namespace));
    const { leaves, outcome } = gone(old?.object, { cluster, isNamespaceDeleted });
    return { outcomes: [renamedTo(outcome, other)], fields: [], leaves };
  }
  if (!old) return { outcomes: newOutcomes(now.object, cluster, other), fields: [] };
  const { outcomes, fields } = effectOf(old.object, now.object, { version, cluster });
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

function deletedNamespaces(pairs: readonly Pair[], side: Side): ReadonlySet<string> {
  const deleted = new Set<string>();
  for (const { before, after } of pairs)
    if (before?.object.kind === 'Namespace' && !after && !isKept(before.object))
      deleted.add(namespaceKey(side.environmentOf(before.document.file), before.object.metadata?.name));
  return deleted;
}

function namespaceKey(environment: string | undefined, name: unknown): string {
  return `${environment ?? ''} ${name}`;
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

function byRank(a: Outcome, b: Outcome): number {
  return BY_WEIGHT.indexOf(b.effect) - BY_WEIGHT.indexOf(a.effect);
}

function bySeverity(a: ObjectDiff, b: ObjectDiff): number {
  const keys = ({ environment = '', object }: ObjectDiff) =>
    [environment, object.namespace ?? '', object.kind, object.name].join('\0');
  const severity = BY_WEIGHT.indexOf(b.effect) - BY_WEIGHT.indexOf(a.effect);
  return severity !== 0 ? severity : keys(a) < keys(b) ? -1 : 1;
}

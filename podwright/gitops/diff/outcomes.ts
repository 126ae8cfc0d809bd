// What happens to an object beside what its fields' changes do: it comes, moves, is marked otherwise.
import type { Outcome } from '../../report/diff';
import type { ClusterObjects } from '../effects/cluster-objects';
import type { ManifestObject } from '../manifests/documents';
import { endsOf } from './gone';
import { isForced, isKept } from './marks';
import type { Side } from './side';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

/** A change that no cluster sees. */
export function unseen(old: ManifestObject, now: ManifestObject): Outcome {
  const [from, to] = [old.document.file, now.document.file];
  const what = from === to ? 'only its text is other' : `only its file is other: ${to} instead of ${from}`;
  return { effect: 'nothing', what };
}

/** What a new object does. */
export function newOutcomes(object: Any, cluster: ClusterObjects, other: ManifestObject | undefined): Outcome[] {
  const outcomes: Outcome[] = [
    {
      effect: 'new',
      what: other ? `is made in place of ${other.object.metadata.name}, under another name` : 'is made',
    },
  ];
  if (object.kind !== 'HorizontalPodAutoscaler') return outcomes;
  const target = cluster.targetOf(object);
  const replicas = target?.spec?.replicas;
  if (replicas !== undefined)
    outcomes.push({
      effect: 'new',
      what: `${target.kind} ${target.metadata.name} says replicas: ${replicas}, which each commit that is applied sets again`,
    });
  return outcomes;
}

/** An object that is gone, and is new under another name. */
export function renamedTo(outcome: Outcome, other: ManifestObject | undefined): Outcome {
  return other ? { ...outcome, what: `${outcome.what}; ${other.object.metadata.name} is new in its place` } : outcome;
}

/** An object in a file that another controller follows may be deleted by the first before the second has it. */
export function moved(old: ManifestObject, now: ManifestObject, before: Side, after: Side): Outcome[] {
  const [from, to] = [before.controllerOf(old.document.file), after.controllerOf(now.document.file)];
  if (from === undefined || to === undefined || from === to) return [];
  const what = `moves from ${from} to ${to}`;
  if (isKept(old.object)) return [{ effect: 'moved', what: `${what}; it is marked to be kept meanwhile` }];
  const ends = endsOf(old.object);
  const risk = `${what}, and may be deleted by the first before the second has it`;
  return [{ effect: 'moved', what: risk, ...(ends !== undefined && { ends: `${ends}, where it is deleted` }) }];
}

/** Marks that decide whether an object survives its leaving git. */
export function marks(old: Any, now: Any): Outcome[] {
  const [was, is] = [isKept(old), isKept(now)];
  if (was === is) return [];
  const what = is
    ? 'it stays in the cluster from now on when it leaves git'
    : 'it is deleted from now on when it leaves git: its mark is taken off';
  return [{ effect: 'in-place', what }];
}

/** What is not taken is made again by the controller, where the object is marked so. */
export function forced(outcomes: readonly Outcome[], now: Any): readonly Outcome[] {
  if (!isForced(now)) return outcomes;
  return outcomes.map((outcome) =>
    outcome.effect === 'recreate'
      ? { ...outcome, what: `${outcome.what}; its controller deletes it and makes it again` }
      : outcome,
  );
}

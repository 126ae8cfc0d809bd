// What a change takes from the cluster, and what stays there though git no longer has it.
import type { DiffReport, Leaving, ObjectDiff } from '../diff';

/** What the headings of {@link leavings} say. */
export const LEAVING_TITLES: { readonly [L in Leaving]: string } = {
  deleted: 'Deleted from the cluster',
  'deleted-with-namespace': 'Deleted although marked to be kept: its namespace is',
  kept: 'Kept in the cluster',
  generation: 'Kept, and used by no workload any more: delete it when every rollout has ended',
};

/** The objects that git no longer has, by what becomes of them; what none has is left out. */
export function leavings({ objects }: DiffReport): { leaves: Leaving; objects: readonly ObjectDiff[] }[] {
  return (['deleted', 'deleted-with-namespace', 'kept', 'generation'] as const)
    .map((leaves) => ({ leaves, objects: objects.filter((object) => object.leaves === leaves) }))
    .filter((group) => group.objects.length > 0);
}

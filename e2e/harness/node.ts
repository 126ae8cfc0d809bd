import type { ApiObject, Namespace } from './namespace';
import { undo } from './run';

/** A node that takes Pods of any kind. */
export async function anyNode(namespace: Namespace): Promise<ApiObject> {
  const node = (await namespace.list('nodes')).find(takesPods);
  if (!node) throw new Error('there is no node that takes Pods; expected one without taints');
  return node;
}

function takesPods({ spec }: ApiObject): boolean {
  const taints: { effect: string }[] = spec.taints ?? [];
  return !spec.unschedulable && !taints.some(({ effect }) => effect !== 'PreferNoSchedule');
}

/**
 * Advertises GPUs that are not there: they are counted as any others, by the scheduler and by quotas. The end of the run
 * takes them back.
 */
export async function advertiseGpus(namespace: Namespace, count: number): Promise<void> {
  const { metadata } = await anyNode(namespace);
  const command = (gpus: string | null) => {
    const resources = { 'nvidia.com/gpu': gpus };
    const patch = JSON.stringify({ status: { capacity: resources, allocatable: resources } });
    return `kubectl patch node ${metadata.name} --subresource=status --type=merge -p '${patch}'`;
  };
  undo(command(null));
  await namespace.fine(command(`${count}`));
}

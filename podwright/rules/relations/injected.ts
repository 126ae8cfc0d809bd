// Pods that a mesh changes as they are made: what they listen at then is not in their manifests.
import type { PodView } from '../rule';
import type { World } from '../world';

/** Labels and annotations that have a mesh change pods: their own, or those of their namespace. */
const MARKS: readonly (readonly [key: string, values?: readonly string[]])[] = [
  ['sidecar.istio.io/inject', ['true']],
  ['istio-injection', ['enabled']],
  ['istio.io/rev'],
  ['istio.io/dataplane-mode', ['ambient']],
  ['linkerd.io/inject', ['enabled', 'ingress']],
  ['kuma.io/sidecar-injection', ['enabled', 'true']],
  ['consul.hashicorp.com/connect-inject', ['true']],
];

/** Whether a pod, or its namespace, is marked for a mesh. */
export function isInjected(world: World, { metadata, namespace }: PodView): boolean {
  const holders = [metadata, world.find('Namespace', namespace)?.metadata];
  return holders.some((holder) => [holder?.labels, holder?.annotations].some(isMarked));
}

function isMarked(map: Readonly<Record<string, unknown>> | undefined): boolean {
  return map !== undefined && MARKS.some(([key, values]) => key in map && (values?.includes(String(map[key])) ?? true));
}

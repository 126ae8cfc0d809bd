// What the containers of a pod say of their ports. They need not: only a pod that lists all of them says what it has not.
import { containersOf } from '../../api/pods';
import type { Any } from '../engine/cursor';
import type { Port } from '../relations/flows';
import { isInjected } from '../relations/injected';
import type { PodView } from '../rule';
import type { World } from '../world';

/** See the head of the file. */
export interface ListedPorts {
  readonly ports: readonly Port[];
  /** Whether each container lists what it is there for, and nobody adds one; there may be any others where not. */
  readonly isAll: boolean;
}

/** The names of ports that a server has beside the one that it is there for: `metrics`, `http-metrics`. */
const BESIDE = /^(.*-)?(metrics|prometheus|prom|admin|debug|pprof|profiling|health|healthz)(-.*)?$/;

/** The ports of the containers that run on. */
export function listedPorts(world: World, pod: PodView): ListedPorts {
  const ports: Port[] = [];
  let isAll = true;
  for (const [container, [field]] of containersOf(pod.spec)) {
    if (field !== 'containers' && container.restartPolicy !== 'Always') continue;
    const own: Any[] = container.ports ?? [];
    if (own.every((one) => BESIDE.test(one?.name ?? ''))) isAll = false;
    for (const one of own) ports.push({ port: one?.containerPort, protocol: one?.protocol ?? 'TCP' });
  }
  return { ports, isAll: isAll && !isInjected(world, pod) };
}

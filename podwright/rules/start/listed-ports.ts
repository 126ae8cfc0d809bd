// What the containers of a pod say of their ports. They need not: only a pod that lists all of them says what it has not.
import { containersOf } from '../../api/pods';
import type { Any } from '../engine/cursor';
import type { Port } from '../relations/flows';

/** See the head of the file. */
export interface ListedPorts {
  readonly ports: readonly Port[];
  /** Whether each container lists some; one that lists none may have any. */
  readonly isAll: boolean;
}

/** The ports of the containers that run on. */
export function listedPorts(spec: Any): ListedPorts {
  const ports: Port[] = [];
  let isAll = true;
  for (const [container, [field]] of containersOf(spec)) {
    if (field !== 'containers' && container.restartPolicy !== 'Always') continue;
    const own: Any[] = container.ports ?? [];
    if (own.length === 0) isAll = false;
    for (const one of own) ports.push({ port: one?.containerPort, protocol: one?.protocol ?? 'TCP' });
  }
  return { ports, isAll };
}

// Where a container is asked by the kubelet: its probes and hooks.
import type { Any, Step } from '../engine/cursor';

/** A port that is asked, and where it is said, from the container. */
export interface AskedPort {
  readonly port: unknown;
  /** Who is asked instead of the pod; a port's name is one of the container's all the same. @default - the pod */
  readonly host?: string;
  readonly steps: readonly Step[];
}

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'];
const HOOKS = ['postStart', 'preStop'];
const HOWS = ['httpGet', 'tcpSocket', 'grpc'];

/** See {@link AskedPort}. */
export function probesOf(container: Any): readonly AskedPort[] {
  const asked: AskedPort[] = [];
  for (const probe of PROBES) if (container[probe]) visit(container[probe], [probe], asked);
  if (!container.lifecycle) return asked;
  for (const hook of HOOKS) if (container.lifecycle[hook]) visit(container.lifecycle[hook], ['lifecycle', hook], asked);
  return asked;
}

function visit(handler: Any, place: readonly Step[], asked: AskedPort[]): void {
  for (const how of HOWS) {
    const { port, host } = handler[how] ?? {};
    if (port !== undefined) asked.push({ port, ...(host && { host }), steps: [...place, how, 'port'] });
  }
}

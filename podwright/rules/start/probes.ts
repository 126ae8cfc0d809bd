// Where a container is asked by the kubelet: its probes and hooks.
import type { Any, Step } from '../engine/cursor';

/** A port that is asked, and where it is said, from the container. */
export interface AskedPort {
  readonly port: unknown;
  readonly steps: readonly Step[];
}

const PLACES = [
  ['startupProbe'],
  ['readinessProbe'],
  ['livenessProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
] as const;

/** See {@link AskedPort}. */
export function probesOf(container: Any): readonly AskedPort[] {
  return PLACES.flatMap((place): AskedPort[] => {
    const handler = place.reduce((value: Any, step) => value?.[step], container);
    if (!handler) return [];
    return ['httpGet', 'tcpSocket', 'grpc'].flatMap((how) =>
      handler[how]?.port === undefined ? [] : [{ port: handler[how].port, steps: [...place, how, 'port'] }],
    );
  });
}

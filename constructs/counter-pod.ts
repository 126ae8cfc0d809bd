import type { Construct } from 'constructs';
import { Pod, type PodProps } from 'podwright';

/** Options of a {@link CounterPod}: a Pod's, and what it counts with. */
export interface CounterPodProps extends Omit<PodProps, 'containers'> {
  /**
   * An image with a shell.
   * @default 'busybox:1.37' - a fixed version, so that the same program is the same Pod tomorrow
   */
  readonly image?: string;

  /** The seconds between two numbers. @default 1 */
  readonly intervalSeconds?: number;
}

/** A Pod that counts, a line with a number and the date at a time, for as long as it lives. */
export class CounterPod extends Pod {
  constructor(scope: Construct, id: string, props: CounterPodProps = {}) {
    const { image = 'busybox:1.37', intervalSeconds = 1, ...pod } = props;
    const loop = `i=0; while true; do echo "$i: $(date)"; i=$((i+1)); sleep ${intervalSeconds}; done`;
    super(scope, id, { ...pod, containers: [{ name: 'count', image, args: ['/bin/sh', '-c', loop] }] });
  }
}

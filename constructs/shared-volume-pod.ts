import type { Construct } from 'constructs';
import { Pod, type PodProps } from 'podwright';

/**
 * A Pod of two containers that share a volume: each second `writer` puts the date into a file, and `reader` prints it.
 * What the two share is as old as the Pod and goes with it.
 */
export class SharedVolumePod extends Pod {
  constructor(scope: Construct, id: string, props: Omit<PodProps, 'containers'> = {}) {
    super(scope, id, props);
    const image = 'busybox:1.37';
    this.addVolume({ name: 'shared', emptyDir: {} });
    this.addContainer({
      name: 'writer',
      image,
      args: ['/bin/sh', '-c', 'while true; do date > /shared/next; mv /shared/next /shared/date; sleep 1; done'],
      volumeMounts: [{ name: 'shared', mountPath: '/shared' }],
    });
    this.addContainer({
      name: 'reader',
      image,
      args: ['/bin/sh', '-c', 'while true; do sleep 1; cat /shared/date; done'],
      volumeMounts: [{ name: 'shared', mountPath: '/shared', readOnly: true }],
    });
  }
}

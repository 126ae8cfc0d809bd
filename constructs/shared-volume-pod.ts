import type { Construct } from 'constructs';
import { Pod, type PodProps } from 'podwright';

/**
 * A Pod of two containers that share a volume: `writer` appends a line with the date each second, `reader` prints each
 * line as it comes. What the two share is as old as the Pod and goes with it.
 */
export class SharedVolumePod extends Pod {
  constructor(scope: Construct, id: string, props: Omit<PodProps, 'containers'> = {}) {
    super(scope, id, props);
    const image = 'busybox:1.37';
    this.addVolume({ name: 'shared', emptyDir: { sizeLimit: '16Mi' } });
    this.addContainer({
      name: 'writer',
      image,
      args: ['/bin/sh', '-c', 'while true; do date >> /shared/log; sleep 1; done'],
      volumeMounts: [{ name: 'shared', mountPath: '/shared' }],
    });
    this.addContainer({
      name: 'reader',
      image,
      args: ['/bin/sh', '-c', 'exec tail -F /shared/log'],
      volumeMounts: [{ name: 'shared', mountPath: '/shared', readOnly: true }],
    });
  }
}

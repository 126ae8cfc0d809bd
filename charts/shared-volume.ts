import { Chart, type ChartProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { SharedVolumePod } from '../constructs/shared-volume-pod';

/** One Pod of two containers that share a volume. */
export class SharedVolumeChart extends Chart {
  constructor(scope: Construct, id: string, props: ChartProps = {}) {
    super(scope, id, props);
    new SharedVolumePod(this, 'shared-volume');
  }
}

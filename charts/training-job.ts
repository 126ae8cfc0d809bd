import { Chart, type ChartProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { LinearTraining } from '../constructs/linear-training';

/** A training on four workers, which survives the loss of one. */
export class TrainingJobChart extends Chart {
  constructor(scope: Construct, id: string, props: ChartProps) {
    super(scope, id, props);
    new LinearTraining(this, 'linear-training', {
      nodes: 4,
      restarts: 1,
      // All workers are on the one node of a laptop, whose storage knows no other mode.
      checkpoints: { storage: '100Mi', accessModes: ['ReadWriteOnce'] },
      onChange: 'new-name',
    });
  }
}

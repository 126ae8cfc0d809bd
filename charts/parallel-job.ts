import { Chart, type ChartProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { BatchScoring } from '../constructs/batch-scoring';

/** A batch that is scored in six parts, three at a time. */
export class ParallelJobChart extends Chart {
  constructor(scope: Construct, id: string, props: ChartProps) {
    super(scope, id, props);
    new BatchScoring(this, 'scoring', { parts: 6, parallelism: 3, onChange: 'new-name' });
  }
}

import { Chart, type ChartProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { CounterPod } from '../constructs/counter-pod';

/** The counter: one Pod that counts. */
export class CounterChart extends Chart {
  constructor(scope: Construct, id: string, props: ChartProps = {}) {
    super(scope, id, props);
    new CounterPod(this, 'counter');
  }
}

import { Chart, type ChartProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { ModelCheck } from '../constructs/model-check';

/** Where to ask. */
export interface ScheduledJobChartProps extends ChartProps {
  readonly url: string;
}

/** A question to the model server each minute. */
export class ScheduledJobChart extends Chart {
  constructor(scope: Construct, id: string, props: ScheduledJobChartProps) {
    const { url, ...chart } = props;
    super(scope, id, chart);
    new ModelCheck(this, 'model-check', { schedule: '* * * * *', url });
  }
}

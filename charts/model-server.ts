import { Chart, type ChartProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { LinearServer } from '../constructs/linear-server';

/** A model server that scales from two pods to four. */
export class ModelServerChart extends Chart {
  readonly server: LinearServer;

  constructor(scope: Construct, id: string, props: ChartProps) {
    super(scope, id, props);
    this.server = new LinearServer(this, 'linear', {
      line: { weight: 3, bias: 2 },
      autoscale: {
        minReplicas: 2,
        maxReplicas: 4,
        cpuUtilization: 60,
        // The API waits five minutes before it scales down; a demonstration is shorter.
        behavior: { scaleDown: { stabilizationWindowSeconds: 30 } },
      },
    });
  }
}

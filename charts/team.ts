import { Chart, type ChartProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { Team } from 'podwright';

/** The namespace that the platform's other charts are in, small enough for a laptop. */
export class TeamChart extends Chart {
  readonly team: Team;

  constructor(scope: Construct, id: string, props: ChartProps = {}) {
    super(scope, id, props);
    this.team = new Team(this, 'ml', {
      quota: { 'requests.cpu': 1, 'requests.memory': '2Gi', pods: 40, 'nvidia.com/gpu': 2 },
      members: [{ kind: 'Group', name: 'ml-engineers' }],
      // Whoever works here may reach what others serve here.
      allowTo: [{ podSelector: {} }],
    });
  }
}

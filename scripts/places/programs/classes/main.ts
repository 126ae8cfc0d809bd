import { Chart, type ChartProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { App, Job, type JobProps, Pod, type PodProps } from 'podwright';

abstract class BasePod extends Pod {
  static readonly GRACE = 25;
  protected readonly tier: string = 'backend';

  constructor(scope: Construct, id: string, props: PodProps) {
    super(scope, id, {
      terminationGracePeriodSeconds: BasePod.GRACE,
      enableServiceLinks: false,
      ...props,
    });
    this.metadata.addLabel('tier', this.tier);
    this.addVolume({ name: 'tmp', emptyDir: {} });
  }
}

interface CachePodProps {
  readonly memory: string;
  readonly port?: number;
  readonly policy?: string;
}

class CachePod extends BasePod {
  constructor(scope: Construct, id: string, { memory, port = 6379, policy = 'Always' }: CachePodProps) {
    super(scope, id, {
      restartPolicy: policy,
      containers: [
        {
          name: 'cache',
          image: 'valkey:8',
          ports: [{ name: 'resp', containerPort: port }],
          resources: { limits: { memory } },
          volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
        },
      ],
    });
  }

  protected static label = 'cache';
}

class ReportJob extends Job {
  private readonly format: string;

  constructor(scope: Construct, id: string, props: Partial<JobProps> & { format?: string }) {
    const { format = 'csv', ...job } = props;
    super(scope, id, { backoffLimit: 1, activeDeadlineSeconds: 3600, ...job });
    this.format = format;
    this.addContainer(this.container());
    this.addSidecar({ name: 'shipper', image: 'ship:1', env: { TARGET: 's3://reports' } });
  }

  private container() {
    return {
      name: 'report',
      image: 'report:3',
      command: ['report', `--format=${this.format}`],
      workingDir: '/work',
      securityContext: { runAsUser: 1000, readOnlyRootFilesystem: true },
    };
  }
}

class StoreChart extends Chart {
  constructor(scope: Construct, id: string, props: ChartProps = {}) {
    super(scope, id, { labels: { part: 'store' }, ...props });
    new CachePod(this, 'sessions', { memory: '64Mi' });
    new CachePod(this, 'pages', { memory: '1Gi', port: 6380, policy: 'OnFailure' });
    new ReportJob(this, 'daily', { format: 'pdf', parallelism: 2, completions: 4 });
  }
}

const app = new App();
new StoreChart(app, 'store', { namespace: 'store' });
app.synth();

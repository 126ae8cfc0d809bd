import type { Construct } from 'constructs';
import { Job, type JobProps } from 'podwright';

/** Options of a {@link BatchScoring}: a Job's, and into how many parts the work is divided. */
export interface BatchScoringProps extends Omit<JobProps, 'containers' | 'completions' | 'completionMode'> {
  /** The number of parts, each of which is a pod's. */
  readonly parts: number;
}

/**
 * Scores a batch in parts: each pod takes the part of its index, and a part that fails is tried once more without the
 * others. The work is made up: the sum of a hundred squares.
 */
export class BatchScoring extends Job {
  constructor(scope: Construct, id: string, props: BatchScoringProps) {
    const { parts, ...job } = props;
    super(scope, id, { completionMode: 'Indexed', completions: parts, backoffLimitPerIndex: 1, ...job });
    const score = [
      'n=$((JOB_COMPLETION_INDEX * 100)); end=$((n + 100)); sum=0',
      'while [ $n -lt $end ]; do sum=$((sum + n * n)); n=$((n + 1)); done',
      'echo "part $JOB_COMPLETION_INDEX: $sum"',
    ].join('\n');
    this.addContainer({
      name: 'score',
      image: 'busybox:1.37',
      command: ['/bin/sh', '-c', score],
      resources: { requests: { cpu: '10m', memory: '16Mi' } },
    });
  }
}

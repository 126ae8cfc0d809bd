import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Construct } from 'constructs';
import { HashedConfigMap, TrainingJob, type TrainingJobProps } from 'podwright';

/** Options of a {@link LinearTraining}: a TrainingJob's, and how long it trains. */
export interface LinearTrainingProps extends Omit<TrainingJobProps, 'containers'> {
  /** The number of steps. @default 200 */
  readonly steps?: number;

  /** The seconds between two steps, so that there is something to see. @default 0.1 */
  readonly stepSeconds?: number;
}

/**
 * Fits a straight line by gradient descent that is spread over workers, with plain Python: a distributed training to try
 * things on. Its program is `linear-training.py`.
 */
export class LinearTraining extends TrainingJob {
  constructor(scope: Construct, id: string, props: LinearTrainingProps) {
    const { steps = 200, stepSeconds = 0.1, ...training } = props;
    super(scope, id, training);
    const program = readFileSync(join(__dirname, 'linear-training.py'), 'utf8');
    const code = new HashedConfigMap(this, `${id}-code`, { data: { 'train.py': program } });
    this.addVolume({ name: 'code', configMap: { name: code.name } });
    this.addContainer({
      name: 'worker',
      image: 'python:3.11',
      command: ['python3', '/code/train.py'],
      env: { STEPS: steps, STEP_SECONDS: stepSeconds },
      resources: { requests: { cpu: '20m', memory: '32Mi' } },
      volumeMounts: [{ name: 'code', mountPath: '/code', readOnly: true }],
    });
  }
}

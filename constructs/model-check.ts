import type { Construct } from 'constructs';
import { ScheduledJob, type ScheduledJobProps } from 'podwright';

/** Options of a {@link ModelCheck}: a ScheduledJob's, and what it asks. */
export interface ModelCheckProps extends Omit<ScheduledJobProps, 'containers'> {
  /** The address that answers while the model is served. */
  readonly url: string;
}

/** Asks a model server a question by the clock, and fails when there is no answer. */
export class ModelCheck extends ScheduledJob {
  constructor(scope: Construct, id: string, props: ModelCheckProps) {
    const { url, ...job } = props;
    super(scope, id, job);
    const ask = 'import sys, urllib.request as r; print(r.urlopen(sys.argv[1], timeout=10).read().decode())';
    this.addContainer({
      name: 'ask',
      image: 'python:3.11',
      command: ['python3', '-c', ask, url],
      resources: { requests: { cpu: '10m', memory: '16Mi' } },
    });
  }
}

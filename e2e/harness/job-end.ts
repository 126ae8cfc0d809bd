import type { Namespace } from './namespace';
import { until } from './wait';

/** The condition that a Job comes to. */
export interface JobEnd {
  readonly type: 'Complete' | 'Failed';
  readonly reason: string;
}

/** Waits until a Job is complete or has failed. */
export function jobEnd(namespace: Namespace, name: string): Promise<JobEnd> {
  return until(`the end of Job '${name}'`, async () => {
    const job = await namespace.get('job', name);
    const conditions: { type: string; reason: string }[] = job?.status.conditions ?? [];
    const isEnd = (condition: { type: string }): condition is JobEnd => /^(Complete|Failed)$/.test(condition.type);
    return conditions.find(isEnd);
  });
}

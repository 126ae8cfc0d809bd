// How long what is applied may take until it is ready.
import type { Part } from './parts';

/** What is not said to take longer. */
const SECONDS = 300;

/**
 * The time to wait for a part, as Flux has durations: 5m, or as long as its slowest Deployment says that it may take
 * (`progressDeadlineSeconds`), and a minute more. Of a rollout that is stuck the Deployment says so then, and Flux waits
 * no longer.
 */
export function readyTimeOf({ wait, files, has }: Part): string {
  let most = 0;
  if (wait) {
    for (const object of files.flatMap(({ objects }) => objects)) {
      if (object.outline.kind !== 'Deployment' || !has(object)) continue;
      const said = /^ {2}progressDeadlineSeconds: (\d+)$/m.exec(object.text())?.[1];
      most = Math.max(most, Number(said ?? 0));
    }
  }
  return most <= SECONDS ? `${SECONDS / 60}m` : `${Math.ceil(most / 60) + 1}m`;
}

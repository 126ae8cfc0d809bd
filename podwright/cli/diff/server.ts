// A report with what the API server says to it.
import type { Version } from '../../api/versions';
import { confirm } from '../../gitops/diff/confirm';
import type { DiffReport, ObjectDiff } from '../../report/diff';
import { CommandError } from '../command';
import type { Kubectl } from './kubectl';
import type { Compared } from './states';

/** How many objects are asked for at a time. */
const AT_ONCE = 4;

/**
 * Asks the API server for every object that differs.
 *
 * @throws CommandError where the objects are those of several clusters, or no cluster answers
 */
export async function confirmed({ report, before, after }: Compared, kubectl: Kubectl): Promise<DiffReport> {
  const environments = [...new Set(report.objects.map(({ environment }) => environment))];
  if (environments.length > 1) {
    const names = environments.map((name) => name ?? 'none').join(', ');
    throw new CommandError(
      `option '--dry-run': a kubeconfig names one cluster, and what changes is in several: ${names}; expected --environment beside it`,
    );
  }
  const version = report.version as Version;
  const objects = [...report.objects];
  const waiting = objects.map((_, index) => index);
  const work = async () => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      const object = objects[index] as ObjectDiff;
      const isGone = object.effect === 'gone';
      const answer = await kubectl.ask((isGone ? before : after).find(object), !isGone);
      const cluster = after.cluster(object.environment);
      objects[index] = { ...object, server: confirm(object, answer, { version, cluster }) };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { ...report, objects };
}

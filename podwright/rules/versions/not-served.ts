import { kindOf } from '../../api/definitions';
import { groupOf } from '../../api/identity';
import { newestFirst } from '../../api/version-order';
import { oldest, versionsOf } from '../../api/versions';
import { type At, objectRule } from '../rule';
import { removalOf } from './replaced';
import { bestVersion, isOffByDefault, isOwnGroup, shown, versionsOfKind } from './served';

/** What to write, of what the targets serve. */
function useInstead(apiVersion: string, kind: string, { targets }: At): string | undefined {
  const best = bestVersion(apiVersion, kind, targets);
  if (!best || best.apiVersion === apiVersion) return undefined;
  return `use ${best.apiVersion}, which every target ${isOffByDefault(best) ? 'has, off by default' : 'serves'}`;
}

export const notServed = objectRule({
  id: 'versions/not-served',
  severity: 'error',
  summary: 'an object of an API version that no target serves, or that one of them does not',
  why: "kubectl stops at such an object: no matches for kind. An alpha or beta version of an API is there for some minors of Kubernetes and then gone for good, and a new one is not there before its first.\n\nKinds of the API groups that are Kubernetes' own are judged, and custom kinds whose definition is known: by the versions that it serves. The other rules look at such an object as the newest version that served it would.",
  source: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  fails: [
    {
      apiVersion: 'batch/v1beta1',
      kind: 'CronJob',
      metadata: { name: 'nightly' },
      spec: {
        schedule: '@daily',
        jobTemplate: {
          spec: {
            template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1.37' }] } },
          },
        },
      },
    },
  ],
  passes: [
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly' },
      spec: {
        schedule: '@daily',
        jobTemplate: {
          spec: {
            template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1.37' }] } },
          },
        },
      },
    },
  ],
  kinds: 'any',
  check({ apiVersion, kind }: { apiVersion: string; kind: string }, at) {
    const known = kindOf(apiVersion, kind);
    const { targets } = at;
    if (known) {
      const missing = targets & ~known.versions;
      if (missing === 0) return;
      const since = oldest(known.versions);
      const last = versionsOf(known.versions).at(-1);
      const [first = ''] = versionsOf(missing);
      const when =
        since !== undefined && isBefore(first, since)
          ? `it is served since ${since}`
          : `${last} is the last that serves it`;
      const fix = useInstead(apiVersion, kind, at);
      at.report(['apiVersion'], `${apiVersion} ${kind} is not served by Kubernetes ${shown(missing)}: ${when}`, {
        versions: missing,
        ...(fix && { fix }),
      });
      return;
    }
    const group = groupOf(apiVersion);
    const crd = at.world.crdOf(apiVersion, kind);
    if (crd) {
      if (crd.versions.some(({ name }) => apiVersion === `${group}/${name}`)) return;
      const served = newestFirst(crd.versions).map(({ name }) => `${group}/${name}`);
      at.report(['apiVersion'], `${apiVersion} ${kind} is not served: its definition serves ${served.join(', ')}`, {
        fix: `use ${served[0]}`,
      });
      return;
    }
    if (!isOwnGroup(group) || kind === 'List') return;
    if (kind.endsWith('List') && versionsOfKind(group, kind.slice(0, -4)).length > 0) return;
    const removed = removalOf(apiVersion, kind);
    const gone = removed && `: it was removed in ${removed.in}`;
    const said = removed
      ? removed.use
        ? `use ${removed.use}`
        : 'nothing replaces it'
      : useInstead(apiVersion, kind, at);
    at.report(
      removed || said ? ['apiVersion'] : ['kind'],
      `no version of Kubernetes that is known serves ${apiVersion} ${kind}${gone ?? ''}`,
      said ? { fix: said } : {},
    );
  },
});

function isBefore(a: string, b: string): boolean {
  return Number(a.slice(2)) < Number(b.slice(2));
}

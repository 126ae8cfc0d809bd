import { kindOf } from '../../api/definitions';
import { objectRule } from '../rule';
import { bestVersion, isOffByDefault, shown } from './served';

export const offByDefault = objectRule({
  id: 'versions/off-by-default',
  severity: 'warning',
  summary: 'an object of an alpha or beta API version, which a cluster serves only when it is told to',
  why: 'Alpha versions of an API, and beta versions that began in Kubernetes 1.24 or later, are off unless the API server is started with --runtime-config. On other clusters, managed ones above all, kubectl stops at the object: no matches for kind. A stable version that every target serves is named by versions/deprecated.',
  source: 'https://kubernetes.io/docs/reference/using-api/#api-versioning',
  fails: [
    {
      apiVersion: 'scheduling.k8s.io/v1beta1',
      kind: 'PodGroup',
      metadata: { name: 'workers' },
      spec: { schedulingPolicy: { gang: { minCount: 4 } } },
    },
  ],
  passes: [{ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'batch' }, value: 100 }],
  given: { targets: ['1.37'] },
  kinds: 'any',
  check({ apiVersion, kind }: { apiVersion: string; kind: string }, at) {
    const known = kindOf(apiVersion, kind);
    if (!known || !isOffByDefault(known)) return;
    const versions = known.versions & at.targets;
    const best = bestVersion(apiVersion, kind, at.targets);
    if (versions === 0 || (best && !isOffByDefault(best))) return;
    const message = `${apiVersion} ${kind} is off by default in Kubernetes ${shown(versions)}`;
    at.report(['apiVersion'], message, { versions, fix: 'see that the cluster serves it: kubectl api-versions' });
  },
});

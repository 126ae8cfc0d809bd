import { kindOf } from '../../api/definitions';
import { newestFirst } from '../../api/version-order';
import { from } from '../engine/checks';
import { type At, objectRule } from '../rule';
import { bestVersion, isOffByDefault } from './served';

/** Kinds that are deprecated in a stable version, since when, and what to use. */
const KINDS: { readonly [kind: string]: readonly [since: Parameters<typeof from>[0], use: string] } = {
  'v1 ComponentStatus': ['1.27', 'ask the health endpoints of each component'],
  'v1 Endpoints': ['1.33', 'use discovery.k8s.io/v1 EndpointSlice'],
};

export const deprecated = objectRule({
  id: 'versions/deprecated',
  severity: 'warning',
  summary: 'an object of an API version that is deprecated, with what replaces it',
  why: 'A deprecated version is served for some minors more and is then gone: an upgrade of the cluster would make versions/not-served of it. The object in the cluster is the same in all versions of its API, so that nothing is lost by the change.\n\nOf custom resources it says what their definition says.',
  source: 'https://kubernetes.io/docs/reference/using-api/deprecation-policy/',
  fails: [
    {
      apiVersion: 'resource.k8s.io/v1beta1',
      kind: 'DeviceClass',
      metadata: { name: 'gpu.example.com' },
      spec: { selectors: [{ cel: { expression: "device.driver == 'gpu.example.com'" } }] },
    },
  ],
  passes: [
    {
      apiVersion: 'resource.k8s.io/v1',
      kind: 'DeviceClass',
      metadata: { name: 'gpu.example.com' },
      spec: { selectors: [{ cel: { expression: "device.driver == 'gpu.example.com'" } }] },
    },
  ],
  kinds: 'any',
  check({ apiVersion, kind }: { apiVersion: string; kind: string }, at) {
    const known = kindOf(apiVersion, kind);
    if (!known) customResource(apiVersion, kind, at);
    if (!known || (known.versions & at.targets) === 0) return;
    const entry = KINDS[`${apiVersion} ${kind}`];
    if (entry) {
      const versions = from(entry[0]) & at.targets;
      if (versions !== 0) at.report(['apiVersion'], `${apiVersion} ${kind} is deprecated`, { versions, fix: entry[1] });
      return;
    }
    if (!/alpha|beta/.test(known.version)) return;
    const best = bestVersion(apiVersion, kind, at.targets);
    if (!best || best === known || isOffByDefault(best)) return;
    const message = `${apiVersion} ${kind} is deprecated: ${best.apiVersion} replaces it`;
    at.report(['apiVersion'], message, { fix: `use ${best.apiVersion}, which every target serves` });
  },
});

/** A version that its definition marks, in the definition's words. */
function customResource(apiVersion: string, kind: string, at: At): void {
  const crd = at.world.crdOf(apiVersion, kind);
  const version = crd?.versions.find(({ name }) => apiVersion === `${crd.group}/${name}`);
  if (!crd || !version?.deprecated) return;
  const best = newestFirst(crd.versions).find(({ deprecated }) => !deprecated);
  const fix = best && `use ${crd.group}/${best.name}`;
  at.report(['apiVersion'], version.deprecationWarning ?? `${apiVersion} ${kind} is deprecated`, {
    ...(fix && { fix }),
  });
}

// A diff with something of everything, as the formats' tests write it.
import type { DiffReport, FieldDiff, ObjectDiff } from '../../diff';

const image: FieldDiff = {
  pointer: '/spec/template/spec/containers/0/image',
  name: 'spec.template.spec.containers[main].image',
  before: 'busybox:1.36',
  after: 'busybox:1.37',
  effect: 'rolling-restart',
  source: { file: 'images.ts', line: 3, column: 1 },
};

export const rolled: ObjectDiff = {
  object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'team', name: 'web' },
  effect: 'rolling-restart',
  outcomes: [{ effect: 'rolling-restart', what: 'rolls its pods', waitsFor: 'spec.paused is taken away' }],
  fields: [image],
  before: { file: 'dist/web.k8s.yaml', line: 1, column: 1 },
  after: { file: 'dist/web.k8s.yaml', line: 1, column: 1 },
  constructPath: 'web/web',
  source: { file: 'charts/web.ts', line: 12, column: 3 },
};

const gone: ObjectDiff = {
  object: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'team', name: 'data' },
  environment: 'prod',
  effect: 'gone',
  outcomes: [{ effect: 'gone', what: 'is deleted', ends: 'its data, unless its volume is retained' }],
  fields: [],
  leaves: 'deleted',
  before: { file: 'dist/prod/data.k8s.yaml', line: 4, column: 1 },
};

/** Names and values that mean something to Markdown and to HTML. */
export const hostile: ObjectDiff = {
  object: { apiVersion: 'v1', kind: 'ConfigMap', name: 'a' },
  effect: 'in-place',
  outcomes: [{ effect: 'in-place', what: 'read by @octocat, <b>Deployment</b> *web* | `x`' }],
  fields: [
    { pointer: '/data/a', name: 'data["<a>"]', before: '```\n</details>', after: '<script>', effect: 'in-place' },
    { pointer: '/data/b', name: 'data.b', after: 'x'.repeat(500), effect: 'in-place' },
  ],
  after: { file: 'dist/a.k8s.yaml', line: 1, column: 1 },
};

export function report(objects: readonly ObjectDiff[], notes: readonly string[] = []): DiffReport {
  const labels = { before: 'dist at main (1a2b3c4)', after: 'the program' };
  return { ...labels, version: '1.37', objects, unchanged: 3, footprint: [], notes };
}

const amounts = { pods: '2', 'requests.cpu': '500m' };

export const full: DiffReport = {
  ...report([gone, rolled, hostile], ['package-lock.json is other']),
  footprint: [
    {
      environment: 'prod',
      namespace: 'team',
      before: { always: amounts, atMost: { ...amounts, pods: '3' } },
      after: { always: { ...amounts, pods: '4' }, atMost: { ...amounts, pods: '9', 'requests.nvidia.com/gpu': '1' } },
    },
  ],
};

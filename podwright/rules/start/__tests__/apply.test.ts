import { findings } from '../../__tests__/support';
import { podSpec, sample, samplePod } from '../../samples';
import { changeGitops } from '../change-gitops';
import { generateName } from '../generate-name';
import { oneIdentity } from '../one-identity';
import { ttlGitops } from '../ttl-gitops';
import { versionLabel } from '../version-label';

test('a generated name is told of custom resources too, and not beside a name', () => {
  const custom = { apiVersion: 'kueue.x-k8s.io/v1beta2', kind: 'Workload', metadata: { generateName: 'w-' } };
  const both = samplePod('a', {}, {}, { generateName: 'a-' });
  expect(findings(generateName, [custom, both]).map((text) => text.split(' ').slice(2).join(' '))).toEqual([
    '/metadata/generateName: is no name that can be applied, got "w-"; expected metadata.name',
  ]);
});

test('one identity is that of the API group, the namespace and the name, whatever the version', () => {
  const hpa = (apiVersion: string) => sample(apiVersion, 'HorizontalPodAutoscaler', 'a', { spec: {} });
  const event = (apiVersion: string) => sample(apiVersion, 'Event', 'a');
  expect(findings(oneIdentity, [hpa('autoscaling/v1'), hpa('autoscaling/v2')])).toEqual([
    'HorizontalPodAutoscaler a /metadata/name: is that of another HorizontalPodAutoscaler too, got "a"',
  ]);
  expect(findings(oneIdentity, [event('v1'), event('events.k8s.io/v1')])).toEqual([]);
  expect(findings(oneIdentity, [samplePod('a'), samplePod('a', {}, {}, { namespace: 'b' })])).toEqual([]);
});

test('a Job that deletes itself is told under GitOps alone', () => {
  const job = sample('batch/v1', 'Job', 'j', {
    spec: { ttlSecondsAfterFinished: 0, template: { spec: podSpec({}, { restartPolicy: 'Never' }) } },
  });
  expect(findings(ttlGitops, [job], { gitops: true })).toEqual([
    'Job j /spec/ttlSecondsAfterFinished: deletes the Job, which GitOps makes, and runs, again, got 0',
  ]);
  expect(findings(ttlGitops, [job])).toEqual([]);
});

test("a version is told in a Service's selector at the label", () => {
  const selector = { app: 'a', 'helm.sh/chart': 'a-1.0' };
  expect(findings(versionLabel, [sample('v1', 'Service', 's', { spec: { selector, ports: [{ port: 80 }] } })])).toEqual(
    [
      'Service s /spec/selector/helm.sh~1chart: is a version, which the next one would change; expected labels that stay the same',
    ],
  );
});

describe('a Job or Pod that GitOps cannot change', () => {
  const job = (metadata: object = {}) =>
    sample(
      'batch/v1',
      'Job',
      'j',
      { spec: { template: { spec: podSpec({}, { restartPolicy: 'Never' }) } } },
      { ...metadata },
    );
  const told = (object: object, gitops = true) => findings(changeGitops, [object], { gitops });

  test('is told under GitOps alone', () => {
    expect(told(job())).toEqual([
      'Job j /spec/template: takes no change: a revision that has one is refused under GitOps, all of it',
    ]);
    expect(told(samplePod('p'))).toEqual([
      'Pod p /spec: takes no change but of its images: a revision that has one is refused under GitOps, all of it',
    ]);
    expect([...told(job(), false), ...told(samplePod('p'), false)]).toEqual([]);
    expect(findings(changeGitops, [job()], { gitops: true, recreates: true })).toEqual([]);
  });

  test.each([
    ['a name by its content', { name: 'j-0a1b2c3d' }],
    ['no name', { name: undefined, generateName: 'j-' }],
    ["Flux's force", { annotations: { 'kustomize.toolkit.fluxcd.io/force': 'Enabled' } }],
    ["Flux's force as a label", { labels: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' } }],
    ['what Flux makes once', { annotations: { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' } }],
    ['what Flux leaves alone', { annotations: { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' } }],
    ["Argo CD's Force", { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false, Force=true' } }],
    ["Argo CD's Replace", { annotations: { 'argocd.argoproj.io/sync-options': 'Replace=true' } }],
    ['a hook', { annotations: { 'argocd.argoproj.io/hook': 'PreSync' } }],
    ["a chart's hook", { annotations: { 'helm.sh/hook': 'pre-install' } }],
  ])('is not one with %s', (_, metadata) => {
    expect(told(job(metadata))).toEqual([]);
  });

  test.each([
    ['a hash of another length', { name: 'j-0a1b2c3' }],
    ["cdk8s's hash of its path", { name: 'c-job-c83f4526' }],
    ['a force that is off', { annotations: { 'kustomize.toolkit.fluxcd.io/force': 'disabled' } }],
    ['marks for what is to stay', { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } }],
    ['annotations that are null', { annotations: null, labels: null }],
  ])('is one with %s', (_, metadata) => {
    expect(told(job(metadata))).toHaveLength(1);
  });

  test('is none that a CronJob makes', () => {
    const template = { spec: podSpec({}, { restartPolicy: 'Never' }) };
    const spec = { schedule: '0 3 * * *', jobTemplate: { spec: { template } } };
    expect(told(sample('batch/v1', 'CronJob', 'c', { spec }))).toEqual([]);
  });
});

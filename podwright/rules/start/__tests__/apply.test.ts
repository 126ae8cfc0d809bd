import { findings } from '../../__tests__/support';
import { podSpec, sample, samplePod } from '../../samples';
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

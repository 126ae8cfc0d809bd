import { ApiObject, type Chart, JsonPatch } from 'cdk8s';
import * as plus27 from 'cdk8s-plus-27';
import * as plus34 from 'cdk8s-plus-34';
import { Pod } from '../pod';
import { type Manifest, objectsOf } from './support';

const containers = [{ name: 'main', image: 'busybox:1.37' }];
const byKind = (build: (chart: Chart) => void): Record<string, Manifest> =>
  Object.fromEntries(objectsOf(build).map((object) => [object.kind, object]));

describe.each([
  ['cdk8s-plus-27', plus27],
  // The types of the two are told apart by the compiler alone; the test at the end holds the newer one's.
  ['cdk8s-plus-34', plus34 as unknown as typeof plus27],
])('%s works with our Pods', (_, plus) => {
  test('a Service selects one by a label that it then has', () => {
    const { Service, Pod: pod } = byKind((chart) => {
      const selector = new Pod(chart, 'web', { containers });
      new plus.Service(chart, 'service', { selector, ports: [{ port: 80 }] });
    });
    expect(Service.spec.selector).toEqual({ 'app.kubernetes.io/name': 'web' });
    expect(pod.metadata).toEqual({ name: 'web', labels: { 'app.kubernetes.io/name': 'web' } });
  });

  test('a Service selects one by the name label that it has already', () => {
    const { Service } = byKind((chart) => {
      const metadata = { labels: { 'app.kubernetes.io/name': 'shop' } };
      new plus.Service(chart, 'service', {
        selector: new Pod(chart, 'web', { metadata, containers }),
        ports: [{ port: 80 }],
      });
    });
    expect(Service.spec.selector).toEqual({ 'app.kubernetes.io/name': 'shop' });
  });

  test('a NetworkPolicy is about one, and allows another', () => {
    const { NetworkPolicy } = byKind((chart) => {
      const [web, client] = ['web', 'client'].map((id) => new Pod(chart, id, { containers })) as [Pod, Pod];
      const policy = new plus.NetworkPolicy(chart, 'policy', { selector: web });
      policy.addIngressRule(client, [plus.NetworkPolicyPort.tcp(80)]);
    });
    expect(NetworkPolicy.spec).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'client' } } }],
          ports: [{ port: 80, protocol: 'TCP' }],
        },
      ],
    });
  });

  test("a RoleBinding grants a role to one's service account", () => {
    const { RoleBinding } = byKind((chart) => {
      const role = new plus.Role(chart, 'role');
      const metadata = { namespace: 'ml' };
      role.bind(new Pod(chart, 'a', { metadata, serviceAccountName: 'reader', containers }));
    });
    expect(RoleBinding.subjects).toEqual([{ kind: 'ServiceAccount', name: 'reader', namespace: 'ml', apiGroup: '' }]);
  });

  test('its own Pods can be added to', () => {
    const { Pod: pod } = byKind((chart) => {
      const stock = new plus.Pod(chart, 'stock', { containers: [{ image: 'busybox:1.37' }] });
      stock.addContainer({ name: 'second', image: 'python:3.11' });
      stock.metadata.addLabel('team', 'a');
      ApiObject.of(stock).addJsonPatch(JsonPatch.add('/spec/priorityClassName', 'batch'));
    });
    expect(pod.spec.containers.map(({ name }: { name: string }) => name)).toEqual(['main', 'second']);
    expect(pod.metadata.labels.team).toBe('a');
    expect(pod.spec.priorityClassName).toBe('batch');
  });
});

test('the types of the newer cdk8s-plus fit as well', () => {
  const objects = objectsOf((chart) => {
    const pod = new Pod(chart, 'a', { containers });
    new plus34.Service(chart, 'service', { selector: pod, ports: [{ port: 80 }] });
    new plus34.NetworkPolicy(chart, 'policy', { selector: pod }).addIngressRule(pod);
    new plus34.Role(chart, 'role').bind(pod);
  });
  expect(objects.map(({ kind }) => kind).sort()).toEqual(['NetworkPolicy', 'Pod', 'Role', 'RoleBinding', 'Service']);
});

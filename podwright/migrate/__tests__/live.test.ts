import { storedForm } from '../../api/defaulting/stored';
import { clean } from '../clean';
import { withoutDefaults } from '../live-defaults';
import { skipReason } from '../skip';

const live = { uid: 'u', resourceVersion: '1', creationTimestamp: '2025-01-01T00:00:00Z' };
const object = (kind: string, metadata: object, fields: object, apiVersion = 'v1') => ({
  apiVersion,
  kind,
  metadata: { name: 'a', ...metadata },
  ...fields,
});

test('leaves an object that a person wrote as it is, but for null and status', () => {
  const written = object(
    'Service',
    { creationTimestamp: null },
    { spec: { clusterIP: '10.0.0.1', ports: [{ port: 1, nodePort: 30001 }] } },
  );
  const { object: cleaned, dropped, isLive } = clean({ ...written, status: { loadBalancer: {} } });
  expect({ cleaned, dropped, isLive }).toEqual({
    cleaned: { ...written, metadata: { name: 'a' } },
    dropped: ['/status', '/metadata/creationTimestamp'],
    isLive: false,
  });
});

test('keeps what was applied by hand, of what a cluster sets', () => {
  const applied = { spec: { ports: [{ port: 80, nodePort: 30080 }, { port: 81 }] } };
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(applied) };
  const spec = {
    clusterIP: '10.0.0.1',
    ports: [
      { port: 80, nodePort: 30080 },
      { port: 81, nodePort: 31999 },
    ],
  };
  expect(clean(object('Service', { ...live, annotations }, { spec })).object).toEqual(
    object('Service', {}, { spec: { ports: [{ port: 80, nodePort: 30080 }, { port: 81 }] } }),
  );
  const broken = { 'kubectl.kubernetes.io/last-applied-configuration': '{' };
  expect(clean(object('Service', { ...live, annotations: broken }, { spec })).object.spec.ports[0]).toEqual({
    port: 80,
  });
});

test('keeps what makes a Service headless', () => {
  const spec = { clusterIP: 'None', clusterIPs: ['None'], ports: [{ port: 80 }] };
  expect(clean(object('Service', live, { spec })).object.spec).toEqual({ clusterIP: 'None', ports: [{ port: 80 }] });
});

test('takes null for what is not written, and in a map of texts for the empty one', () => {
  const data = object('ConfigMap', { labels: null }, { data: { a: null, b: '1' }, immutable: null });
  expect(clean(data).object).toEqual(object('ConfigMap', {}, { data: { a: '', b: '1' } }));
});

test.each([
  [
    'Deployment',
    'apps/v1',
    {
      replicas: 1,
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'a', image: 'b:1' }] } },
    },
  ],
  ['Service', 'v1', { type: 'LoadBalancer', ports: [{ port: 80, name: 'http' }], selector: { a: 'b' } }],
  ['Job', 'batch/v1', { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'b' }] } } }],
  [
    'CronJob',
    'batch/v1',
    {
      schedule: '@daily',
      jobTemplate: {
        spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'b@sha256:1' }] } } },
      },
    },
  ],
  ['PersistentVolumeClaim', 'v1', { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }],
  ['NetworkPolicy', 'networking.k8s.io/v1', { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] }],
])('finds what a person wrote again in a %s that a cluster has filled in', (kind, apiVersion, spec) => {
  const written = object(kind, {}, { spec }, apiVersion);
  const stored = storedForm(written);
  const bare = withoutDefaults(clean({ ...stored, metadata: { ...stored.metadata, ...live } }).object);
  expect(storedForm(bare)).toEqual(stored);
  const leaves = JSON.stringify(bare.spec).length;
  expect([kind, leaves <= JSON.stringify(spec).length + 40 || bare.spec]).toEqual([kind, true]);
});

test('keeps a value that is no default, though its field has one', () => {
  const spec = { containers: [{ name: 'a', image: 'b:1', imagePullPolicy: 'Always' }], dnsPolicy: 'Default' };
  expect(withoutDefaults(storedForm(object('Pod', {}, { spec }))).spec).toEqual(spec);
});

test('leaves objects of kinds that are not built in as they are', () => {
  const custom = object('Queue', {}, { spec: { type: 'ClusterIP', protocol: 'TCP' } }, 'example.com/v1');
  expect(withoutDefaults(custom)).toBe(custom);
});

test.each([
  [object('Pod', { ownerReferences: [{ kind: 'Job', name: 'b', controller: true }] }, {}), 'Job b makes it'],
  [object('Pod', { ownerReferences: [{ kind: 'Job', name: 'b' }] }, {}), undefined],
  [object('ConfigMap', { name: 'kube-root-ca.crt' }, {}), 'the cluster makes it in each namespace'],
  [object('Secret', {}, { type: 'kubernetes.io/service-account-token' }), 'the cluster makes it for a service account'],
  [object('Secret', {}, { type: 'bootstrap.kubernetes.io/token' }), 'it lets nodes join the cluster'],
  [object('Secret', {}, { type: 'helm.sh/release.v1' }), 'Helm keeps a release in it'],
  [object('Secret', {}, { type: 'Opaque' }), undefined],
  [object('Event', {}, {}), 'it tells what happened'],
  [
    object('Endpoints', { annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': 'x' } }, {}),
    'the cluster makes it for a Service',
  ],
  [object('Endpoints', {}, {}), undefined],
])('skips what others make: %#', (given, reason) => expect(skipReason(given)).toBe(reason));

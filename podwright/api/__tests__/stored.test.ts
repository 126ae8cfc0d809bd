import { storedForm } from '../defaulting/stored';

test('fills in what a Pod does not say, and leaves the object as it was', () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'counter' },
    spec: { containers: [{ name: 'count', image: 'busybox', resources: { limits: { cpu: 0.5 } } }] },
  };
  const before = structuredClone(pod);
  expect(storedForm(pod)).toEqual({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'counter', namespace: 'default' },
    spec: {
      containers: [
        {
          name: 'count',
          image: 'busybox',
          imagePullPolicy: 'Always',
          resources: { limits: { cpu: '500m' }, requests: { cpu: '500m' } },
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
        },
      ],
      dnsPolicy: 'ClusterFirst',
      enableServiceLinks: true,
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
    },
  });
  expect(pod).toEqual(before);
});

test('does not fill a template as it fills a Pod', () => {
  const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'main', image: 'b:1' }] } };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'a' },
    spec: { selector: { matchLabels: { app: 'a' } }, template },
  };
  const { spec } = storedForm(deployment);
  expect(spec).toMatchObject({ replicas: 1, strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } } });
  expect(spec.template.spec).not.toHaveProperty('enableServiceLinks');
  expect(spec.template.spec.containers[0].imagePullPolicy).toBe('IfNotPresent');
});

test.each([
  ['null', null, undefined],
  ['an empty list', [], undefined],
  ['an empty text where the field is no pointer', '', undefined],
])('leaves out %s', (_, value, expected) => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', labels: {} }, spec: { nodeName: value } };
  expect(storedForm(pod).spec.nodeName).toBe(expected);
  expect(storedForm(pod).metadata).toEqual({ name: 'a', namespace: 'default' });
});

test('keeps a zero that the API tells from nothing', () => {
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'a' },
    spec: { backoffLimit: 0, parallelism: 0 },
  };
  expect(storedForm(job).spec).toMatchObject({ backoffLimit: 0, parallelism: 0 });
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'a' },
    spec: { storageClassName: '' },
  };
  expect(storedForm(claim).spec).toEqual({ storageClassName: '', volumeMode: 'Filesystem' });
});

test.each([
  ['1000m', '1'],
  ['1024Mi', '1Gi'],
  [0.1, '100m'],
  ['100.5m', '101m'],
  ['not one', 'not one'],
])('writes the quantity %p as %p', (given, expected) => {
  const quota = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'a' },
    spec: { hard: { 'requests.cpu': given } },
  };
  expect(storedForm(quota).spec.hard['requests.cpu']).toBe(expected);
});

test('keeps stringData as data, which it goes before', () => {
  const data = { user: 'YQ==', password: 'Yg==' };
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data, stringData: { password: 'ü' } };
  expect(storedForm(secret)).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'a', namespace: 'default' },
    type: 'Opaque',
    data: { user: 'YQ==', password: 'w7w=' },
  });
});

test('leaves out what the server writes itself', () => {
  const metadata = { name: 'a', namespace: 'b', uid: 'c', resourceVersion: '1', generation: 2, managedFields: [{}] };
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata, status: { phase: 'Active' } };
  expect(storedForm(namespace)).toEqual({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'a', labels: { 'kubernetes.io/metadata.name': 'a' } },
    spec: { finalizers: ['kubernetes'] },
  });
});

test('takes hostile objects as they are', () => {
  const hostile = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: 'none' };
  expect(storedForm(hostile).spec).toBe('none');
  const listed = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: null,
    spec: { template: ['a'], replicas: 'many' },
  };
  expect(storedForm(listed).spec).toMatchObject({ template: ['a'], replicas: 'many' });
  const nulls = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a' },
    spec: { containers: [null, 7, { ports: {} }] },
  };
  expect(storedForm(nulls).spec.containers).toHaveLength(3);
});

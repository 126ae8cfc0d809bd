import { findings } from '../../__tests__/support';
import { podSpec, sample, samplePod } from '../../samples';
import { claimReference } from '../claim-reference';
import { configMapReference } from '../config-map-reference';
import { keyReference } from '../key-reference';
import { priorityClassReference } from '../priority-class-reference';
import { pullSecretReference } from '../pull-secret-reference';
import { secretReference } from '../secret-reference';
import { serviceAccountReference } from '../service-account-reference';
import { serviceReference } from '../service-reference';
import { tlsReference } from '../tls-reference';

const needsSecret = samplePod('a', { envFrom: [{ secretRef: { name: 'token' } }] });
const LOST = 'Pod a /spec/containers/0/envFrom/0/secretRef/name: names a Secret that is not there, got "token"';

test('nothing is missing from a set that is not complete', () => {
  expect(findings(secretReference, [needsSecret], { complete: false })).toEqual([]);
});

test('a Secret is found in env, envFrom, volumes of every kind and init containers, each at its place', () => {
  const source = { secretName: 's' };
  const pod = samplePod(
    'a',
    { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] },
    {
      initContainers: [{ name: 'init', image: 'a', envFrom: [{ prefix: 'P_', secretRef: { name: 's' } }] }],
      volumes: [
        { name: 'a', secret: source },
        { name: 'b', projected: { sources: [{ downwardAPI: {} }, { secret: { name: 's' } }] } },
        { name: 'c', azureFile: { secretName: 's', shareName: 'x' } },
        { name: 'd', csi: { driver: 'x', nodePublishSecretRef: { name: 's' } } },
      ],
    },
  );
  expect(findings(secretReference, [pod]).map((text) => text.split(' ')[2])).toEqual([
    '/spec/initContainers/0/envFrom/0/secretRef/name:',
    '/spec/containers/0/env/0/valueFrom/secretKeyRef/name:',
    '/spec/volumes/0/secret/secretName:',
    '/spec/volumes/1/projected/sources/1/secret/name:',
    '/spec/volumes/2/azureFile/secretName:',
    '/spec/volumes/3/csi/nodePublishSecretRef/name:',
  ]);
});

test('one of another namespace is not there', () => {
  const pod = samplePod('a', { envFrom: [{ secretRef: { name: 'token' } }] }, {}, { namespace: 'ml' });
  const secret = (namespace: string) => sample('v1', 'Secret', 'token', {}, { namespace });
  expect(findings(secretReference, [pod, secret('web')])).toEqual([
    `${LOST.replace('a Secret', 'a Secret of namespace ml')}, which is in namespace web`,
  ]);
  expect(findings(secretReference, [pod, secret('ml')])).toEqual([]);
});

test('what is optional may be missing', () => {
  const optional = { name: 'x', optional: true };
  const pod = samplePod('a', {
    env: [{ name: 'A', valueFrom: { secretKeyRef: { ...optional, key: 'k' } } }],
    envFrom: [{ secretRef: optional }, { configMapRef: optional }],
  });
  expect([...findings(secretReference, [pod]), ...findings(configMapReference, [pod])]).toEqual([]);
});

test.each([
  ['a SealedSecret', sample('bitnami.com/v1alpha1', 'SealedSecret', 'token', { spec: {} })],
  [
    'an ExternalSecret',
    sample('external-secrets.io/v1', 'ExternalSecret', 'x', { spec: { target: { name: 'token' } } }),
  ],
  ['a Certificate', sample('cert-manager.io/v1', 'Certificate', 'x', { spec: { secretName: 'token' } })],
])('%s makes the Secret', (_, maker) => {
  expect(findings(secretReference, [needsSecret, maker])).toEqual([]);
});

test('what is declared external is there: one by its name, or all of a kind', () => {
  const externals = (name?: string) => ({ externals: [{ kind: 'Secret', name }] });
  expect(findings(secretReference, [needsSecret], externals('token'))).toEqual([]);
  expect(findings(secretReference, [needsSecret], externals())).toEqual([]);
  expect(findings(secretReference, [needsSecret], externals('other'))).toEqual([LOST]);
});

test("the ConfigMap of the cluster's certificate is in each namespace", () => {
  const pod = samplePod('a', {}, { volumes: [{ name: 'ca', configMap: { name: 'kube-root-ca.crt' } }] });
  expect(findings(configMapReference, [pod])).toEqual([]);
});

test('a key is looked for in data, binaryData and stringData, and among those that are declared', () => {
  const pod = samplePod(
    'a',
    { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'a' } } }] },
    { volumes: [{ name: 'v', configMap: { name: 'c', items: [{ key: 'b', path: 'b' }] } }] },
  );
  const secret = (fields: object) => sample('v1', 'Secret', 's', fields);
  const config = (fields: object) => sample('v1', 'ConfigMap', 'c', fields);
  expect(findings(keyReference, [pod, secret({ stringData: { a: '' } }), config({ binaryData: { b: '' } })])).toEqual(
    [],
  );
  expect(findings(keyReference, [pod, secret({ data: { A: '' } }), config({ data: { B: '' } })])).toEqual([
    'Pod a /spec/containers/0/env/0/valueFrom/secretKeyRef/key: is no key of Secret s, got "a"; expected one of A',
    'Pod a /spec/volumes/0/configMap/items/0/key: is no key of ConfigMap c, got "b"; expected one of B',
  ]);
  expect(findings(keyReference, [pod], { externals: [{ kind: 'Secret', name: 's', keys: ['x'] }] })).toEqual([
    'Pod a /spec/containers/0/env/0/valueFrom/secretKeyRef/key: is no key of Secret s, got "a"; expected one of x',
  ]);
  expect(findings(keyReference, [pod], { externals: [{ kind: 'Secret', name: 's', keys: [] }] })).toEqual([
    'Pod a /spec/containers/0/env/0/valueFrom/secretKeyRef/key: is no key of Secret s, got "a"; expected one of (it has none)',
  ]);
  const token = secret({ type: 'kubernetes.io/service-account-token' });
  expect(findings(keyReference, [pod, token])).toEqual([]);
});

test('what has no keys is filled by somebody else', () => {
  const key = (kind: string, name: string) => ({ name: kind, valueFrom: { [`${kind}KeyRef`]: { name, key: 'k' } } });
  const pod = samplePod(
    'a',
    {
      env: [key('secret', 's'), key('configMap', 'c')],
      volumeMounts: [{ name: 'v', mountPath: '/ca.crt', subPath: 'ca.crt' }],
    },
    { volumes: [{ name: 'v', configMap: { name: 'c', items: [] } }] },
  );
  const labels = { 'config.openshift.io/inject-trusted-cabundle': 'true' };
  for (const fields of [{}, { data: {} }]) {
    const objects = [pod, sample('v1', 'ConfigMap', 'c', fields, { labels }), sample('v1', 'Secret', 's', fields)];
    expect(findings(keyReference, objects)).toEqual([]);
  }
});

describe('the subPath of a mount', () => {
  const mounted = (subPath: string, volume: object) =>
    samplePod(
      'a',
      { volumeMounts: [{ name: 'v', mountPath: '/c', subPath }] },
      { volumes: [{ name: 'v', ...volume }] },
    );
  const settings = sample('v1', 'ConfigMap', 'settings', { data: { 'a.yaml': 'b' } });
  const lost = (text: string) => [`Pod a /spec/containers/0/volumeMounts/0/subPath: ${text}`];

  test('is a key of the volume that it is of', () => {
    const configMap = { name: 'settings' };
    expect(findings(keyReference, [mounted('a.yaml', { configMap }), settings])).toEqual([]);
    expect(findings(keyReference, [mounted('b.yaml', { configMap }), settings])).toEqual(
      lost('is no key of ConfigMap settings, got "b.yaml"; expected one of a.yaml'),
    );
    const secret = { secretName: 's' };
    const token = sample('v1', 'Secret', 's', { stringData: { token: 'x' } });
    expect(findings(keyReference, [mounted('token', { secret }), token])).toEqual([]);
    expect(findings(keyReference, [mounted('tokne', { secret }), token])).toEqual(
      lost('is no key of Secret s, got "tokne"; expected one of token'),
    );
  });

  test('is a path of its items, where they are given, or a folder of them', () => {
    const configMap = { name: 'settings', items: [{ key: 'a.yaml', path: 'conf/b.yaml' }] };
    const found = (subPath: string) => findings(keyReference, [mounted(subPath, { configMap }), settings]);
    expect([found('conf/b.yaml'), found('conf'), found('conf/')]).toEqual([[], [], []]);
    expect(found('a.yaml')).toEqual(lost('is no key of ConfigMap settings, got "a.yaml"; expected one of conf/b.yaml'));
  });

  test('is looked for among all keys where its items are none', () => {
    const configMap = { name: 'settings', items: [] };
    expect(findings(keyReference, [mounted('a.yaml', { configMap }), settings])).toEqual([]);
  });

  test('is not looked at where what the volume holds is not known, or may be missing', () => {
    const claim = { persistentVolumeClaim: { claimName: 'c' } };
    const optional = { configMap: { name: 'settings', optional: true } };
    for (const volume of [claim, optional, { configMap: { name: 'other' } }, { emptyDir: {} }, {}]) {
      expect(findings(keyReference, [mounted('x', volume), settings])).toEqual([]);
    }
  });
});

test("a claim that a StatefulSet makes is there, and no other of its name's form", () => {
  const on = (claimName: string) =>
    samplePod('a', {}, { volumes: [{ name: 'v', persistentVolumeClaim: { claimName } }] });
  const set = sample('apps/v1', 'StatefulSet', 'db', {
    spec: {
      selector: { matchLabels: { app: 'db' } },
      template: { metadata: { labels: { app: 'db' } }, spec: podSpec() },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
  });
  expect(findings(claimReference, [set, on('data-db-0')])).toEqual([]);
  expect(findings(claimReference, [set, on('data-db-x')])).toEqual([
    'Pod a /spec/volumes/0/persistentVolumeClaim/claimName: names a PersistentVolumeClaim that is not there, got "data-db-x"',
  ]);
});

test('a Secret that images are pulled with is told at its place, unless it is there or made', () => {
  const pod = samplePod('a', {}, { imagePullSecrets: [{ name: 'token' }, {}, { name: 'regcred' }] });
  const lost = (index: number, name: string) =>
    `Pod a /spec/imagePullSecrets/${index}/name: names a Secret that is not there, got "${name}"`;
  expect(findings(pullSecretReference, [pod])).toEqual([lost(0, 'token'), lost(2, 'regcred')]);
  const made = sample('bitnami.com/v1alpha1', 'SealedSecret', 'token', { spec: {} });
  const externals = [{ kind: 'Secret', name: 'regcred' }];
  expect(findings(pullSecretReference, [pod, made], { externals })).toEqual([]);
  expect(findings(pullSecretReference, [pod], { complete: false })).toEqual([]);
});

describe('the TLS Secret of an Ingress', () => {
  const ingress = (annotations: object = {}) =>
    sample('networking.k8s.io/v1', 'Ingress', 'i', { spec: { tls: [{}, { secretName: 'web' }] } }, { annotations });
  const certificate = (secretName: string) =>
    sample('cert-manager.io/v1', 'Certificate', 'x', { spec: { secretName } });

  test('is told where nothing makes it', () => {
    const lost = ['Ingress i /spec/tls/1/secretName: names a Secret that is not there, got "web"'];
    expect(findings(tlsReference, [ingress()])).toEqual(lost);
    expect(findings(tlsReference, [ingress({ 'nginx.ingress.kubernetes.io/rewrite-target': '/' })])).toEqual(lost);
    expect(findings(tlsReference, [ingress(), certificate('other')])).toEqual(lost);
    expect(findings(tlsReference, [ingress(), certificate('web')])).toEqual([]);
    expect(findings(tlsReference, [ingress(), sample('v1', 'Secret', 'web')])).toEqual([]);
    expect(findings(tlsReference, [ingress()], { complete: false })).toEqual([]);
  });

  test.each([
    'cert-manager.io/issuer',
    'cert-manager.io/cluster-issuer',
    'kubernetes.io/tls-acme',
    'cert.gardener.cloud/purpose',
    'haproxy-ingress.github.io/cert-signer',
  ])('is made where %s asks for it', (key) => {
    expect(findings(tlsReference, [ingress({ [key]: 'x' })])).toEqual([]);
  });
});

test('service accounts and priority classes that each cluster has are there', () => {
  const own = samplePod('a', {}, { serviceAccountName: 'default', priorityClassName: 'system-node-critical' });
  const lost = samplePod('a', {}, { serviceAccount: 'x', priorityClassName: 'y' });
  for (const rule of [serviceAccountReference, priorityClassReference]) expect(findings(rule, [own])).toEqual([]);
  // A chart's namespace may be written to what is in none.
  const batch = sample('scheduling.k8s.io/v1', 'PriorityClass', 'y', { value: 1 }, { namespace: 'ml' });
  expect(findings(priorityClassReference, [lost, batch])).toEqual([]);
  expect(findings(serviceAccountReference, [lost])).toEqual([
    'Pod a /spec/serviceAccount: names a ServiceAccount that is not there, got "x"',
  ]);
  expect(findings(priorityClassReference, [lost])).toEqual([
    'Pod a /spec/priorityClassName: names a PriorityClass that is not there, got "y"',
  ]);
});

test('each backend of an Ingress is a port of a Service', () => {
  const backend = (name: string, port: object) => ({
    path: '/',
    pathType: 'Prefix',
    backend: { service: { name, port } },
  });
  const ingress = sample('networking.k8s.io/v1', 'Ingress', 'i', {
    spec: {
      rules: [
        { http: { paths: [backend('web', { number: 80 }), backend('web', { name: 'grpc' })] } },
        { http: { paths: [backend('none', { number: 80 }), backend('out', { number: 1 })] } },
      ],
    },
  });
  const web = sample('v1', 'Service', 'web', { spec: { ports: [{ name: 'http', port: 80 }] } });
  const out = sample('v1', 'Service', 'out', { spec: { type: 'ExternalName', externalName: 'a.example.com' } });
  expect(findings(serviceReference, [ingress, web, out])).toEqual([
    'Ingress i /spec/rules/0/http/paths/1/backend/service/port/name: is no port of Service web, got "grpc"; expected http (80)',
    'Ingress i /spec/rules/1/http/paths/0/backend/service/name: names a Service that is not there, got "none"',
  ]);
});

import { World } from '../../world';
import { relationsOf } from '../relations';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

const object = (apiVersion: string, kind: string, name: string, fields: object = {}, metadata: object = {}): Any => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'ml', ...metadata },
  ...fields,
});
const pod = (name: string, spec: object = {}): Any =>
  object(
    'v1',
    'Pod',
    name,
    { spec: { containers: [{ name: 'main', image: 'busybox:1' }], ...spec } },
    {
      labels: { app: name },
    },
  );

/** `VERB KIND NAMESPACE/NAME POINTER`, with '?' after what is not there. */
function relations(...objects: Any[]): string[] {
  return relationsOf(new World(objects)).map(({ from, verb, to, pointer, detail }) => {
    const other = `${to.kind} ${to.namespace && `${to.namespace}/`}${to.name}${to.object ? '' : '?'}`;
    return [from.metadata.name, verb, other, detail && `(${detail})`, pointer].filter(Boolean).join(' ');
  });
}

test.each([
  ['an object of nothing', {}],
  ['one without a spec', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } }],
  ['one of nulls', { apiVersion: 'v1', kind: 'Pod', metadata: null, spec: null }],
  ['lists that are none', pod('a', { containers: 'x', volumes: 7, imagePullSecrets: {} })],
  ['items that are none', pod('a', { containers: [null, 1], volumes: [null], imagePullSecrets: [null] })],
  ['names that are none', pod('a', { serviceAccountName: 7, priorityClassName: { a: 1 } })],
  [
    'rules that are none',
    object('networking.k8s.io/v1', 'Ingress', 'a', { spec: { rules: [null, { http: 3 }], tls: 'x' } }),
  ],
  [
    'policies of nothing',
    object('networking.k8s.io/v1', 'NetworkPolicy', 'a', { spec: { ingress: 'x', egress: [null] } }),
  ],
  ['owners that are none', object('v1', 'ConfigMap', 'a', {}, { ownerReferences: [null, 'x'] })],
  ['a binding of nobody', object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'a', { subjects: [null] })],
])('reads %s, and leaves the others to be read', (_, hostile) => {
  const found = relations(hostile, pod('b', { serviceAccountName: 'runner' }));
  expect(found).toContain('b runs as ServiceAccount ml/runner? /spec/serviceAccountName');
});

test('a pod takes files and variables from what its volumes and containers name, each of them once', () => {
  const spec = {
    initContainers: [{ name: 'first', image: 'a', envFrom: [{ secretRef: { name: 'keys' } }] }],
    containers: [
      {
        name: 'main',
        image: 'a',
        env: [
          { name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'a', optional: true } } },
          { name: 'B', valueFrom: { configMapKeyRef: { name: 'settings', key: 'b' } } },
        ],
      },
    ],
    volumes: [
      { name: 'code', configMap: { name: 'code' } },
      { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
      { name: 'all', projected: { sources: [{ secret: { name: 'keys' } }] } },
    ],
    imagePullSecrets: [{ name: 'registry' }],
    priorityClassName: 'high',
    resourceClaims: [{ name: 'gpu', resourceClaimTemplateName: 'gpu' }],
  };
  expect(relations(pod('a', spec), object('v1', 'ConfigMap', 'code'))).toEqual([
    'a uses env from Secret ml/keys? /spec/initContainers/0/envFrom/0/secretRef/name',
    'a uses env from ConfigMap ml/settings? /spec/containers/0/env/0/valueFrom/configMapKeyRef/name',
    'a mounts ConfigMap ml/code /spec/volumes/0/configMap/name',
    'a mounts PersistentVolumeClaim ml/data? /spec/volumes/1/persistentVolumeClaim/claimName',
    'a mounts Secret ml/keys? /spec/volumes/2/projected/sources/0/secret/name',
    'a pulls with Secret ml/registry? /spec/imagePullSecrets/0/name',
    'a has priority scheduling.k8s.io/PriorityClass high? /spec/priorityClassName',
    'a claims resource.k8s.io/ResourceClaimTemplate ml/gpu? /spec/resourceClaims/0/resourceClaimTemplateName',
  ]);
});

test('what selects pods is related to those of its namespace; the pods of a Job have its name', () => {
  const job = object('batch/v1', 'Job', 'train', { spec: { template: { spec: { containers: [] } } } });
  const service = (name: string, selector?: object, metadata: object = {}) =>
    object('v1', 'Service', name, { spec: selector && { selector } }, metadata);
  expect(
    relations(
      pod('web'),
      job,
      service('web', { app: 'web' }),
      service('train', { 'batch.kubernetes.io/job-name': 'train' }),
      service('elsewhere', { app: 'web' }, { namespace: 'other' }),
      service('none'),
      object('policy/v1', 'PodDisruptionBudget', 'all', { spec: { selector: {} } }),
    ),
  ).toEqual([
    'web selects Pod ml/web /spec/selector',
    'train selects batch/Job ml/train /spec/selector',
    'all selects Pod ml/web /spec/selector',
    'all selects batch/Job ml/train /spec/selector',
  ]);
});

test('a policy selects pods, and allows workloads, addresses and anyone by port', () => {
  const spec = {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [{ podSelector: { matchLabels: { app: 'client' } } }],
        ports: [{ port: 8080 }, { protocol: 'UDP', port: 1, endPort: 9 }],
      },
    ],
    egress: [
      { to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] },
      {},
      { to: [{ namespaceSelector: { matchLabels: { team: 'b' } } }] },
    ],
  };
  const other = { ...pod('db'), metadata: { name: 'db', namespace: 'b' } };
  expect(
    relations(
      pod('web'),
      pod('client'),
      other,
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'b', labels: { team: 'b' } } },
      object('networking.k8s.io/v1', 'NetworkPolicy', 'rule', { spec }),
    ),
  ).toEqual([
    'rule selects Pod ml/web /spec/podSelector',
    'rule allows from Pod ml/client (TCP 8080, UDP 1-9) /spec/ingress/0/from/0',
    'rule allows to Address 10.0.0.0/8? (all ports) /spec/egress/0/to/0',
    'rule allows to Address anyone? (all ports) /spec/egress/1',
    'rule allows to Pod b/db (all ports) /spec/egress/2/to/0',
  ]);
});

test('other kinds say by name what they scale, route to, claim, grant and make', () => {
  expect(
    relations(
      object('autoscaling/v2', 'HorizontalPodAutoscaler', 'hpa', {
        spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
      }),
      object('networking.k8s.io/v1', 'Ingress', 'in', {
        spec: {
          ingressClassName: 'nginx',
          tls: [{ secretName: 'cert' }],
          rules: [
            { http: { paths: [{ backend: { service: { name: 'web' } } }, { backend: { service: { name: 'web' } } }] } },
          ],
        },
      }),
      object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'route', {
        spec: { parentRefs: [{ name: 'edge', namespace: 'infra' }], rules: [{ backendRefs: [{ name: 'web' }] }] },
      }),
      object('v1', 'PersistentVolumeClaim', 'data', { spec: { storageClassName: 'fast', volumeName: 'pv-1' } }),
      object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'may', {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'read' },
        subjects: [
          { kind: 'ServiceAccount', name: 'runner' },
          { kind: 'Group', name: 'team' },
        ],
      }),
      object('bitnami.com/v1alpha1', 'SealedSecret', 'sealed', { spec: {} }),
      object('batch/v1', 'Job', 'queued', {}, { labels: { 'kueue.x-k8s.io/queue-name': 'gpus' } }),
    ),
  ).toEqual([
    'hpa scales apps/Deployment ml/web? /spec/scaleTargetRef/name',
    'in serves TLS of Secret ml/cert? /spec/tls/0/secretName',
    'in routes to Service ml/web? /spec/rules/0/http/paths/0/backend/service/name',
    'in attaches to networking.k8s.io/IngressClass nginx? /spec/ingressClassName',
    'route attaches to gateway.networking.k8s.io/Gateway infra/edge? /spec/parentRefs/0/name',
    'route routes to Service ml/web? /spec/rules/0/backendRefs/0/name',
    'data provisioned by storage.k8s.io/StorageClass fast? /spec/storageClassName',
    'data claims PersistentVolume pv-1? /spec/volumeName',
    'may grants rbac.authorization.k8s.io/Role ml/read? /roleRef/name',
    'may binds ServiceAccount ml/runner? /subjects/0/name',
    'may binds Group team? /subjects/1/name',
    'sealed makes Secret ml/sealed? /spec',
    'queued queues in kueue.x-k8s.io/LocalQueue ml/gpus? /metadata/labels/kueue.x-k8s.io~1queue-name',
  ]);
});

test('an owner owns what names it', () => {
  const owned = object(
    'v1',
    'Pod',
    'worker',
    {},
    { ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'train' }] },
  );
  expect(relations(owned, object('batch/v1', 'Job', 'train'))).toEqual([
    'train owns Pod ml/worker /metadata/ownerReferences/0',
  ]);
});

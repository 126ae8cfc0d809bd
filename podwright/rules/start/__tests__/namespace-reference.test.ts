import { findings } from '../../__tests__/support';
import { checkAll } from '../../families';
import { sample, samplePod } from '../../samples';
import { namespaceReference } from '../namespace-reference';

const space = (name: string, metadata: object = {}) => sample('v1', 'Namespace', name, {}, metadata);
const pod = (namespace: string, name = 'a') => samplePod(name, {}, {}, { namespace });

/** `SEVERITY FIX` of what is found. */
function ways(...objects: object[]): string[] {
  return checkAll(objects, { families: [], rules: [namespaceReference] }).map(
    ({ severity, fix }) => `${severity}: ${fix}`,
  );
}

test('a program that makes no Namespace deploys into those of others', () => {
  expect(findings(namespaceReference, [pod('vision'), pod('visoin')])).toEqual([]);
});

test('objects without a namespace, and those of the namespaces that each cluster has, are where they are', () => {
  const own = ['default', 'kube-system', 'kube-public', 'kube-node-lease'].map((name) => pod(name));
  expect(findings(namespaceReference, [space('a'), samplePod('a'), pod(''), pod('a'), ...own])).toEqual([]);
});

test('a slip in the name of one that is there is an error, which names that one', () => {
  expect(findings(namespaceReference, [space('vision'), pod('visoin')])).toEqual([
    'Pod a /metadata/namespace: names a Namespace that is not there, got "visoin"',
  ]);
  const declare = (name: string) =>
    `Add it, or declare that others make it: externals: [{ kind: 'Namespace', name: '${name}' }]`;
  expect(ways(space('vision'), pod('visoin'))).toEqual([`error: Did you mean "vision"? ${declare('visoin')}`]);
  expect(ways(space('vision'), pod('kube-sytem'))).toEqual([
    `error: Did you mean "kube-system"? ${declare('kube-sytem')}`,
  ]);
  expect(ways(space('vision'), pod('monitoring'))).toEqual([`warning: ${declare('monitoring')}`]);
});

test.each([
  ['team-a', 'team-b'],
  ['team1', 'team2'],
  ['shop-prod', 'shop-prev'],
  ['eu-vision', 'us-vision'],
  ['team-search', 'team-speech'],
  ['team-search', 'team-march'],
])('%s and %s may both be meant: a warning', (there, name) => {
  expect(ways(space(there), pod(name))).toEqual([
    `warning: Did you mean "${there}"? Add it, or declare that others make it: externals: [{ kind: 'Namespace', name: '${name}' }]`,
  ]);
});

test('a namespace is told once, at its first object', () => {
  const objects = [space('vision'), pod('x', 'a'), pod('y', 'b'), pod('x', 'c'), sample('v1', 'ConfigMap', 'd')];
  expect(findings(namespaceReference, objects).map((text) => text.split(' ').slice(0, 2).join(' '))).toEqual([
    'Pod a',
    'Pod b',
  ]);
});

test('what is declared external is there: one by its name, or all', () => {
  const objects = [space('vision'), pod('web')];
  const found = (name?: string) => findings(namespaceReference, objects, { externals: [{ kind: 'Namespace', name }] });
  expect([found('web'), found(), found('other').length]).toEqual([[], [], 1]);
  expect(findings(namespaceReference, objects, { complete: false })).toEqual([]);
});

test('kinds that are in no namespace are not looked at, nor those of which it is not known', () => {
  const lost = { namespace: 'lost' };
  const crd = (scope: string) =>
    sample('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'queues.example.com', {
      spec: {
        group: 'example.com',
        names: { kind: 'Queue', plural: 'queues' },
        scope,
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
      },
    });
  const role = sample('rbac.authorization.k8s.io/v1', 'ClusterRole', 'reader', { rules: [] }, lost);
  const queue = sample('example.com/v1', 'Queue', 'q', {}, lost);
  // A Namespace of a chart that has a namespace says one, too.
  expect(findings(namespaceReference, [space('vision', lost), pod('vision'), role, queue])).toEqual([]);
  expect(findings(namespaceReference, [space('vision'), crd('Cluster'), queue])).toEqual([]);
  expect(findings(namespaceReference, [space('vision'), crd('Namespaced'), queue])).toEqual([
    'Queue q /metadata/namespace: names a Namespace that is not there, got "lost"',
  ]);
});

test.each([['hnc.x-k8s.io/v1alpha2', 'SubnamespaceAnchor'] as const, ['project.openshift.io/v1', 'Project'] as const])(
  'an object of %s makes a namespace of its name',
  (apiVersion, kind) => {
    expect(findings(namespaceReference, [space('vision'), sample(apiVersion, kind, 'web'), pod('web')])).toEqual([]);
  },
);

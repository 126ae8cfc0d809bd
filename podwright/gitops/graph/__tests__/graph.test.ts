import { App, Chart } from 'cdk8s';
import { stringify } from 'yaml';
import { Pod } from '../../../constructs/pod';
import type { Graph } from '../../../report/graph/graph';
import { compare } from '../../diff/compare';
import { Side } from '../../diff/side';
import { graphOf } from '../graph';
import type { PlacedObject } from '../nodes';
import { placedOf } from '../program';
import { constructTree } from '../tree';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Any = any;

const configMap = (name: string, data: object = {}): Any => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'ml' },
  data,
});
const pod = (name: string, uses: string): Any => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'ml' },
  spec: { containers: [{ name: 'main', image: 'busybox:1', envFrom: [{ configMapRef: { name: uses } }] }] },
});
const placed = (object: Any, more: Partial<PlacedObject> = {}): PlacedObject => ({
  object,
  file: 'a.yaml',
  line: 1,
  ...more,
});

const lines = ({ edges }: Graph) =>
  edges.map(({ from, verb, to, change }) => [from, verb, to, change].filter(Boolean).join(' '));

test('two objects of one identity are two nodes, and what is only named is one that is absent', () => {
  const { nodes, edges } = graphOf({
    label: 'a',
    objects: [placed(configMap('a')), placed(configMap('a')), placed(pod('b', 'gone'))],
  });
  expect(nodes.map(({ id, absent }) => [id, absent])).toEqual([
    ['ConfigMap ml/a', undefined],
    ['ConfigMap ml/a #2', undefined],
    ['Pod ml/b', undefined],
    ['ConfigMap ml/gone', 'named'],
  ]);
  expect(edges).toEqual([
    {
      from: 'Pod ml/b',
      to: 'ConfigMap ml/gone',
      verb: 'uses env from',
      pointer: '/spec/containers/0/envFrom/0/configMapRef/name',
    },
  ]);
});

test('objects of two environments are of two clusters', () => {
  const objects = ['laptop', 'prod'].flatMap((environment) => [
    placed(configMap('a'), { environment }),
    placed(pod('b', 'a'), { environment }),
  ]);
  expect(lines(graphOf({ label: 'a', objects }))).toEqual([
    'laptop: Pod ml/b uses env from laptop: ConfigMap ml/a',
    'prod: Pod ml/b uses env from prod: ConfigMap ml/a',
  ]);
});

test('findings are at their objects: by construct, by file, by identity; what is at none is at the whole', () => {
  const finding = (more: object) => ({
    ruleId: 'api/x',
    severity: 'error' as const,
    pointer: '',
    message: 'm',
    ...more,
  });
  const object = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'ml', name: 'a' };
  const graph = graphOf({
    label: 'a',
    objects: [
      placed(configMap('a'), { environment: 'x', constructPath: 'x/a' }),
      placed(configMap('a'), { file: 'b.yaml', environment: 'y' }),
    ],
    findings: [
      finding({ object, constructPath: 'x/a', message: 'construct' }),
      finding({ object, file: 'b.yaml', message: 'file' }),
      finding({ constructPath: 'x/a', message: 'no object' }),
      finding({ message: 'nowhere' }),
    ],
  });
  expect(graph.nodes.map(({ findings }) => findings.map(({ message }) => message))).toEqual([
    ['construct', 'no object'],
    ['file'],
  ]);
  expect(graph.findings.map(({ message }) => message)).toEqual(['nowhere']);
});

test('what changes is at its object, and what goes is drawn with its relations', () => {
  const side = (label: string, ...objects: Any[]) =>
    new Side({ label, files: new Map([['a.yaml', objects.map((object) => stringify(object)).join('---\n')]]) });
  const before = side('then', configMap('old'), configMap('kept', { a: '1' }), pod('b', 'old'));
  const after = side('now', configMap('kept', { a: '2' }), pod('b', 'kept'));
  const graph = graphOf({
    label: 'a',
    objects: placedOf(after),
    diff: { report: compare(before, after), before: placedOf(before) },
  });
  expect(graph.nodes.map(({ id, change, absent }) => [id, change?.effect, absent])).toEqual([
    ['ConfigMap ml/kept', 'until-restart', undefined],
    ['Pod ml/b', 'refused', undefined],
    ['ConfigMap ml/old', 'gone', 'gone'],
  ]);
  expect(lines(graph)).toEqual([
    'Pod ml/b uses env from ConfigMap ml/kept new',
    'Pod ml/b uses env from ConfigMap ml/old gone',
  ]);
  expect(graph.diff).toEqual({ before: 'then', after: 'now', notes: [] });
});

test('a program is held by its constructs, with their classes; manifests are by their files', () => {
  const app = new App();
  const chart = new Chart(app, 'web');
  class Counter extends Pod {}
  const counter = new Counter(chart, 'counter', { containers: [{ name: 'main', image: 'busybox:1' }] });
  const objects = [placed(chart.toJson()[0], { constructPath: counter.node.path })];
  const { tree } = graphOf({ label: 'a', objects, tree: (idsOf) => constructTree(app, idsOf) });
  expect(tree).toEqual({
    label: 'App',
    path: '',
    type: 'App',
    objects: [],
    children: [
      {
        label: 'web',
        path: 'web',
        type: 'Chart',
        objects: [],
        children: [{ label: 'counter', path: 'web/counter', type: 'Counter', objects: ['Pod counter'], children: [] }],
      },
    ],
  });
  const files = graphOf({
    label: 'a',
    objects: ['k8s/prod/a.yaml', 'k8s/prod/b.yaml'].map((file) => placed(configMap(file), { file })),
  });
  expect(files.tree.children).toEqual([
    {
      label: 'k8s/prod',
      path: 'k8s/prod',
      objects: [],
      children: [
        { label: 'a.yaml', path: 'k8s/prod/a.yaml', objects: ['ConfigMap ml/k8s/prod/a.yaml'], children: [] },
        { label: 'b.yaml', path: 'k8s/prod/b.yaml', objects: ['ConfigMap ml/k8s/prod/b.yaml'], children: [] },
      ],
    },
  ]);
});

test('an object is told in a few words, whatever it holds', () => {
  const facts = (object: Any) => graphOf({ label: 'a', objects: [placed(object)] }).nodes[0]?.facts;
  const of = (kind: string, spec: unknown) => facts({ apiVersion: 'v1', kind, metadata: { name: 'a' }, spec });
  expect(of('Deployment', { replicas: 1 })).toEqual(['1 replica']);
  expect(of('Service', { ports: [{ port: 80 }, { port: 53, protocol: 'UDP' }] })).toEqual(['80, 53/UDP']);
  expect(of('HorizontalPodAutoscaler', { maxReplicas: 4 })).toEqual(['1 to 4 replicas']);
  expect(of('Service', { ports: 'x' })).toBeUndefined();
  expect(of('CronJob', null)).toBeUndefined();
  expect(of('Pod', { containers: [{ image: 'a' }, { image: 7 }, null] })).toEqual(['a']);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { App } from 'podwright';
import { HttpRoute } from '../../imports/gateway-api';
import { KubePod, type PodSpec } from '../../imports/k8s';
import { ClusterQueue, ClusterQueueV1Beta1, LocalQueue } from '../../imports/kueue';
import { LeaderWorkerSet } from '../../imports/lws';
import { readKeptCrds } from '../../podwright/api/crds';
import { compare } from '../../podwright/import/__tests__/lost-fields';
import { readTypes } from '../../podwright/import/__tests__/type-reader';
import { filesIn, isCurrent, readImport } from '../../podwright/import/folder';
import { remake } from '../../podwright/import/imports';

const folder = join(__dirname, '..', '..', 'imports');

const PROJECTS = [
  'argo-cd',
  'flux',
  'gateway-api',
  'inference-extension',
  'jobset',
  'keda',
  'kserve',
  'kuberay',
  'kueue',
  'lws',
  'trainer',
];

test('every project has its types and its definitions', () => {
  const names = PROJECTS.flatMap((project) => [`${project}.crds.jsonl`, `${project}.ts`]);
  expect(
    readdirSync(folder)
      .filter((file) => file !== 'README.md')
      .sort(),
  ).toEqual([...names, 'k8s.ts'].sort());
});

test('every import is what the toolkit makes today', () => {
  const { files, problems } = remake(filesIn(folder), (name) => readImport(folder, name));
  expect(problems).toEqual([]);
  expect(files.filter((file) => !isCurrent(folder, file)).map(({ name }) => name)).toEqual([]);
  expect(files).toHaveLength(23);
});

/** What the types of a project lack of its definitions, and how many classes and properties were compared. */
function lostOf(project: string, code: string) {
  const types = readTypes(code);
  const { crds } = readKeptCrds(readFileSync(join(folder, `${project}.crds.jsonl`), 'utf8'));
  const lost: string[] = [];
  let properties = 0;
  const versions = crds.flatMap((crd) =>
    crd.versions.map((version) => ({ ...crd, ...version, schema: version.schema })),
  );
  for (const { group, kind, name, schema } of versions) {
    const found = types.classes.get(`${group}/${name} ${kind}`) ?? '';
    const compared = compare(schema, types.props.get(found) ?? '', types, ['apiVersion', 'kind', 'metadata']);
    properties += compared.properties;
    lost.push(...compared.lost.map((path) => `${kind} ${name}: ${path}`));
  }
  return { lost, properties, classes: types.classes.size, versions: versions.length };
}

function typesOf(project: string): string {
  return readFileSync(join(folder, `${project}.ts`), 'utf8');
}

test.each(PROJECTS)('%s: the types keep every property of every served version', (project) => {
  const { lost, properties, classes, versions } = lostOf(project, typesOf(project));
  expect(lost).toEqual([]);
  expect(classes).toBe(versions);
  expect(properties).toBeGreaterThan(25);
});

test('a lost property, a changed type and a lost class are found', () => {
  const types = typesOf('inference-extension');
  const without = (line: string) => {
    expect(types).toContain(line);
    return lostOf('inference-extension', types.replace(line, '')).lost;
  };
  expect(without("  readonly failureMode?: 'FailOpen' | 'FailClose';\n")).toEqual([
    'InferencePool v1: .spec.endpointPickerRef.failureMode: not in InferencePoolSpecEndpointPickerRef',
  ]);
  expect(without('export class InferencePool')).toContain('InferencePool v1: .spec: not in ');
});

test('the classes yield the objects that they were given', () => {
  const chart = new Chart(new App(), 'chart', { namespace: 'ml', labels: { team: 'ml' } });
  new ClusterQueue(chart, 'gpus', {
    spec: {
      cohortName: 'all',
      namespaceSelector: {},
      resourceGroups: [{ coveredResources: ['nvidia.com/gpu'], flavors: [] }],
    },
  });
  new ClusterQueueV1Beta1(chart, 'old', { spec: { cohort: 'all' } });
  new LocalQueue(chart, 'mine', { spec: { clusterQueue: 'gpus' } });
  new HttpRoute(chart, 'route', { spec: { rules: [{ backendRefs: [{ name: 'server', port: 80 }] }] } });
  const cluster = { labels: { team: 'ml' } };
  const namespaced = { ...cluster, namespace: 'ml' };
  expect(Testing.synth(chart)).toEqual([
    {
      apiVersion: 'kueue.x-k8s.io/v1beta2',
      kind: 'ClusterQueue',
      metadata: { ...cluster, name: 'gpus' },
      spec: {
        cohortName: 'all',
        namespaceSelector: {},
        resourceGroups: [{ coveredResources: ['nvidia.com/gpu'], flavors: [] }],
      },
    },
    {
      apiVersion: 'kueue.x-k8s.io/v1beta1',
      kind: 'ClusterQueue',
      metadata: { ...cluster, name: 'old' },
      spec: { cohort: 'all' },
    },
    {
      apiVersion: 'kueue.x-k8s.io/v1beta2',
      kind: 'LocalQueue',
      metadata: { ...namespaced, name: 'mine' },
      spec: { clusterQueue: 'gpus' },
    },
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { ...namespaced, name: 'route' },
      spec: { rules: [{ backendRefs: [{ name: 'server', port: 80 }] }] },
    },
  ]);
});

test("a pod of the API's own types fits where a custom resource takes a pod", () => {
  const spec: PodSpec = { containers: [{ name: 'worker', image: 'python:3.13', ports: [{ containerPort: 80 }] }] };
  const chart = new Chart(new App(), 'chart');
  new KubePod(chart, 'pod', { spec });
  new LeaderWorkerSet(chart, 'set', { spec: { leaderWorkerTemplate: { size: 2, workerTemplate: { spec } } } });
  expect(Testing.synth(chart).map((object) => object.spec)).toEqual([
    spec,
    { leaderWorkerTemplate: { size: 2, workerTemplate: { spec } } },
  ]);
});

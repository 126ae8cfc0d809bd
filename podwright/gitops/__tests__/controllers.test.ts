import { stringify } from 'yaml';
import { controllersIn, mostClose } from '../controllers';

const flux = (name: string, spec: object = {}) => ({
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name, namespace: 'flux-system' },
  spec,
});
const argo = (name: string, spec: object) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name },
  spec,
});
const files = (objects: Record<string, object>) =>
  new Map(Object.entries(objects).map(([file, object]) => [file, stringify(object)]));

test('reads nothing of what is no controller, and of files that are no manifests', () => {
  const others = files({ 'clusters/values.yaml': { replicas: 1 }, 'clusters/list.yaml': [1], 'clusters/a.yaml': {} });
  expect(controllersIn(others)).toEqual([]);
  expect(controllersIn(files({ 'clusters/a.yaml': argo('a', { source: { chart: 'redis' } }) }))).toEqual([]);
  expect(controllersIn(new Map([['clusters/kustomization.yaml', '{ broken']]))).toEqual([]);
});

test('reads what Flux and Argo CD follow, from the folder of the call', () => {
  const told = files({
    'clusters/apps.yaml': flux('apps', { path: './app/dist/apps/' }),
    'clusters/all.yaml': flux('all'),
    'clusters/argo.yaml': argo('jobs', { sources: [{ path: 'app/dist/jobs' }, { chart: 'redis' }] }),
  });
  expect(controllersIn(told, 'app')).toEqual([
    { name: 'Kustomization flux-system/apps', paths: ['dist/apps'] },
    { name: 'Kustomization flux-system/all', paths: [''] },
    { name: 'Application jobs', paths: ['dist/jobs'] },
  ]);
});

test('follows the list of a kustomization.yaml, also to another, and not in a circle', () => {
  const told = files({
    'clusters/jobs.yaml': flux('jobs', { path: 'clusters/jobs' }),
    'clusters/jobs/kustomization.yaml': { resources: ['../../dist/train.k8s.yaml', '../more', 'https://a.example/b'] },
    'clusters/more/kustomization.yaml': { resources: ['../../dist/more', '../jobs'] },
  });
  expect(controllersIn(told)).toEqual([
    { name: 'Kustomization flux-system/jobs', paths: ['dist/train.k8s.yaml', 'dist/more'] },
  ]);
});

test('a file is followed by what names it, else by that of the innermost folder', () => {
  const controllers = [
    { name: 'all', paths: [''] },
    { name: 'dist', paths: ['dist'] },
    { name: 'file', paths: ['dist/a.yaml'] },
  ];
  const found = ['dist/a.yaml', 'dist/a.yaml.old', 'distant/a.yaml'].map((file) => mostClose(controllers, file)?.name);
  expect(found).toEqual(['file', 'dist', 'all']);
  expect(mostClose([], 'a.yaml')).toBeUndefined();
});

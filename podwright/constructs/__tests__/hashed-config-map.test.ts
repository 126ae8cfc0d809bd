import { HashedConfigMap, type HashedConfigMapProps } from '../hashed-config-map';
import { faultsOf, objectOf } from './support';

const configMap = (props: HashedConfigMapProps) => objectOf((chart) => new HashedConfigMap(chart, 'settings', props));
const name = (props: HashedConfigMapProps) => configMap(props).metadata.name;
const data = { 'app.ini': 'threads = 4' };

test("carries its content's hash in its name, and is kept for the pods of the last rollout", () => {
  expect(configMap({ data })).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'settings-a75929d3',
      annotations: {
        'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
      },
    },
    data,
    immutable: true,
  });
});

test('the name changes with the content, and with nothing else', () => {
  const same = [{ data: { ...data } }, { data, metadata: { labels: { a: 'b' } } }, { data, defaults: 'none' }] as const;
  const other = [{ data: { a: 'b', ...data } }, { data: { 'app.ini': '' } }, { binaryData: { 'app.ini': 'AAAA' } }, {}];
  expect(same.map(name)).toEqual(same.map(() => name({ data })));
  expect(new Set([...other.map(name), name({ data })]).size).toBe(other.length + 1);
  expect(name({ data: { a: '1', b: '2' } })).toBe(name({ data: { b: '2', a: '1' } }));
});

test('the name is known at once', () => {
  let known = '';
  const object = objectOf((chart) => {
    known = new HashedConfigMap(chart, 'settings', { data, metadata: { name: 'other' } }).name;
  });
  expect(known).toMatch(/^other-[0-9a-f]{8}$/);
  expect(object.metadata.name).toBe(known);
});

test('what a caller passed changes nothing later', () => {
  const data: Record<string, string> = { a: '1' };
  const object = objectOf((chart) => {
    new HashedConfigMap(chart, 'settings', { data });
    data.a = '2';
  });
  expect(object.data).toEqual({ a: '1' });
});

test('each default can be left out, and all at once', () => {
  expect(configMap({ data, defaults: { immutable: false } }).immutable).toBeUndefined();
  expect(configMap({ data, defaults: { keep: false } }).metadata).toEqual({ name: 'settings-a75929d3' });
  expect(configMap({ data, defaults: 'none' })).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings-a75929d3' },
    data,
  });
});

test('fails on what is no text, since it would not be part of the name, and on a name that only the API server knows', () => {
  const data = { a: 1 } as unknown as Record<string, string>;
  expect(faultsOf((chart) => new HashedConfigMap(chart, 'a', { data, metadata: { generateName: 'b-' } }))).toEqual([
    'test/a: metadata.generateName: has no place for the hash, got "b-"; expected metadata.name',
    `test/a: data['a']: must be text, got 1; expected a string`,
  ]);
});

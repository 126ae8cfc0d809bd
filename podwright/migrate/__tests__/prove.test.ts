import { compare } from '../prove';

const configMap = (name: string, data: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});
const pod = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a' },
  spec: { containers: [{ name: 'main', image: 'busybox:1' }], ...spec },
});

test('lists each value that is other, each object that is missing, and each that was not there', () => {
  const before = [configMap('a', { one: '1', two: '2' }), configMap('b'), pod({ tolerations: [{ key: 'x' }] })];
  const after = [configMap('a', { one: '1', two: '3' }), configMap('c'), pod({ tolerations: [] })];
  expect(compare(before, after)).toEqual({
    equal: 0,
    byDefaults: 0,
    differences: [
      { name: 'ConfigMap a', pointer: '/data/two', before: '2', after: '3' },
      { name: 'ConfigMap b', pointer: '', before: before[1] },
      { name: 'Pod a', pointer: '/spec/tolerations', before: [{ key: 'x' }] },
      { name: 'ConfigMap c', pointer: '', after: after[1] },
    ].map((difference) => expect.objectContaining(difference)),
  });
});

test('takes for equal what the API server takes for equal, and says so', () => {
  expect(compare([pod({})], [pod({ restartPolicy: 'Always', volumes: [] })])).toEqual({
    equal: 1,
    byDefaults: 1,
    differences: [],
  });
  expect(compare([pod({})], [pod({ restartPolicy: 'Never' })]).differences).toMatchObject([
    { name: 'Pod a', pointer: '/spec/restartPolicy', before: 'Always', after: 'Never' },
  ]);
});

test('finds the like of objects whose names the server gives, in any order', () => {
  const named = (a: string) => ({ ...configMap('', { a }), metadata: { generateName: 'a-' } });
  expect(compare([named('1'), named('2')], [named('2'), named('1')]).equal).toBe(2);
  expect(compare([named('1'), named('1')], [named('1')]).differences).toMatchObject([{ name: 'ConfigMap a-*' }]);
});

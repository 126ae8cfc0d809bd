import { newestFirst } from '../version-order';

function order(...names: string[]): string[] {
  return newestFirst(names.map((name) => ({ name }))).map(({ name }) => name);
}

test('orders versions as the API server does', () => {
  // The example of the Kubernetes documentation.
  const sorted = ['v10', 'v2', 'v1', 'v11beta2', 'v10beta3', 'v3beta1', 'v12alpha1', 'v11alpha2', 'foo1', 'foo10'];
  expect(order(...[...sorted].reverse())).toEqual(sorted);
  expect(order()).toEqual([]);
});

test('puts deprecated versions last', () => {
  const versions = [{ name: 'v1', deprecated: true }, { name: 'v1beta1' }, { name: 'v1alpha1', deprecated: true }];
  expect(newestFirst(versions).map(({ name }) => name)).toEqual(['v1beta1', 'v1', 'v1alpha1']);
});

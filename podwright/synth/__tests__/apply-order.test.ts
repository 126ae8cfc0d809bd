import { applyOrder } from '../apply-order';

/** The names in the order in which kubectl meets them, given as 'earlier < later'. */
function names(paths: readonly string[], ...orders: string[]): readonly string[] {
  const precedences = orders.map((order) => {
    const [earlier = '', later = ''] = order.split(' < ');
    return { earlier, later };
  });
  const { renamed, impossible } = applyOrder(paths, precedences);
  return [...renamed.values()].sort().concat(impossible.map(({ earlier, later }) => `not ${earlier} < ${later}`));
}

test('changes nothing where the names are in order', () => {
  expect(names(['a', 'b', 'c'], 'a < b', 'a < c')).toEqual(['a', 'b', 'c']);
  expect(names(['web/db', 'web.k8s.yaml'], 'web/db < web.k8s.yaml')).toEqual(['web.k8s.yaml', 'web/db']);
});

test('puts what is needed before what needs it, and changes no other name', () => {
  expect(names(['counter', 'team', 'web'], 'team < counter', 'team < web')).toEqual(['0-team', 'counter', 'web']);
});

test('follows a chain of needs', () => {
  expect(names(['a', 'b', 'c'], 'c < b', 'b < a')).toEqual(['0-0-c', '0-b', 'a']);
  expect(names(['a', 'b', 'c'], 'b < a', 'c < b')).toEqual(['0-0-c', '0-b', 'a']);
});

test('renames the folder where the two part', () => {
  expect(names(['x/a', 'y/b', 'y/c'], 'y/b < x/a')).toEqual(['0-y/b', '0-y/c', 'x/a']);
  expect(names(['x/b', 'x/a'], 'x/b < x/a')).toEqual(['x/0-b', 'x/a']);
});

test('says what no names can bring about, and orders the rest', () => {
  expect(names(['a', 'b', 'c', 'd'], 'a < b', 'b < a', 'd < c')).toEqual([
    '0-d',
    'a',
    'b',
    'c',
    expect.stringMatching(/^not [ab] < [ab]$/),
  ]);
  expect(names(['a'], 'a < a')).toEqual(['a']);
});

test('precedes names that begin with digits', () => {
  expect(names(['0.y', '0-x', '00.y', 'z'], 'z < 0.y', 'z < 0-x', 'z < 00.y')).toEqual(['0-0-z', '0-x', '0.y', '00.y']);
});

test('orders thousands of files that need one', () => {
  const paths = Array.from({ length: 3000 }, (_, index) => `chart-${index}`);
  const renamed = names([...paths, 'team'], ...paths.map((path) => `team < ${path}`));
  expect(renamed).toEqual(['0-team', ...paths.sort()]);
});

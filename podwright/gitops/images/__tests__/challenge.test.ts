import { parseChallenges } from '../challenge';

const read = (header: string) =>
  parseChallenges(header).map(({ scheme, parameters }) => ({ scheme, ...Object.fromEntries(parameters) }));

test('nothing is read of what is no challenge', () => {
  expect(read('')).toEqual([]);
  expect(read(' ,, "" ==')).toEqual([]);
});

test('parameters are quoted or not, and hold commas and quotes', () => {
  expect(read('Bearer realm="https://a.example/t?x=1,2",service=a , scope="repository:a/b:pull,push"')).toEqual([
    { scheme: 'bearer', realm: 'https://a.example/t?x=1,2', service: 'a', scope: 'repository:a/b:pull,push' },
  ]);
  expect(read('BASIC Realm="say \\"it\\""')).toEqual([{ scheme: 'basic', realm: 'say "it"' }]);
});

test('several challenges may be in one header', () => {
  expect(read('Negotiate, Basic realm="a", Bearer realm="b"')).toEqual([
    { scheme: 'negotiate' },
    { scheme: 'basic', realm: 'a' },
    { scheme: 'bearer', realm: 'b' },
  ]);
});

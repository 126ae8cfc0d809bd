import { findings } from '../../__tests__/support';
import { samplePod } from '../../samples';
import { variableOrder } from '../variable-order';

const of = (env: unknown, more: object = {}) => findings(variableOrder, [samplePod('a', { env, ...more })]);
const AT = 'Pod a /spec/containers/0/env';

test('variables that cannot be read refer to nothing', () => {
  expect(of([null, {}, { value: '$(A)' }, { name: 'A', value: 7 }, { name: null, value: '$(' }])).toEqual([]);
  expect(of({ a: '$(A)' })).toEqual([]);
});

test('a reference to what is defined later is told once a name, also to one that is not a plain value', () => {
  const env = [
    { name: 'URL', value: '$(HOST) $(HOST):$(PORT)' },
    { name: 'HOST', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
    { name: 'PORT', value: '1' },
  ];
  const rest = (name: string) =>
    `refers to ${name}, which is defined after it, got "$(HOST) $(HOST):$(PORT)"; expected it before`;
  expect(of(env)).toEqual([`${AT}/0/value: ${rest('HOST')}`, `${AT}/0/value: ${rest('PORT')}`]);
});

test.each([
  ['an escape', '$$(B)'],
  ['a dollar before a reference to nobody', '$$$(C)'],
  ['itself', '$(A)'],
  ['a name that is nowhere', '$(C)'],
  ["a shell's", '$B'],
])('%s is no reference to what comes later', (_, value) => {
  expect(
    of([
      { name: 'A', value },
      { name: 'B', value: 'b' },
    ]),
  ).toEqual([]);
});

test('a dollar that is escaped may have a reference after it', () => {
  expect(
    of([
      { name: 'A', value: '$$$(B)' },
      { name: 'B', value: 'b' },
    ]),
  ).toHaveLength(1);
});

test('what may be there before is not told', () => {
  const twice = [
    { name: 'B', value: '1' },
    { name: 'A', value: '$(B)' },
    { name: 'B', value: '2' },
  ];
  expect(of(twice)).toEqual([]);
  const later = [
    { name: 'A', value: '$(B) $(WEB_SERVICE_HOST)' },
    { name: 'WEB_SERVICE_HOST', value: 'x' },
  ];
  expect(of(later)).toEqual([]);
  const from = [
    { name: 'A', value: '$(B)' },
    { name: 'B', value: 'b' },
  ];
  expect(of(from, { envFrom: [{ configMapRef: { name: 'c' } }] })).toEqual([]);
});

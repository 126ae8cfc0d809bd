import type { Observation } from '../observe';
import { ABSENT, observed, sameIn } from '../observed';
import type { Target } from '../target';

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
type Values = readonly (readonly [path: string, order: number | undefined, value: any])[];

function run(values: Values): Observation {
  const objects = values.map(([path, order, value]) => ({ path, order, value }));
  return { findings: [], objects, constructs: objects };
}
const target = (path: string, order: number, steps: readonly string[] = ['a'], kind: Target['kind'] = 'value') =>
  ({ kind, path, order, steps, value: 1, ruleId: 'x' }) satisfies Target;

test.each([
  ['nothing', undefined],
  ['null', null],
  ['text', 'a'],
  ['a list', []],
  ['an object without the field', { b: 1 }],
])('a field of %s is absent, and no error', (_, value) => {
  const observation = run([['web', 0, value]]);
  expect(observed(target('web', 0, ['a', 'b']), observation, observation)).toBe(ABSENT);
  expect(observed(target('web', 0, ['a', 'b'], 'key'), observation, observation)).toBe('');
});

test('a construct is the one of its path, whatever number it has now', () => {
  const baseline = run([
    ['dev/web', 0, { a: 1 }],
    ['prod/web', 1, { a: 2 }],
  ]);
  const more = run([
    ['dev/web', 0, { a: 1 }],
    ['dev/more', 1, { a: 3 }],
    ['prod/web', 2, { a: 4 }],
  ]);
  expect(observed(target('prod/web', 1), more, baseline)).toBe('4');
});

test('a construct that is renamed is the one of its number', () => {
  const baseline = run([['web', 0, { a: 1 }]]);
  expect(observed(target('web', 0), run([['webxaax', 0, { a: 5 }]]), baseline)).toBe('5');
});

test('a construct that is gone is none, also where its number is that of another', () => {
  const baseline = run([
    ['a', 0, { a: 1 }],
    ['b', 1, { a: 2 }],
  ]);
  expect(observed(target('a', 0), run([['b', 0, { a: 2 }]]), baseline)).toBeUndefined();
  expect(observed(target('a', 0), run([]), baseline)).toBeUndefined();
});

test('of several Apps with one path each it is the one that was made next to it', () => {
  const apps = run([
    ['web', undefined, { a: 0 }],
    ['web', 3, { a: 1 }],
    ['web', 11, { a: 2 }],
  ]);
  expect([2, 9].map((order) => sameIn(target('web', order), apps.objects, apps.objects)?.value.a)).toEqual([1, 2]);
});

test('what is other in a name only by its hash is the same', () => {
  const [before, after, renamed] = ['train-0a1b2c3d', 'train-ffffffff', 'trainxaax-ffffffff'].map((a) =>
    run([['train', 0, { a }]]),
  ) as [Observation, Observation, Observation];
  const of = (observation: Observation) => observed(target('train', 0), observation, before);
  expect([before, after, renamed].map(of)).toEqual(['"train"', '"train"', '"trainxaax"']);
});

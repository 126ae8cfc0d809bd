import { escapeStep, pointerOf, stepsOf, unescapeStep } from '../json-pointer';

test('the whole has no steps', () => {
  expect([pointerOf([]), stepsOf('')]).toEqual(['', []]);
});

test.each([
  [['metadata', 'labels', 'app.kubernetes.io/name'], '/metadata/labels/app.kubernetes.io~1name'],
  [['spec', 'containers', 0], '/spec/containers/0'],
  [['~1', '/', ''], '/~01/~1/'],
])('%j is %s', (steps, pointer) => {
  expect(pointerOf(steps)).toBe(pointer);
  expect(stepsOf(pointer)).toEqual(steps.map(String));
});

test('~01 is ~1, and no slash', () => {
  expect([unescapeStep('~01'), escapeStep('~1')]).toEqual(['~1', '~01']);
});

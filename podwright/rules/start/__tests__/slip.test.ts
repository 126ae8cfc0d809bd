import { isSlip } from '../slip';

test.each([
  ['visoin', 'vision'],
  ['vison', 'vision'],
  ['visionn', 'vision'],
  ['team-visiom', 'team-vision'],
  ['teamvision', 'team-vision'],
  ['edti', 'edit'],
  ['team-pord', 'team-prod'],
  ['Edit', 'edit'],
])('%s is a slip in %s', (name, other) => {
  expect(isSlip(name, other)).toBe(true);
});

test.each([
  ['us-vision', 'eu-vision'],
  ['team-speech', 'team-search'],
  ['team-march', 'team-search'],
  ['secret-writer', 'secret-reader'],
  ['job-reader', 'pod-reader'],
  ['team-a', 'team-b'],
  ['team-ab', 'team-ba'],
  ['vision', 'vision2'],
  ['shop-test', 'shop-text'],
  ['dev', 'dex'],
  ['', 'a'],
])('%j and %j may both be meant', (name, other) => {
  expect([isSlip(name, other), isSlip(other, name)]).toEqual([false, false]);
});

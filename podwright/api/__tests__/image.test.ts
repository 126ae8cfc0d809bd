import { formatImage, isLatest, parseImage } from '../image';

const digest = `sha256:${'0a'.repeat(32)}`;

test.each([
  ['busybox', { repository: 'busybox' }],
  ['busybox:1.37', { repository: 'busybox', tag: '1.37' }],
  [`team/app@${digest}`, { repository: 'team/app', digest }],
  [`127.0.0.1:15000/a/b:c@${digest}`, { registry: '127.0.0.1:15000', repository: 'a/b', tag: 'c', digest }],
  ['localhost/a', { registry: 'localhost', repository: 'a' }],
  ['registry.example/a', { registry: 'registry.example', repository: 'a' }],
  ['[::1]:5000/a', { registry: '[::1]:5000', repository: 'a' }],
  ['a__b/c--d', { repository: 'a__b/c--d' }],
])('reads %s, and writes it again', (text, expected) => {
  const image = parseImage(text);
  expect(image).toEqual(expected);
  expect(image && formatImage(image)).toBe(text);
});

test.each(['', ':', 'a:', 'A', 'a b', 'a//b', '/a', 'a/', 'a@b', 'a@sha256:0', 'reg.io:x/a', 'a:-b', 'a:b:c'])(
  'takes %p for no image',
  (text) => expect(parseImage(text)).toBeUndefined(),
);

test('knows the tag that moves, written or meant', () => {
  expect(['busybox', 'busybox:latest', 'reg.io/a'].map(isLatest)).toEqual([true, true, true]);
  expect(['busybox:1', `busybox@${digest}`, 'No Image', undefined, 7].map(isLatest)).toEqual(Array(5).fill(false));
});

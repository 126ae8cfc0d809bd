import { goRegExp } from '../go-regexp';

function matches(pattern: string, text: string): boolean | string {
  const regExp = goRegExp(pattern);
  return typeof regExp === 'string' ? regExp : regExp.test(text);
}

test.each([
  ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', 'a-b', 'A'],
  ['^(?i)\\.?[a-z_]+$', '.ABC', '1'],
  ['(?i:AB)c', 'abc', 'abC'],
  ['^[[:alpha:]]+$', 'aZ', 'a1'],
  ['^[^[:digit:]]$', 'a', '1'],
  ['^[\\w.-]+$', 'a.b-c', 'a/b'],
  ['^[^\\W_]+$', 'a1', 'a_'],
  ['^\\pL\\p{Greek}$', 'aα', 'aa'],
  ['\\Aa\\z', 'a', 'a\n'],
  ['^a$', 'a', 'a\nb'],
  ['(?m)^b$', 'a\nb', 'ab'],
  ['^.$', 'a', '\n'],
  ['(?s)^.$', '\n', ''],
  ['^\\Qa.b\\E$', 'a.b', 'axb'],
  ['^[]a]+$', ']a', 'b'],
  ['^[a\\]-]+$', 'a]-', 'b'],
  ['^\\x{1F4A9}\\x41$', '💩A', 'A'],
  ['^(?P<word>a+)$', 'aa', 'b'],
  ['^a{2}b{1,}$', 'aab', 'ab'],
  ['^a{,2}$', 'a{,2}', 'aa'],
  ['^[%][0-9a-fA-F]{2}$', '%2f', '%2'],
  ['^"/@#,~!&=<>:;\'`$', '"/@#,~!&=<>:;\'`', ''],
  ['^\\s$', '\t', '\u00a0'],
])('takes %s as Go does', (pattern, fits, other) => {
  expect([matches(pattern, fits), matches(pattern, other)]).toEqual([true, false]);
});

test.each(['(', ')', '[', 'a)', '*', '\\', '[z-a]', '(?<', '\\p{ZZ}', '\\q'])('says that %s is none', (pattern) => {
  expect(matches(pattern, 'a')).toMatch(/^error parsing regexp: /);
});

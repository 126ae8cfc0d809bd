import { blocksOf, commands, hasPart, programOf, snippetsOf } from './pages';

const page = [
  '# Page',
  '',
  '```ts',
  "import { Pod } from 'podwright';",
  'import {',
  '  Chart,',
  "} from 'cdk8s';",
  '',
  "new Pod(chart, 'a');",
  '```',
  'yields',
  '```yaml part',
  'kind: Pod',
  '```',
  '```ts fails',
  "new Pod(chart, '');",
  '```',
  '```text',
  'expected a name',
  '```',
  '1. item',
  '   ```sh',
  '   $ npm ci && npm test   # a comment',
  '   kubectl get pod \\',
  '     -n kube-system',
  '   ```',
  '```ts charts/a.ts',
  'export {};',
  '```',
  '```yaml dist/a.k8s.yaml',
  'kind: Pod',
  '```',
].join('\n');

const blocks = blocksOf('page.md', page);

test('finds no block in an empty page, and none in an open fence', () => {
  expect(blocksOf('page.md', '')).toEqual([]);
  expect(blocksOf('page.md', '```ts\nconst a = 1;\n')).toEqual([]);
});

test('finds every block with its line, language and words', () => {
  expect(blocks.map(({ line, language, words }) => [line, language, ...words])).toEqual([
    [4, 'ts'],
    [13, 'yaml', 'part'],
    [16, 'ts', 'fails'],
    [19, 'text'],
    [23, 'sh'],
    [28, 'ts', 'charts/a.ts'],
    [31, 'yaml', 'dist/a.k8s.yaml'],
  ]);
});

test('gives a snippet without imports those of the one before it, and each what is said of it', () => {
  const imports = "import { Pod } from 'podwright';\nimport {\n  Chart,\n} from 'cdk8s';\n";
  expect(snippetsOf(blocks)).toEqual([
    { place: 'page.md:4', code: `${imports}\nnew Pod(chart, 'a');\n`, outcome: 'runs', expected: blocks[1] },
    { place: 'page.md:16', code: `${imports}new Pod(chart, '');\n`, outcome: 'fails', expected: blocks[3] },
  ]);
});

test('takes the files of a program from their info strings', () => {
  const { files, dist } = programOf(blocks);
  expect([...files]).toEqual([['charts/a.ts', 'export {};\n']]);
  expect(dist).toEqual([blocks[6]]);
});

test('reads commands without prompt, comment and continuation', () => {
  expect(blocks[4] && commands(blocks[4])).toEqual(['npm ci && npm test', 'kubectl get pod -n kube-system']);
});

describe('a part', () => {
  const yaml = 'kind: Pod\nspec:\n  containers:\n    - image: busybox\n      name: main\n';
  const found: [string, string][] = [
    ['a line', 'kind: Pod\n'],
    ['lines with less indentation', 'containers:\n  - image: busybox\n    name: main\n'],
    ['lines that end further left than they begin', '      name: main\n'],
  ];
  const missing: [string, string][] = [
    ['another value', 'kind: Job\n'],
    ['half a line', 'kind: P\n'],
    ['lines that are not together', 'kind: Pod\n  containers:\n'],
    ['lines with another indentation among them', 'containers:\n- image: busybox\n'],
  ];
  test.each(found)('is found: %s', (_, part) => {
    expect(hasPart(yaml, part)).toBe(true);
  });
  test.each(missing)('is not found: %s', (_, part) => {
    expect(hasPart(yaml, part)).toBe(false);
  });
});

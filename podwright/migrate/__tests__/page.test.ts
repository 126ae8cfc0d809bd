import { blocksOf, fileOf } from '../../__tests__/pages';
import { readManifestText } from '../../api/manifests/read';
import { convertModule } from '../from-chart/convert';
import { migrate } from '../migrate';

const blocks = blocksOf('docs/migrate.md');
const file = (name: string) => blocks.find((block) => fileOf(block) === name)?.text ?? '';

test('the page shows what is made of its manifests', () => {
  const { programs } = migrate(readManifestText('web.yaml', file('web.yaml')));
  const files = programs[0]?.files ?? new Map();
  expect([...files.keys()].sort()).toEqual(['charts/web.ts', 'main.ts']);
  for (const [name, text] of files) expect(text).toBe(file(name));
});

test('the page shows what becomes of a program of cdk8s', () => {
  const index = blocks.findIndex(({ words }) => words.includes('types'));
  expect(convertModule(blocks[index]?.text ?? '').text).toBe(blocks[index + 1]?.text);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkObjects } from '../../check-objects';
import { API_TEXTS } from '../texts/texts';

const rules = join(__dirname, '..', '..');

test('each rule that the checks report under has a text, and no other', () => {
  const sources = [
    ...['api', 'custom-resources'].flatMap((folder) =>
      readdirSync(join(rules, folder)).map((file) => join(rules, folder, file)),
    ),
    join(rules, 'schema', 'decode.ts'),
    join(rules, 'schema', 'scalars.ts'),
  ].filter((file) => file.endsWith('.ts'));
  const reported = sources.flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    const leaves = file.endsWith('scalars.ts') ? [...source.matchAll(/rule: '([\w-]+)'/g)] : [];
    return [...[...source.matchAll(/'api\/([\w-]+)'/g)], ...leaves].map(([, name]) => `api/${name}`);
  });
  expect(API_TEXTS.map(({ id }) => id)).toEqual([...new Set(reported)].sort());
});

test.each(API_TEXTS.map((text) => [text.id, text] as const))(
  '%s finds what it shows as failing, and nothing else',
  (id, text) => {
    const found = checkObjects(text.fails);
    // No Pod is created with ephemeral containers: the Pod says so as well.
    const others = found.filter(({ ruleId }) => ruleId !== id && id !== 'api/ephemeral-container');
    expect(others).toEqual([]);
    expect(found.map(({ ruleId }) => ruleId)).toContain(id);
    expect(checkObjects(text.passes)).toEqual([]);
  },
);

// The configuration that docs/images.md gives Renovate, by Renovate's own steps: each expression of a recursive manager
// looks at what the one before it has found, and the template takes the place of what the last one has.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf } from '../../../__tests__/pages';

interface Manager {
  readonly matchStrings: readonly string[];
  readonly autoReplaceStringTemplate: string;
  readonly managerFilePatterns: readonly string[];
  readonly depTypeTemplate?: string;
}
const [block] = blocksOf('docs/images.md').filter(({ language }) => language === 'json');
const { customManagers } = JSON.parse(block?.text ?? '') as { customManagers: readonly Manager[] };

const digest = (digit: number) => `sha256:${String(digit).repeat(64)}`;
const LOCK = `# The images.
images:
  # The shell.
  busybox:1.37:
    image: busybox:1.37@${digest(1)}
    user: 0
  python: # of data
    # A mark:
    image: mirror.example:5000/python:3.12@${digest(2)} # {"$imagepolicy": "x:y"}
environments:
  lab:
    registry.example:5000/app:
      user: 7
      image: "registry.example:5000/app:v1@${digest(3)}"
    registry.example:5000/app:v1:
      image: registry.example:5000/app:v1@${digest(4)}
    unpinned:
      image: unpinned:1
`;

function found(text: string, { matchStrings }: Manager): { groups: Record<string, string>; match: string }[] {
  return matchStrings.reduce(
    (matches, expression) =>
      matches.flatMap(({ match }) =>
        [...match.matchAll(new RegExp(expression, 'g'))].map((one) => ({ match: one[0], groups: { ...one.groups } })),
      ),
    [{ match: text, groups: {} as Record<string, string> }],
  );
}

test('images whose tag the lock chooses are told from those whose tag the program writes', () => {
  const seen = customManagers.map((manager) =>
    found(LOCK, manager).map(
      ({ groups }) => `${groups.depName} ${groups.currentValue} ${groups.currentDigest?.at(-1)}`,
    ),
  );
  expect(seen).toEqual([
    ['mirror.example:5000/python 3.12 2', 'registry.example:5000/app v1 3'],
    ['busybox 1.37 1', 'registry.example:5000/app v1 4'],
  ]);
  expect(customManagers.map(({ depTypeTemplate }) => depTypeTemplate)).toEqual([undefined, 'tag-of-the-program']);
});

test('what is put in their place is the image, and nothing beside it', () => {
  const [manager] = customManagers as readonly [Manager];
  const updated = found(LOCK, manager).reduce((text, { match, groups }) => {
    const fields: Record<string, string> = { depName: groups.depName ?? '', newValue: '9', newDigest: digest(9) };
    return text.replace(
      match,
      manager.autoReplaceStringTemplate.replace(/\{\{\{(\w+)\}\}\}/g, (_, name) => fields[name] ?? ''),
    );
  }, LOCK);
  expect(updated).toBe(
    LOCK.replace(`3.12@${digest(2)}`, `9@${digest(9)}`).replace(`v1@${digest(3)}`, `9@${digest(9)}`),
  );
});

test('they are looked for in the lock alone', () => {
  const patterns = new Set(customManagers.flatMap(({ managerFilePatterns }) => managerFilePatterns));
  expect([...patterns]).toEqual(['/(^|/)images\\.lock\\.yaml$/']);
  expect(readFileSync(join(__dirname, '..', '..', '..', 'synth', 'images', 'images.ts'), 'utf8')).toContain(
    "LOCK = 'images.lock.yaml'",
  );
});

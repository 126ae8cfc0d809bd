import cases from '../__fixtures__/strategic-cases.json';
import kubectl from '../__fixtures__/strategic-results.json';
import { applyStrategicPatch } from '../strategic-patch';

const pairs = cases.patches.map((patch, index) => [JSON.stringify(patch), patch, kubectl.results[index]] as const);

test.each(pairs)('merges as kubectl did: %s', (_, patch, result) => {
  const before = structuredClone(cases.object);
  expect(applyStrategicPatch(cases.object, patch)).toEqual(result);
  expect(cases.object).toEqual(before);
});

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ name: 'main' }] } };
test.each([
  [
    { apiVersion: 'example.com/v1', kind: 'Widget' },
    {},
    '',
    'example.com/v1 Widget has no strategic merge patch, as no custom resource has; expected Patch.merge or Patch.json',
  ],
  [pod, [], '', 'expected a mapping with fields of the object'],
  [
    pod,
    { spec: { containers: [{ image: 'a' }] } },
    '/spec/containers/0',
    'name is missing; expected it, as the list is merged by it',
  ],
  [
    pod,
    { spec: { containers: [{ name: 'main', $patch: 'replace' }] } },
    '/spec/containers',
    "'$patch: replace' replaces the whole list; expected it in an item of its own",
  ],
  [pod, { spec: { $patch: 'remove' } }, '/spec/$patch', 'got "remove"; expected delete, replace or merge'],
])('fails for %j patched with %j', (object, patch, pointer, message) => {
  expect(() => applyStrategicPatch(object, patch)).toThrow(expect.objectContaining({ pointer, message }));
});

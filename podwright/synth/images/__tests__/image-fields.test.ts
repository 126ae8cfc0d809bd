import { withImages } from '../image-fields';

/** The images that are met, and the object with each of them marked. */
function met(object: object): [string[], object] {
  const images: string[] = [];
  const changed = withImages(object, (image) => {
    images.push(image);
    return `${image}!`;
  });
  return [images, changed];
}
const template = { spec: { containers: [{ name: 'a', image: 'a' }] } };
const apps = { apiVersion: 'apps/v1', metadata: { name: 'a' } };

test.each([
  ['nothing', {}],
  ['data that looks like a Pod', { apiVersion: 'v1', kind: 'ConfigMap', ...template }],
  ['a definition', { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', ...template }],
  ['containers without images', { apiVersion: 'v1', kind: 'Pod', spec: { containers: [null, {}, { image: 3 }, 'a'] } }],
  ['containers that are no list', { apiVersion: 'v1', kind: 'Pod', spec: { containers: { image: 'a' }, volumes: 1 } }],
])('%s has none, and stays the same', (_, object) => {
  const [images, changed] = met(object);
  expect(images).toEqual([]);
  expect(changed).toBe(object);
});

test('they are those of containers of all kinds and of volumes', () => {
  const spec = {
    initContainers: [{ name: 'i', image: 'init' }],
    containers: [{ name: 'a', image: 'a', env: [{ name: 'image', value: 'none' }] }],
    ephemeralContainers: [{ name: 'e', image: 'ephemeral' }],
    volumes: [
      { name: 'v', image: { reference: 'model', pullPolicy: 'Always' } },
      { name: 'w', emptyDir: {} },
    ],
  };
  expect(met({ apiVersion: 'v1', kind: 'Pod', spec })[0].sort()).toEqual(['a', 'ephemeral', 'init', 'model']);
});

test('they are found in templates, also in those of custom resources', () => {
  const cronJob = { apiVersion: 'batch/v1', kind: 'CronJob', spec: { jobTemplate: { spec: { template } } } };
  const custom = { apiVersion: 'x.example/v1', kind: 'Train', spec: { workers: [{ replicas: 2, template }] } };
  expect([met(cronJob)[0], met(custom)[0]]).toEqual([['a'], ['a']]);
});

test('the object stays as it is, and the copy shares what has no image', () => {
  const object = { ...apps, kind: 'Deployment', spec: { selector: {}, template } };
  const before = structuredClone(object);
  const [, changed] = met(object);
  expect(object).toEqual(before);
  expect(changed).toEqual({
    ...before,
    spec: { selector: {}, template: { spec: { containers: [{ name: 'a', image: 'a!' }] } } },
  });
  expect((changed as typeof object).spec.selector).toBe(object.spec.selector);
  expect(withImages(object, (image) => image)).toBe(object);
});

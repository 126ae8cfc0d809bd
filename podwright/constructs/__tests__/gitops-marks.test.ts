import { KEEP, KEEP_GENERATIONS, marked, RECREATE } from '../gitops-marks';

const options = 'argocd.argoproj.io/sync-options';
const optionsOf = (own: string, marks = KEEP) =>
  marked({ annotations: { [options]: own } }, marks).annotations?.[options];

test.each([
  ['of another kind stay beside the marks', 'ServerSideApply=true', 'ServerSideApply=true,Prune=false,Delete=false'],
  ['of the same name win', 'Prune=confirm', 'Prune=confirm,Delete=false'],
  ['are read with the spaces that people write', 'Delete=true, Prune=true', 'Delete=true, Prune=true'],
])("an object's own options %s", (_, own, expected) => {
  expect(optionsOf(own)).toBe(expected);
});

test('options that make a Job anew stay beside its own', () => {
  expect(optionsOf('SkipDryRunOnMissingResource=true', RECREATE)).toBe('SkipDryRunOnMissingResource=true,Force=true');
});

test('what is no list of options is what the object says', () => {
  const own = { 'kustomize.toolkit.fluxcd.io/prune': 'enabled', a: 'b' };
  expect(marked({ name: 'a', annotations: own }, KEEP_GENERATIONS)).toEqual({
    name: 'a',
    annotations: { ...KEEP_GENERATIONS, ...own },
  });
});

import type { External } from '../../facts';
import { checkAll } from '../../families';
import { sample, samplePod } from '../../samples';
import { secretReference } from '../../start/secret-reference';

/** `MESSAGE. FIX` of what is found of Secrets. */
function said(objects: readonly object[], externals: readonly External[] = []): string[] {
  return checkAll(objects, { families: [], rules: [secretReference], externals }).map(
    ({ message, fix }) => `${message}. ${fix}`,
  );
}

test('one of another namespace is named, and what is declared is of the namespace that needs it', () => {
  const pod = (namespace: string) => samplePod('a', { envFrom: [{ secretRef: { name: 's3' } }] }, {}, { namespace });
  const secret = (namespace?: string) => sample('v1', 'Secret', 's3', {}, { namespace });
  const ways = "declare that others make it: externals: [{ kind: 'Secret', name: 's3', namespace: 'two' }]";
  const optional = ', or mark the reference optional: true';
  const there = `Add one to the namespace that it is used in, or ${ways}${optional}`;
  const lost = 'names a Secret of namespace two that is not there, got "s3"';
  expect(said([pod('two'), secret('one')])).toEqual([`${lost}, which is in namespace one. ${there}`]);
  expect(said([pod('two'), secret()])).toEqual([`${lost}, which is in no namespace. ${there}`]);
  expect(said([pod('two')], [{ kind: 'Secret', name: 's3', namespace: 'other' }])).toEqual([
    `${lost}, which is in namespace other. ${there}`,
  ]);
  expect(said([pod('two')], [{ kind: 'Secret', name: 's3', namespace: 'two' }])).toEqual([]);
  expect(said([pod('two')])).toEqual([`${lost}. Add it, or ${ways}${optional}`]);
});

test('a name that is nearly that of one that is there, or is that of one with a hash, is told', () => {
  const pod = samplePod('a', { envFrom: [{ secretRef: { name: 'setings' } }] });
  const secret = (name: string) => sample('v1', 'Secret', name);
  const fix = (objects: object[], externals: readonly External[] = []) =>
    said([pod, ...objects], externals).map((text) => text.replace(/^.*?\. (.*)Add it, .*$/, '$1'));
  expect(fix([secret('settings')])).toEqual(['Did you mean "settings"? ']);
  expect(fix([], [{ kind: 'Secret', name: 'settings' }])).toEqual(['Did you mean "settings"? ']);
  expect(fix([secret('other')], [{ kind: 'ConfigMap', name: 'settings' }])).toEqual(['']);
  expect(fix([secret('setings-1a2b3c4d')])).toEqual([
    'Use the name of the construct that makes it, "setings-1a2b3c4d". ',
  ]);
  expect(fix([secret('setings-production'), secret('setings-1a2b3c4')])).toEqual(['']);
});

test('a Secret that an object has made counts, by its name and its namespace', () => {
  const pod = samplePod('a', { envFrom: [{ secretRef: { name: 'toekn' } }] });
  const made = (target: string, namespace?: string) =>
    sample('external-secrets.io/v1', 'ExternalSecret', 'x', { spec: { target: { name: target } } }, { namespace });
  expect(said([pod, made('token')])).toEqual([expect.stringContaining('got "toekn". Did you mean "token"?')]);
  expect(said([pod, made('toekn', 'one')])).toEqual([
    expect.stringContaining('got "toekn", which is in namespace one. Add one to'),
  ]);
});

test('among hundreds of names none is looked for', () => {
  const pod = samplePod('a', { envFrom: [{ secretRef: { name: 'setings' } }] });
  const many = Array.from({ length: 201 }, (_, index) => sample('v1', 'Secret', `settings${index || ''}`));
  expect(said([pod, ...many])).toEqual([expect.stringContaining('got "setings". Add it')]);
});

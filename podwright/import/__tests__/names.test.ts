import { kindsOf } from '../../api/definitions';
import { className, groupWord, pascal, unique } from '../names';

/** cdk8s-cli's own generator; its types want a package that is not there. */
const { TypeGenerator } = require('json2jsii') as { TypeGenerator: { normalizeTypeName(name: string): string } };

test('makes parts of names from any text', () => {
  expect(
    ['v1', 'v1beta1', 'v2alpha10', 'spec', 'x-odd_one', 'a.b/c', '*/', '', '__proto__', 'größe', 'café9x'].map(pascal),
  ).toEqual(['V1', 'V1Beta1', 'V2Alpha10', 'Spec', 'XOddOne', 'ABC', '', '', 'Proto', 'GrE', 'Caf9X']);
});

test('names classes as cdk8s does, for every kind of the API', () => {
  const kinds = [
    ...new Set(kindsOf().map(({ kind }) => `Kube${kind}`)),
    'HTTPRoute',
    'LLMInferenceService',
    'TLSRoute',
  ];
  expect(kinds.map(className)).toEqual(kinds.map((kind) => TypeGenerator.normalizeTypeName(kind)));
  expect(['KubeCSIDriver', 'HTTPRoute', 'KubePod', 'IPAddressV1Beta1'].map(className)).toEqual([
    'KubeCsiDriver',
    'HttpRoute',
    'KubePod',
    'IpAddressV1Beta1',
  ]);
});

test('gives a name that is taken a number', () => {
  const taken = new Set(['A', 'A2']);
  expect([unique('A', taken), unique('A', taken), unique('B', taken)]).toEqual(['A3', 'A4', 'B']);
});

test('makes a word of a group', () => {
  expect(['', 'events.k8s.io', 'kueue.x-k8s.io', 'x-k8s.io'].map(groupWord)).toEqual([
    'Core',
    'Events',
    'Kueue',
    'XK8S',
  ]);
});

import type { Crd, CrdSchema } from '../../../api/crds';
import { checkAll } from '../../families';

const text = { type: 'string' };

/** The definition of Queues whose spec has a schema. */
function queues(spec: CrdSchema, more: Partial<Crd['versions'][number]> = {}): Crd {
  const schema = { type: 'object', properties: { spec, status: { type: 'object' } } };
  return {
    group: 'example.com',
    kind: 'Queue',
    plural: 'queues',
    scope: 'Namespaced',
    versions: [{ name: 'v1', storage: true, schema, ...more }],
  };
}

/** What is found of a Queue: rule, pointer, message. */
function found(crd: Crd, spec: unknown, more: object = {}): string[] {
  const queue = { apiVersion: 'example.com/v1', kind: 'Queue', metadata: { name: 'a' }, spec, ...more };
  return checkAll([queue], { families: ['api', 'versions'], crds: () => [crd] }).map(
    ({ ruleId, pointer, message }) => `${ruleId} ${pointer} ${message}`,
  );
}

test('finds nothing in a custom resource without a definition, and asks for none where there is no custom resource', () => {
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
  const fail = () => {
    throw new Error('asked');
  };
  expect(checkAll([map], { families: ['api'], crds: fail })).toEqual([]);
  expect(checkAll([{ apiVersion: 'example.com/v1', kind: 'Queue', spec: 7 }], { families: ['api'] })).toEqual([]);
});

test('judges by a definition among the objects, which comes before others', () => {
  const names = { kind: 'Queue', plural: 'queues' };
  const schema = { openAPIV3Schema: { type: 'object', properties: { size: { type: 'integer' } } } };
  const versions = [{ name: 'v1', served: true, storage: true, schema }];
  const own = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'queues.example.com' },
    spec: { group: 'example.com', scope: 'Namespaced', names, versions },
  };
  const queue = { apiVersion: 'example.com/v1', kind: 'Queue', metadata: { name: 'a' }, size: 'ten' };
  const crds = () => [queues({ type: 'object' })];
  expect(checkAll([queue, own], { families: ['api'], crds }).map(({ pointer }) => pointer)).toEqual(['/size']);
  const broken = { ...own, spec: { ...own.spec, versions: 7 } };
  expect(checkAll([queue, broken], { families: ['api'], crds }).filter(({ index }) => index === 0)).toMatchObject([
    { message: 'unknown field "size"' },
  ]);
});

test('takes no definition for one that the API server would not read', () => {
  const names = { kind: 'Queue', plural: 'queues' };
  const crd = (size: object) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'queues.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names,
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { size } } },
        },
      ],
    },
  });
  const queue = { apiVersion: 'example.com/v1', kind: 'Queue', metadata: { name: 'a' } };
  const of = (schema: object, size: unknown = 'ten') =>
    checkAll([{ ...queue, size }, crd(schema)], { families: ['api'] }).flatMap(({ index, message }) =>
      index === 0 ? [message] : [],
    );
  expect(of({ type: 'integer', format: 7 })).toEqual([]);
  expect(of({ type: 'string', anyOf: 7 })).toEqual([]);
  expect(of({ type: 'string', pattern: null, maxLength: 1 })).toEqual(['Too long: may not be more than 1 byte']);
  // The server holds no value against a null in an enum, and names it none the less.
  expect(of({ type: 'string', enum: ['one', null] })).toEqual([
    'Unsupported value: "ten": supported values: "one", "null"',
  ]);
});

test.each(['constructor', '__proto__', 'toString'])('a type %s is one that no value has', (type) => {
  expect(found(queues({ type: 'object', properties: { size: { type, format: 'int32' } } }), { size: 3 })).toEqual([
    `api/type /spec/size Invalid value: "integer": spec.size in body must be of type ${type}: "integer"`,
  ]);
});

test('fails objects that are none, whatever they hold', () => {
  const crd = queues({ type: 'object', properties: { size: { type: 'integer' } } });
  for (const spec of [7, 'x', true, [], Number.NaN]) expect(found(crd, spec)).toHaveLength(1);
  expect(found(crd, undefined, { metadata: 7 })[0]).toMatch(/^api\/type \/metadata /);
  expect(found(crd, {}, { metadata: { name: 'A_', labels: { a: 'b c' }, nome: 1 } })).toEqual([
    'api/unknown-field /metadata/nome unknown field "metadata.nome"',
  ]);
  expect(found(crd, JSON.parse('{"__proto__": 1, "constructor": 2, "toString": 3}'))).toEqual([
    'api/unknown-field /spec/__proto__ unknown field "spec.__proto__"',
    'api/unknown-field /spec/constructor unknown field "spec.constructor"',
    'api/unknown-field /spec/toString unknown field "spec.toString"',
  ]);
});

test('keeps unknown fields where the schema does, and takes a null for nothing', () => {
  const open = {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
    properties: { known: { type: 'object' } },
  };
  expect(found(queues(open), { any: { thing: 1 }, known: { other: 1 } })).toEqual([
    'api/unknown-field /spec/known/other unknown field "spec.known.other"',
  ]);
  const nulls = {
    type: 'object',
    required: ['a'],
    properties: { a: text, b: { ...text, nullable: true }, c: { ...text, default: 'x' } },
  };
  expect(found(queues(nulls), { a: null, b: null, c: null })).toEqual(['api/schema /spec/a Required value']);
});

test('puts defaults in before it judges', () => {
  const schema = {
    type: 'object',
    required: ['size'],
    properties: {
      size: { type: 'integer', default: 3 },
      parts: {
        type: 'array',
        items: { type: 'object', required: ['kind'], properties: { kind: { ...text, default: 'Job' } } },
      },
    },
    'x-kubernetes-validations': [{ rule: 'self.size == 3 && self.parts.all(p, p.kind == "Job")', message: 'defaults' }],
  };
  const spec = { parts: [{}, {}] };
  expect(found(queues(schema), spec)).toEqual([]);
  expect(spec).toEqual({ parts: [{}, {}] });
});

test('fails items of a set and of a map that are there twice, each once', () => {
  const set = { type: 'array', 'x-kubernetes-list-type': 'set', items: text };
  const map = {
    type: 'array',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['name'],
    items: { type: 'object', properties: { name: text } },
  };
  const crd = queues({ type: 'object', properties: { set, map } });
  expect(found(crd, { set: ['a', 'b', 'a', 'a'], map: [{ name: 'x' }, {}, { name: 'x' }, {}] })).toEqual([
    'api/list-type /spec/set/2 Duplicate value: "a"',
    'api/list-type /spec/map/2 Duplicate value: {"name":"x"}',
    'api/list-type /spec/map/3 Duplicate value: {}',
  ]);
});

test('asks of an embedded object what it is', () => {
  const crd = queues({
    type: 'object',
    'x-kubernetes-embedded-resource': true,
    'x-kubernetes-preserve-unknown-fields': true,
  });
  expect(found(crd, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: {} })).toEqual([]);
  expect(found(crd, { apiVersion: 'a/b/c', metadata: { labels: { a: '-' }, nome: 'x' } })).toEqual([
    'api/unknown-field /spec/metadata/nome unknown field "spec.metadata.nome"',
  ]);
  expect(found(crd, { apiVersion: 'a/b/c', kind: 'p_d' }).map((line) => line.split(' ')[1])).toEqual([
    '/spec/apiVersion',
    '/spec/kind',
  ]);
});

test('leaves rules out where a fault of the schema makes them moot, as the server does', () => {
  const rules = { 'x-kubernetes-validations': [{ rule: 'self.size > 0', message: 'more' }] };
  const crd = queues({ type: 'object', properties: { size: { type: 'integer' }, name: text }, ...rules });
  expect(found(crd, { size: 0, name: 7 })).toEqual([
    'api/type /spec/name Invalid value: "integer": spec.name in body must be of type string: "integer"',
  ]);
  expect(found(crd, { size: 0 })).toEqual(['api/validation-rule /spec Invalid value: more']);
});

test('drops the status of a kind with that subresource before it judges the object', () => {
  const status = { type: 'object', properties: { phase: { type: 'integer' } } };
  const schema = { type: 'object', properties: { status } };
  expect(found(queues({ type: 'object' }, { schema }), undefined, { status: { phase: 'x' } })).toHaveLength(1);
  expect(
    found(queues({ type: 'object' }, { schema, subresources: { status: {} } }), undefined, { status: { phase: 'x' } }),
  ).toEqual([]);
});

test('says which version a definition serves, and which it has marked', () => {
  const { versions, ...crd } = queues({ type: 'object' });
  const old = { name: 'v1beta1', storage: false, deprecated: true, schema: { type: 'object' } };
  const both = { ...crd, versions: [...versions, old] };
  expect(found(both, undefined, { apiVersion: 'example.com/v1alpha1' })).toEqual([
    'versions/not-served /apiVersion example.com/v1alpha1 Queue is not served: its definition serves example.com/v1, example.com/v1beta1',
  ]);
  expect(found(both, undefined, { apiVersion: 'example.com/v1beta1' })).toEqual([
    'versions/deprecated /apiVersion example.com/v1beta1 Queue is deprecated',
  ]);
  const warned = { ...both, versions: [...versions, { ...old, deprecationWarning: 'use v1' }] };
  expect(found(warned, undefined, { apiVersion: 'example.com/v1beta1' })).toEqual([
    'versions/deprecated /apiVersion use v1',
  ]);
});

test('holds numbers to their formats, and shows what a rule refuses, from the versions on that do', () => {
  const counts = { type: 'object', properties: { count: { type: 'integer', format: 'int32' } } };
  const rule = { rule: 'self < 9', message: 'too much' };
  const sizes = { type: 'object', properties: { size: { type: 'integer', 'x-kubernetes-validations': [rule] } } };
  const judged = (schema: CrdSchema, spec: object, ...targets: string[]) =>
    checkAll([{ apiVersion: 'example.com/v1', kind: 'Queue', metadata: { name: 'a' }, spec }], {
      targets,
      crds: () => [queues(schema)],
    }).map(({ message, versions }) => `${message} [${versions}]`);
  expect(judged(counts, { count: 2 ** 31 }, '1.35', '1.36')).toEqual([
    'Invalid value: "": Checked value must be of type integer with format int32 in spec.count [1.36]',
  ]);
  expect(judged(sizes, { size: 9 }, '1.34')).toEqual(['Invalid value: "integer": too much [1.34]']);
  expect(judged(sizes, { size: 9 }, '1.34', '1.37')).toEqual(['Invalid value: 9: too much [1.34,1.37]']);
});

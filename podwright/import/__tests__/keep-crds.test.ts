import * as fc from 'fast-check';
import { type Crd, type CrdSchema, readKeptCrds } from '../../api/crds';
import { keepCrds } from '../keep-crds';

function crd(schema: CrdSchema, name = 'v1'): Crd {
  const version = { name, storage: true, schema };
  return { group: 'example.com', kind: 'Queue', plural: 'queues', scope: 'Namespaced', versions: [version] };
}

/** What is read of kept definitions, lazy parts included. */
function reread(crds: readonly Crd[], descriptions: boolean): Crd[] {
  return structuredClone(
    readKeptCrds(keepCrds(crds, 'a.yaml'), descriptions).crds.map((kept) => ({
      ...kept,
      versions: kept.versions.map((version) => ({ ...version })),
    })),
  );
}

const text = fc.string({ maxLength: 5, unit: 'grapheme' });
const name = fc.oneof(text, fc.constantFrom('__proto__', 'properties', 'items', 'description', 'constructor'));
const leaf = {
  type: fc.constantFrom('object', 'string', 'array', 'integer'),
  description: text,
  enum: fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 2 }),
  default: fc.jsonValue({ maxDepth: 1 }),
  'x-kubernetes-validations': fc.array(fc.record({ rule: text }), { maxLength: 2 }),
  allOf: fc.constant([{ properties: { a: { description: 'kept' } } }]),
};
const options = { requiredKeys: [] as [], noNullPrototype: true };
const { schema } = fc.letrec<{ schema: CrdSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record(leaf, options) as fc.Arbitrary<CrdSchema>,
    fc.record(
      {
        ...leaf,
        properties: fc.dictionary(name, tie('schema'), { maxKeys: 3, noNullPrototype: true }),
        items: tie('schema'),
        additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
      },
      options,
    ) as fc.Arbitrary<CrdSchema>,
  ),
}));

test('keeps any schema as it is, descriptions included', () => {
  fc.assert(
    fc.property(fc.array(schema, { maxLength: 2 }), (schemas) => {
      const crds = schemas.map((each) => crd(JSON.parse(JSON.stringify(each)) as CrdSchema));
      expect(reread(crds, true)).toEqual(crds);
      const again = keepCrds(readKeptCrds(keepCrds(crds, 'a.yaml'), true).crds, 'a.yaml');
      expect(again).toBe(keepCrds(crds, 'a.yaml'));
    }),
    { numRuns: 200 },
  );
});

test('leaves out the documentation, and only that, where it is not asked for', () => {
  const described: CrdSchema = {
    description: 'a schema',
    properties: { description: { type: 'string', description: 'a field named description' } },
  };
  expect(reread([crd(described)], false)).toEqual([crd({ properties: { description: { type: 'string' } } })]);
});

test('writes equal schemas once, and reads them as one object', () => {
  const pod = (text: string): CrdSchema => ({
    type: 'object',
    description: text,
    properties: { image: { type: 'string', description: 'An image.' } },
  });
  const text = keepCrds([crd({ properties: { head: pod('The head.'), worker: pod('A worker.') } })], 'a.yaml');
  expect(text).toBe(
    `${[
      '{"generated":"by podwright import; do not edit","source":"a.yaml","crds":[{"group":"example.com","kind":"Queue","plural":"queues","scope":"Namespaced","versions":[{"name":"v1","storage":true,"schema":6}]}]}',
      '{"type":"string"}',
      '"An image."',
      '{"type":"object","properties":{"image":[1,2]}}',
      '"The head."',
      '"A worker."',
      '{"properties":{"head":[3,4],"worker":[3,5]}}',
    ].join('\n')}\n`,
  );
  const { head, worker } = readKeptCrds(text).crds[0]?.versions[0]?.schema.properties ?? {};
  expect(head).toEqual({ type: 'object', properties: { image: { type: 'string' } } });
  expect(worker).toBe(head);
});

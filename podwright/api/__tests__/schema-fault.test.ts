import { fault, schemaFault } from '../schema-fault';

test('finds what cannot be read as a schema, and where', () => {
  const deep: Record<string, unknown> = {};
  deep.items = deep;
  const schemas: unknown[] = [
    undefined,
    null,
    [],
    'text',
    { type: ['string', 'null'] },
    { description: { $ref: 'x' } },
    { properties: [] },
    { properties: { 'a/b~c': null } },
    { properties: { a: { items: [{}] } } },
    { additionalProperties: 'no' },
    { required: 'name' },
    { required: [1] },
    { enum: 'a' },
    { additionalProperties: { properties: { __proto__: null, ok: {} } }, items: { type: 1 } },
  ];
  expect(schemas.map((schema) => schemaFault(schema, ''))).toEqual([
    ': got nothing; expected a schema',
    ': got null; expected a schema',
    ': got []; expected a schema',
    ': got "text"; expected a schema',
    '/type: got ["string","null"]; expected a text',
    '/description: got {"$ref":"x"}; expected a text',
    '/properties: got []; expected schemas by name',
    '/properties/a~1b~0c: got null; expected a schema',
    '/properties/a/items: got [{}]; expected a schema',
    '/additionalProperties: got "no"; expected a schema',
    '/required: got "name"; expected a list of names',
    '/required: got [1]; expected a list of names',
    '/enum: got "a"; expected a list of values',
    '/items/type: got 1; expected a text',
  ]);
  expect(schemaFault(deep, '')).toMatch(/^(\/items)+\/i\.\.\.: got more than 200 nested schemas; expected fewer$/);
});

test('finds nothing in a schema', () => {
  expect(schemaFault({}, '')).toBeUndefined();
  expect(
    schemaFault({ properties: { items: { items: {} }, map: { additionalProperties: true } }, required: ['a'] }, ''),
  ).toBeUndefined();
});

test('cuts long values short', () => {
  expect(fault('/a', 'b', 'x'.repeat(200))).toBe(`/a: got "${'x'.repeat(76)}...; expected b`);
});

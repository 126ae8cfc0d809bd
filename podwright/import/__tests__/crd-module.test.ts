import type { Crd, CrdSchema, CrdVersion } from '../../api/crds';
import { crdModule } from '../crd-module';
import type { InterfaceModel } from '../model';

interface Parts {
  readonly group?: string;
  readonly scope?: Crd['scope'];
  readonly versions?: readonly (Partial<CrdVersion> & { name: string })[];
  readonly schema?: CrdSchema;
}

function crd(kind: string, { group = 'example.com', scope = 'Namespaced', versions, schema = {} }: Parts = {}): Crd {
  const all = versions ?? [{ name: 'v1' }];
  return {
    group,
    kind,
    plural: 'x',
    scope,
    versions: all.map((version) => ({ storage: false, schema, ...version })),
  };
}

/** The module's interfaces as text: `Name: field?: type, other: type`. */
function interfaces(...crds: Crd[]): string[] {
  return crdModule(crds, []).interfaces.map(show);
}

function show({ name, fields, others }: InterfaceModel): string {
  const shown = fields.map((field) => `${field.name}${field.required ? '' : '?'}: ${field.type}`);
  return `${name}: ${[...shown, ...(others ? [`[]: ${others}`] : [])].join(', ')}`;
}

/** The type of a field `spec.field` with this schema, and the interfaces that it needed. */
function typeOf(schema: CrdSchema): string {
  const spec = { type: 'object', properties: { field: schema } };
  const [...all] = interfaces(crd('Queue', { schema: { properties: { spec } } }));
  const found = all.filter((line) => !line.startsWith('QueueProps'));
  return found
    .map((line) => line.replace(/^QueueSpec: field\?: /, ''))
    .reverse()
    .join('; ');
}

function classNames(...crds: Crd[]): string[] {
  return crdModule(crds, []).classes.map(({ name, apiVersion }) => `${name} ${apiVersion}`);
}

test('writes each kind of schema as the values that it takes', () => {
  const preserve = { 'x-kubernetes-preserve-unknown-fields': true };
  const table: [CrdSchema, string][] = [
    [{}, 'any'],
    [{ type: 'string' }, 'string'],
    [{ type: 'string', nullable: true }, 'string | null'],
    [{ type: 'integer', format: 'int64' }, 'number'],
    [{ type: 'number' }, 'number'],
    [{ type: 'boolean' }, 'boolean'],
    [{ 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] }, 'IntOrString'],
    [{ type: 'string', enum: ['', "it's", '*/', 'On'] }, `'' | "it's" | '*/' | 'On'`],
    [{ type: 'integer', enum: [1, 2, 2] }, '1 | 2'],
    [{ enum: ['a', null], nullable: true }, "'a' | null"],
    [{ type: 'object', enum: [{ a: 1 }] }, '{ readonly [key: string]: any }'],
    [{ type: 'array', items: { type: 'string' } }, 'readonly string[]'],
    [{ type: 'array', items: { type: 'string', enum: ['a', 'b'] } }, "readonly ('a' | 'b')[]"],
    [{ type: 'array', items: { type: 'array', items: { type: 'number' } } }, 'readonly (readonly number[])[]'],
    [{ type: 'array' }, 'readonly any[]'],
    [{ type: 'object' }, '{ readonly [key: string]: any }'],
    [{ type: 'object', ...preserve }, '{ readonly [key: string]: any }'],
    [preserve, 'any'],
    [{ type: 'object', additionalProperties: true }, '{ readonly [key: string]: any }'],
    [{ type: 'object', additionalProperties: { type: 'string' } }, '{ readonly [key: string]: string }'],
    [
      { type: 'object', additionalProperties: { 'x-kubernetes-int-or-string': true } },
      '{ readonly [key: string]: IntOrString }',
    ],
    [
      { type: 'object', properties: { a: { type: 'string' }, b: {} }, required: ['b'] },
      'QueueSpecField; QueueSpecField: a?: string, b: any',
    ],
    [{ properties: { a: {} } }, 'QueueSpecField; QueueSpecField: a?: any'],
    [{ type: 'object', properties: { a: {} }, ...preserve }, 'QueueSpecField; QueueSpecField: a?: any, []: any'],
    [{ type: 'object', properties: {} }, 'QueueSpecField; QueueSpecField: []: never'],
    [
      { type: 'array', items: { type: 'object', properties: { a: {} } }, nullable: true },
      'readonly QueueSpecField[] | null; QueueSpecField: a?: any',
    ],
    [
      { type: 'object', 'x-kubernetes-embedded-resource': true, ...preserve },
      'QueueSpecField; QueueSpecField: apiVersion: string, kind: string, metadata?: ObjectMeta, []: any',
    ],
    [
      { type: 'object', 'x-kubernetes-embedded-resource': true, properties: { kind: { type: 'string' }, spec: {} } },
      'QueueSpecField; QueueSpecField: kind?: string, spec?: any, apiVersion: string, metadata?: ObjectMeta',
    ],
  ];
  expect(table.map(([schema]) => typeOf(schema))).toEqual(table.map(([, text]) => text));
});

test('an object has the ObjectMeta of the API, its own apiVersion and kind, and its own fields', () => {
  const schema: CrdSchema = {
    description: 'A queue.',
    type: 'object',
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      spec: { type: 'integer', description: 'Its spec.', default: 3 },
      status: { type: 'object', default: {} },
    },
    required: ['metadata', 'spec'],
  };
  const module = crdModule([crd('Queue', { schema, scope: 'Cluster' })], []);
  expect(module.classes).toEqual([
    {
      name: 'Queue',
      props: 'QueueProps',
      needsProps: true,
      apiVersion: 'example.com/v1',
      kind: 'Queue',
      scope: 'Cluster',
      doc: { text: 'A queue.' },
    },
  ]);
  expect(module.interfaces).toEqual([
    {
      name: 'QueueProps',
      doc: { text: 'The fields of a Queue.' },
      fields: [
        { name: 'apiVersion', type: "'example.com/v1'", required: false, doc: {} },
        { name: 'kind', type: "'Queue'", required: false, doc: {} },
        {
          name: 'metadata',
          type: 'ObjectMeta',
          required: false,
          doc: { text: "The object's name, labels and so on." },
        },
        { name: 'spec', type: 'number', required: true, doc: { text: 'Its spec.', defaultValue: '3' } },
        { name: 'status', type: '{ readonly [key: string]: any }', required: false, doc: {} },
      ],
    },
  ]);
});

test('an object of a schema that says nothing takes any field', () => {
  expect(interfaces(crd('Queue'))).toEqual([
    "QueueProps: apiVersion?: 'example.com/v1', kind?: 'Queue', metadata?: ObjectMeta, []: any",
  ]);
});

test('the newest version has the plain name, every other served one its version', () => {
  const versions = [
    { name: 'v1alpha1' },
    { name: 'v1', deprecated: true, deprecationWarning: 'use v1beta2' },
    { name: 'v1beta2' },
    { name: 'v1beta1', deprecated: true },
  ];
  const { classes } = crdModule([crd('Queue', { versions, schema: { description: 'A queue.' } })], []);
  expect(classes.map(({ name, apiVersion, doc }) => [name, apiVersion, doc.text])).toEqual([
    ['Queue', 'example.com/v1beta2', 'A queue.'],
    ['QueueV1Alpha1', 'example.com/v1alpha1', 'A queue.'],
    ['QueueV1', 'example.com/v1', 'A queue.\n\nDeprecated: use v1beta2'],
    ['QueueV1Beta1', 'example.com/v1beta1', 'A queue.\n\nDeprecated: use a newer version.'],
  ]);
});

test('kinds of one name in two groups have the names of their groups', () => {
  const versions = [{ name: 'v1' }, { name: 'v1beta1' }];
  expect(classNames(crd('Queue', { group: 'b.com', versions }), crd('Queue', { group: 'a.org' }), crd('Job'))).toEqual([
    'Job example.com/v1',
    'QueueA a.org/v1',
    'QueueB b.com/v1',
    'QueueBV1Beta1 b.com/v1beta1',
  ]);
  expect(classNames(crd('Queue', { group: 'batch.a.com' }), crd('Queue', { group: 'batch.b.com' }))).toEqual([
    'QueueBatchACom batch.a.com/v1',
    'QueueBatchBCom batch.b.com/v1',
  ]);
});

test('the same definitions in another order give the same classes', () => {
  const a = crd('Queue', { group: 'a.org' });
  const b = crd('Queue', { group: 'b.com' });
  expect(classNames(a, b)).toEqual(classNames(b, a));
});

test('no name hides another', () => {
  const spec = (properties: Record<string, CrdSchema>): CrdSchema => ({
    properties: { spec: { type: 'object', properties } },
  });
  const object = (name: string): CrdSchema => ({ type: 'object', properties: { [name]: {} } });
  const kinds = [
    crd('Queue', { schema: spec({ '*/': object('a'), '-': object('b'), 'a-b': object('c'), a_b: object('d') }) }),
    crd('QueueSpec'),
    crd('QueueProps'),
    crd('ObjectMeta'),
    crd('KubeObject'),
    crd('KUBEObject'),
    crd('größe'),
    crd('*/'),
  ];
  const module = crdModule(kinds, []);
  const names = [...module.classes, ...module.interfaces].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[A-Z]\w*$/.test(name))).toEqual([]);
  expect(names).toEqual([
    'Kind',
    'KubeObjectExampleCom',
    'KubeObjectExampleCom2',
    'ObjectMeta2',
    'Queue',
    'QueueProps',
    'QueueSpec',
    'GrE',
    'KindProps',
    'KubeObjectExampleComProps',
    'KubeObjectExampleCom2Props',
    'ObjectMeta2Props',
    'QueueSpecField',
    'QueueSpecField2',
    'QueueSpecAb',
    'QueueSpecAb2',
    'QueueSpec2',
    'QueueProps2',
    'QueuePropsProps',
    'QueueSpecProps',
    'GrEProps',
  ]);
});

test('types that are equal are one, in other kinds and versions too; those that differ are not', () => {
  const pod = (field: string): CrdSchema => ({ type: 'object', properties: { [field]: { type: 'string' } } });
  const schema = (field: string): CrdSchema => ({ properties: { head: pod(field), worker: pod(field) } });
  const versions = [
    { name: 'v1', schema: schema('image') },
    { name: 'v1beta1', schema: schema('img') },
  ];
  expect(
    interfaces(crd('Cluster', { versions }), crd('Job', { schema: schema('image') })).map((line) =>
      line.replace(/apiVersion.*ObjectMeta, /, ''),
    ),
  ).toEqual([
    'ClusterHead: image?: string',
    'ClusterProps: head?: ClusterHead, worker?: ClusterHead',
    'ClusterV1Beta1Head: img?: string',
    'ClusterV1Beta1Props: head?: ClusterV1Beta1Head, worker?: ClusterV1Beta1Head',
    'JobProps: head?: ClusterHead, worker?: ClusterHead',
  ]);
});

test('imports what it uses and nothing else', () => {
  const imported = (schema: CrdSchema) => crdModule([crd('Queue', { schema })], []).statements[2];
  expect(imported({})).toBe("import { KubeObject, manifest, type ObjectMeta } from 'podwright/k8s';");
  expect(imported({ properties: { port: { 'x-kubernetes-int-or-string': true } } })).toBe(
    "import { type IntOrString, KubeObject, manifest, type ObjectMeta } from 'podwright/k8s';",
  );
});

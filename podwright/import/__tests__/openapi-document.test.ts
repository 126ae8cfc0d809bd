import { openApiDocument, readOpenApi } from '../openapi-document';

const POD = 'io.k8s.api.core.v1.Pod';
const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';

const gvk = (group: string, version: string, kind: string) => [{ group, version, kind }];

const POD_TEXT = 'Pod is a collection of containers.';

/** A v2 document of one kind, with more definitions. */
function v2(more: Record<string, unknown> = {}, paths: Record<string, unknown> = {}): unknown {
  const ref = (name: string) => ({ $ref: `#/definitions/${name}`, description: `Its ${name.split('.').pop()}.` });
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: 'v1.34.4' },
    paths,
    definitions: {
      [POD]: {
        description: POD_TEXT,
        type: 'object',
        properties: {
          apiVersion: { type: 'string' },
          kind: { type: 'string' },
          metadata: ref(META),
          size: ref(QUANTITY),
        },
        'x-kubernetes-group-version-kind': gvk('', 'v1', 'Pod'),
      },
      [META]: { type: 'object', properties: { name: { type: 'string' } } },
      [QUANTITY]: { type: 'string', description: 'A quantity.' },
      ...more,
    },
  };
}

/** The same as v3, as the API server of one group publishes it. */
const v3 = {
  openapi: '3.0.0',
  info: { title: 'Kubernetes', version: 'unversioned' },
  components: {
    schemas: {
      [POD]: {
        description: POD_TEXT,
        type: 'object',
        properties: {
          apiVersion: { type: 'string' },
          kind: { type: 'string' },
          metadata: { allOf: [{ $ref: `#/components/schemas/${META}` }], description: 'Its ObjectMeta.', default: {} },
          size: { allOf: [{ $ref: `#/components/schemas/${QUANTITY}` }], description: 'Its Quantity.' },
        },
        'x-kubernetes-group-version-kind': gvk('', 'v1', 'Pod'),
      },
      [META]: { type: 'object', properties: { name: { type: 'string' } } },
      [QUANTITY]: { oneOf: [{ type: 'string' }, { type: 'number' }], description: 'A quantity.' },
    },
  },
};

function read(...documents: unknown[]) {
  const found = readOpenApi(documents);
  if (typeof found === 'string') throw new Error(found);
  return found;
}

test('fails for what is no OpenAPI document of Kubernetes', () => {
  expect(
    [null, [], 'text', {}, { definitions: [] }, { components: {} }, { definitions: {} }].map((each) =>
      readOpenApi([each]),
    ),
  ).toEqual([
    'expected an OpenAPI document, got no object',
    'expected an OpenAPI document, got no object',
    'expected an OpenAPI document, got no object',
    'expected an OpenAPI document with `definitions` (v2) or `components.schemas` (v3), got neither',
    'expected an OpenAPI document with `definitions` (v2) or `components.schemas` (v3), got neither',
    'expected an OpenAPI document with `definitions` (v2) or `components.schemas` (v3), got neither',
    'it has no kind of the Kubernetes API',
  ]);
});

test('reads a document of v2', () => {
  const { api, skipped } = read(v2());
  expect(skipped).toEqual([]);
  expect(api).toEqual({
    version: 'v1.34.4',
    kinds: [{ group: '', version: 'v1', kind: 'Pod', apiVersion: 'v1', definition: POD, scope: 'Namespaced' }],
    types: {
      [POD]: {
        schema: {
          type: 'object',
          properties: {
            apiVersion: { type: 'string' },
            kind: { type: 'string' },
            metadata: { $ref: META },
            size: { $ref: QUANTITY },
          },
        },
        texts: { '': POD_TEXT, metadata: 'Its ObjectMeta.', size: 'Its Quantity.' },
      },
      [META]: { schema: { type: 'object', properties: { name: { type: 'string' } } }, texts: {} },
      [QUANTITY]: { schema: { type: 'string', format: 'quantity' }, texts: { '': 'A quantity.' } },
    },
  });
});

test('reads a document of v3 as the same API', () => {
  const { api } = read(v3);
  const expected = read(v2()).api;
  const metadata = { $ref: META, default: {} };
  const pod = expected.types[POD];
  expect(api).toEqual({
    kinds: expected.kinds,
    types: {
      ...expected.types,
      [POD]: { ...pod, schema: { ...pod?.schema, properties: { ...pod?.schema.properties, metadata } } },
    },
  });
});

test('several documents are one API', () => {
  const name = 'io.k8s.api.batch.v1.Job';
  const job = {
    ...v3.components.schemas[POD],
    description: 'A job.',
    'x-kubernetes-group-version-kind': gvk('batch', 'v1', 'Job'),
  };
  const { api } = read(v3, { components: { schemas: { ...v3.components.schemas, [name]: job } } });
  expect(api.kinds.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual(['batch/v1 Job', 'v1 Pod']);
});

test('says which kinds are not of the Kubernetes API, lists aside', () => {
  const kind = (name: string) => ({
    properties: { kind: {}, metadata: {}, items: {} },
    'x-kubernetes-group-version-kind': gvk('example.com', 'v1', name),
  });
  const list = { ...kind('QueueList'), properties: { kind: {}, metadata: { $ref: 'x.ListMeta' }, items: {} } };
  const { api, skipped } = read(v2({ 'com.example.v1.Queue': kind('Queue'), 'com.example.v1.QueueList': list }));
  expect(skipped).toEqual(['Queue of example.com/v1']);
  expect(Object.keys(api.types).sort()).toEqual([QUANTITY, META, POD].sort());
});

test('knows where objects live by the paths of their kind, else by what the toolkit knows of it', () => {
  const definition = (kind: string) => ({
    properties: { kind: {}, metadata: {} },
    'x-kubernetes-group-version-kind': gvk('', 'v1', kind),
  });
  const core = (kind: string) => `io.k8s.api.core.v1.${kind}`;
  const post = (kind: string) => ({
    post: { 'x-kubernetes-group-version-kind': gvk('', 'v1', kind)[0] },
    parameters: [],
  });
  const kinds = Object.fromEntries(['Node', 'Newer', 'Newest', 'Odd'].map((kind) => [core(kind), definition(kind)]));
  const document = v2(kinds, {
    '/api/v1/newers': post('Newer'),
    '/api/v1/namespaces/{namespace}/newests': post('Newest'),
    '/api/v1/newests': post('Newest'),
    '/api/v1/namespaces/{namespace}/pods': { get: {} },
  });
  expect(read(document).api.kinds.map(({ kind, scope }) => [kind, scope])).toEqual([
    ['Newer', 'Cluster'],
    ['Newest', 'Namespaced'],
    ['Node', 'Cluster'],
    ['Odd', 'Namespaced'],
    ['Pod', 'Namespaced'],
  ]);
});

test('gives types to the generator, with what the toolkit knows of their age', () => {
  const name = 'io.k8s.api.core.v1.PodSpec';
  const document = openApiDocument(
    read(v2({ [name]: { properties: { resources: { description: 'Resources.' } } } })).api,
  );
  const type = document.typeOf(name);
  expect(type?.texts).toEqual(new Map([['resources', 'Resources.']]));
  expect(type?.since.get('resources')).toBe('1.32');
  expect(document.typeOf('constructor')).toBeUndefined();
});

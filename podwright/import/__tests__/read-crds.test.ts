import type { Crd } from '../../api/crds';
import { readCrds } from '../read-crds';

const SPEC = `spec:
  group: example.com
  scope: Namespaced
  names: { kind: Queue, plural: queues }
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object } }
`;

const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: queues.example.com }
${SPEC}`;

const QUEUE: Crd = {
  group: 'example.com',
  kind: 'Queue',
  plural: 'queues',
  scope: 'Namespaced',
  versions: [{ name: 'v1', storage: true, schema: { type: 'object' } }],
};

function read(text: string, label = 'crds.yaml') {
  return readCrds([{ label, text }]);
}

test('fails with the line of what cannot be read', () => {
  const texts = {
    'broken YAML': 'a: 1\nb: [',
    'a duplicate key': `${CRD}spec: {}\n`,
    'a tab': 'a:\n\tb: 1\n',
    'a text': '---\nhello\n',
    'a list': '- a\n',
    'aliases without end': `a: &a [x,x,x,x,x,x,x,x,x]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
e: [*d,*d,*d,*d,*d,*d,*d,*d,*d]
`,
  };
  expect(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, read(text)]))).toEqual({
    'broken YAML': {
      crds: [],
      skipped: [],
      problems: ['crds.yaml:2: flow sequence in block collection must be sufficiently indented and end with a ]'],
    },
    'a duplicate key': { crds: [], skipped: [], problems: ['crds.yaml:13: map keys must be unique'] },
    'a tab': { crds: [], skipped: [], problems: ['crds.yaml:2: tabs are not allowed as indentation'] },
    'a text': { crds: [], skipped: [], problems: ['crds.yaml:2: got "hello"; expected a Kubernetes object'] },
    'a list': { crds: [], skipped: [], problems: ['crds.yaml:1: got ["a"]; expected a Kubernetes object'] },
    'aliases without end': {
      crds: [],
      skipped: [],
      problems: ['crds.yaml:1: excessive alias count indicates a resource exhaustion attack'],
    },
  });
});

test('fails with the field of a definition that lacks what types need', () => {
  const change = (from: string, to: string) => read(CRD.replace(from, to)).problems;
  expect([
    change('  group: example.com\n', ''),
    change('kind: Queue,', ''),
    change('plural: queues', 'plural: 3'),
    change('Namespaced', 'namespaced'),
    change(CRD.slice(CRD.indexOf('  versions:')), '  version: v1\n'),
    change('name: v1', 'name: 1'),
    change('{ openAPIV3Schema: { type: object } }', '{}'),
    change('type: object', 'type: object, properties: { a: [] }'),
    change('type: object', 'type: object, properties: { a: { type: string, format: 7 } }'),
    change(SPEC, ''),
    change('apiextensions.k8s.io/v1', 'apiextensions.k8s.io/v1beta1'),
  ]).toEqual([
    ['crds.yaml:1: /spec/group: got nothing; expected the name of an API group'],
    ['crds.yaml:1: /spec/names/kind: got nothing; expected the name of a kind'],
    ["crds.yaml:1: /spec/names/plural: got 3; expected the kind's plural in lower case"],
    ["crds.yaml:1: /spec/scope: got \"namespaced\"; expected 'Namespaced' or 'Cluster'"],
    ['crds.yaml:1: /spec/versions: got nothing; expected a list of versions'],
    ['crds.yaml:1: /spec/versions/0/name: got 1; expected the name of a version'],
    ['crds.yaml:1: /spec/versions/0/schema/openAPIV3Schema: got nothing; expected a schema'],
    ['crds.yaml:1: /spec/versions/0/schema/openAPIV3Schema/properties/a: got []; expected a schema'],
    [
      'crds.yaml:1: /spec/versions/0/schema/openAPIV3Schema/properties/a/format: Invalid value: 7: cannot unmarshal number into a value of type string',
    ],
    ['crds.yaml:1: /spec/group: got nothing; expected the name of an API group'],
    [
      'crds.yaml:1: /apiVersion: got apiextensions.k8s.io/v1beta1, which Kubernetes no longer serves; expected apiextensions.k8s.io/v1. Take the definition from a newer release of its project',
    ],
  ]);
});

test('fails with both places of a kind that is defined twice', () => {
  const other = CRD.replace('group: example.com', 'group: other.org');
  expect(
    readCrds([
      { label: 'a.yaml', text: CRD },
      { label: 'b.yaml', text: `${other}---\n${CRD}` },
    ]),
  ).toEqual({
    crds: [QUEUE, { ...QUEUE, group: 'other.org' }],
    skipped: [],
    problems: ['b.yaml:14: Queue of example.com is defined already at a.yaml:1'],
  });
});

test('skips what is no definition, or of no served version, and says where', () => {
  const text = `---
# nothing
---
kind: Namespace
apiVersion: v1
metadata: { name: system }
---
kind: { odd: true }
---
${CRD.replace('served: true', 'served: false')}---
${CRD}`;
  expect(read(text)).toEqual({
    crds: [QUEUE],
    skipped: [
      'crds.yaml:4: Namespace system',
      'crds.yaml:8: an object without a kind',
      'crds.yaml:10: Queue of example.com: none of its versions is served',
    ],
    problems: [],
  });
});

test('finds definitions in many documents, in lists and in JSON', () => {
  const other = CRD.replace('group: example.com', 'group: other.org');
  const indented = (text: string) => text.replace(/^/gm, '    ').replace(/^ {4}/, '  - ').trimEnd();
  const list = `apiVersion: v1\nkind: List\nitems:\n${indented(CRD)}\n${indented('apiVersion: v1\nkind: Pod')}\n`;
  const typed = `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinitionList\nitems:\n${indented(SPEC)}\n`;
  const both = [QUEUE, { ...QUEUE, group: 'other.org' }];
  expect(read(`${CRD}---\n${other}`)).toEqual({ crds: both, skipped: [], problems: [] });
  expect(read(list)).toEqual({ crds: [QUEUE], skipped: ['crds.yaml:16: Pod'], problems: [] });
  expect(read(typed)).toEqual({ crds: [QUEUE], skipped: [], problems: [] });
  const object = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { kind: 'Queue', plural: 'queues' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    },
  };
  expect(read(JSON.stringify(object)).crds).toEqual([QUEUE]);
  expect(read(JSON.stringify({ kind: 'List', items: [object] }, null, 2)).crds).toEqual([QUEUE]);
});

test('keeps of a version what is said of it, and leaves out those that are not served', () => {
  const versions = `    - name: v1alpha1
      served: false
      storage: false
    - name: v1beta1
      served: true
      storage: false
      deprecated: true
      deprecationWarning: gone soon
      subresources: { status: {} }
      additionalPrinterColumns: []
      schema: { openAPIV3Schema: {} }
`;
  expect(read(CRD.replace('  versions:\n', `  versions:\n${versions}`)).crds[0]?.versions).toEqual([
    {
      name: 'v1beta1',
      storage: false,
      deprecated: true,
      deprecationWarning: 'gone soon',
      subresources: { status: {} },
      schema: {},
    },
    QUEUE.versions[0],
  ]);
});

test('reads values as kubectl does', () => {
  const schema = 'enum: [yes, "yes", 2024-01-01, 12:30:00, 0o17, 017, ~, 1e3, !!binary aGk=]';
  const [crd] = read(CRD.replace('{ type: object }', `{ ${schema} }`)).crds;
  expect(crd?.versions[0]?.schema.enum).toEqual([true, 'yes', '2024-01-01', '12:30:00', 15, 15, null, 1000, 'aGk=']);
});

test('keeps properties of any name', () => {
  const properties = '{ "__proto__": { type: string }, constructor: { type: string }, "*/": {}, "": {} }';
  const [crd] = read(CRD.replace('type: object', `properties: ${properties}`)).crds;
  const found = crd?.versions[0]?.schema.properties ?? {};
  expect(Object.keys(found)).toEqual(['__proto__', 'constructor', '*/', '']);
});

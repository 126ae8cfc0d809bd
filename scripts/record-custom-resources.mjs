// Records what the API server's own code says of custom resources and of expressions in CEL, as fixtures:
//   node scripts/record-custom-resources.mjs [1.34.4]
// Custom resources are variants of the seeds, by the definitions of this program's imports. Needs Go.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { isMoot, judgeOf } from './agreement/custom-resources/judge.mjs';
import { apply, CLASSES, placesOf, reach } from './agreement/custom-resources/variants.mjs';
import { randomSource } from './agreement/values.mjs';

const require = createRequire(import.meta.url);
const lib = require('./build.cjs').cachedBuild();
const { keptCrdsIn } = require(join(lib, 'api/crds.js'));
const root = join(import.meta.dirname, '..');
const own = join(import.meta.dirname, 'agreement', 'custom-resources');
const rules = join(root, 'podwright', 'rules', 'custom-resources');
const [version = '1.34.4'] = process.argv.slice(2);

/** A definition as the API server has it. */
function published({ group, kind, plural, scope, versions }) {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope,
      names: { kind, plural },
      versions: versions.map(({ name, storage, subresources, schema }) => ({
        name,
        served: true,
        storage,
        subresources,
        schema: { openAPIV3Schema: schema },
      })),
    },
  };
}

const random = randomSource(20);
const seeds = readdirSync(join(own, 'seeds'))
  .sort()
  .flatMap((file) => parseAllDocuments(readFileSync(join(own, 'seeds', file), 'utf8')).map((one) => one.toJS()));
const crds = keptCrdsIn(join(root, 'imports'));
const objects = [];
for (const seed of seeds) {
  const crd = crds.find(({ group, kind }) => kind === seed.kind && seed.apiVersion.startsWith(`${group}/`));
  const version = crd?.versions.find(({ name }) => seed.apiVersion.endsWith(`/${name}`));
  if (!version) continue;
  const all = placesOf(version.schema).filter(({ path }) => path.length < 6);
  // Large objects would tell nothing more, and fill the fixture.
  for (let n = 0, kept = 0; n < 40 && kept < 5; n++) {
    const object = structuredClone(seed);
    const reached = reach(object, version.schema, random.pick(all).path, random);
    if (!reached || (n % 5 !== 0 && !apply(random.pick(CLASSES), reached, random))) continue;
    if (JSON.stringify(object).length > 900) continue;
    objects.push(object);
    kept++;
  }
}

const causesOf = ({ message = '', causes }) =>
  causes
    ? causes.filter((cause) => !isMoot(cause)).map(({ field, reason, message }) => [field, reason, message])
    : [...message.matchAll(/unknown field "(?:[^"\\]|\\.)*"/g)].map(([text]) => ['', 'UnknownField', text]);
const judged = await judgeOf(version, crds.map(published))(objects);
const lines = objects.flatMap((object, index) => {
  const causes = causesOf(judged[index]);
  // What is not decoded is told without a field.
  return judged[index].valid || causes.length > 0 ? [`${JSON.stringify({ causes, object })}\n`] : [];
});
mkdirSync(join(rules, '__fixtures__'), { recursive: true });
writeFileSync(join(rules, '__fixtures__', 'verdicts.jsonl'), lines.join(''));

const text = { type: 'string', maxLength: 100 };
const list = { type: 'array', maxItems: 5 };
const pair = { type: 'object', properties: { a: text, b: text } };
const properties = {
  int: { type: 'integer' },
  double: { type: 'number' },
  text,
  truth: { type: 'boolean' },
  falsity: { type: 'boolean' },
  none: text,
  object: pair,
  list: { ...list, items: pair },
  map: { type: 'object', maxProperties: 5, additionalProperties: text },
  numbers: { ...list, items: { type: 'integer' } },
  empty: { ...list, items: { type: 'integer' } },
  set: { ...list, 'x-kubernetes-list-type': 'set', items: text },
  keyed: {
    ...list,
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['name'],
    items: { type: 'object', required: ['name'], properties: { name: text, v: { type: 'integer' } } },
  },
  any: { 'x-kubernetes-int-or-string': true },
  other: { 'x-kubernetes-int-or-string': true },
  nullable: { ...text, nullable: true },
  ...Object.fromEntries(['namespace', 'a-b', 'a.b', 'a/b', 'a__b'].map((name) => [name, text])),
  when: { type: 'string', format: 'date-time' },
  length: { type: 'string', format: 'duration' },
  bytes: { type: 'string', format: 'byte' },
};
const spec = {
  int: 3,
  double: 1.5,
  text: 'hello',
  truth: true,
  falsity: false,
  object: { a: 'A' },
  list: [{ a: 'p', b: 'x' }, { a: 'q' }],
  map: { x: 'one', z: 'two' },
  numbers: [3, 1, 2],
  empty: [],
  set: ['a', 'b'],
  keyed: [
    { name: 'p', v: 1 },
    { name: 'q', v: 2 },
  ],
  any: '25%',
  other: 5,
  nullable: null,
  namespace: 'ns',
  'a-b': 'dashed',
  'a.b': 'dotted',
  'a/b': 'slashed',
  a__b: 'low',
  when: '2024-01-02T03:04:05Z',
  length: '90s',
  bytes: 'aGVsbG8=',
};
const expressions = readFileSync(join(own, 'expressions.txt'), 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'));
const definitions = expressions.map((expression, index) => {
  const isText = expression.startsWith('text: ');
  const rule = isText
    ? { rule: 'self.falsity', message: 'm', messageExpression: expression.slice('text: '.length) }
    : { rule: expression, message: 'm' };
  const own = { type: 'object', properties, 'x-kubernetes-validations': [rule] };
  const schema = { type: 'object', properties: { spec: own } };
  const versions = [{ name: 'v1', storage: true, schema }];
  return { group: 'example.com', kind: `E${index}`, plural: `e${index}s`, scope: 'Cluster', versions };
});
const outcomes = await judgeOf(
  version,
  definitions.map(published),
)(definitions.map(({ kind }) => ({ apiVersion: 'example.com/v1', kind, metadata: { name: 'a' }, spec })));
const results = expressions.map((expression, index) => {
  const { valid, causes = [], message } = outcomes[index];
  return [expression, valid ? 'valid' : causes.map((cause) => cause.message).join(' | ') || message];
});
for (const [expression, outcome] of results) {
  if (outcome.includes('rule compile error'))
    throw new Error(`the API server takes no such rule: ${expression}\n${outcome}`);
}
mkdirSync(join(rules, 'cel', '__fixtures__'), { recursive: true });
const listed = results.map((result) => `\n  ${JSON.stringify(result)}`).join(',');
writeFileSync(
  join(rules, 'cel', '__fixtures__', 'expressions.json'),
  `{"properties": ${JSON.stringify(properties)},\n"spec": ${JSON.stringify(spec)},\n"expressions": [${listed}\n]}\n`,
);
console.log(`${lines.length} custom resources, ${results.length} expressions`);

// Asks the API server's own code which of 1,000 pairs of objects it keeps as the same, and writes its answers to
// podwright/gitops/__fixtures__/pairs.jsonl, so that the tests need no Go. Also says where our stored form
// differs from the server's.
//   node scripts/record-defaults.mjs [--seed 1] [--pairs 1000] [--version 1.34] [--show 5] [--write]
// Needs the oracle's binaries (ORACLE_DIR). Without --write it measures on fresh pairs and writes nothing.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { keep, oracleFor } from './agreement/oracle.mjs';
import { randomSource } from './agreement/values.mjs';

const require = createRequire(import.meta.url);
const lib = require('./build.cjs').cachedBuild();
const { kindOf, schemaOf } = require(join(lib, 'api/definitions.js'));
const { kept } = require(join(lib, 'gitops/kept.js'));
const { shapeOf } = require(join(lib, 'api/defaulting/shape.js'));

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    pairs: { type: 'string', default: '1000' },
    version: { type: 'string', default: '1.34' },
    show: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
  },
});
const { version } = options;
const oracle = oracleFor(version);
if (!oracle) throw new Error(`no oracle for ${version}; ORACLE_DIR names the folder of the binaries`);
const { next: random, pick } = randomSource(Number(options.seed));

/** The server's stored form without what differs each time, read as ours is. */
function server(verdict) {
  // etcd keeps protobuf, which has no empty list.
  const listed = (_, value) => (value === null || (Array.isArray(value) && value.length === 0) ? undefined : value);
  const text = JSON.stringify(verdict.object, listed).replaceAll(verdict.object.metadata.uid, 'UID');
  const object = JSON.parse(text);
  delete object.status;
  for (const claim of object.spec?.volumeClaimTemplates ?? []) delete claim.status;
  for (const field of ['uid', 'creationTimestamp', 'generation']) delete object.metadata[field];
  if (object.kind === 'Job' && !object.spec.manualSelector) {
    delete object.spec.selector;
    for (const label of ['controller-uid', 'batch.kubernetes.io/controller-uid'])
      delete object.spec.template.metadata.labels[label];
  }
  if (object.kind === 'DaemonSet') delete object.metadata.annotations['deprecated.daemonset.template.generation'];
  return object;
}
const readAs = (object) => shapeOf(kindOf(object.apiVersion, object.kind).definition, version).read(object);

/** Every place of an object: its parent, key, schema of the value, and path. */
function places(value, schema, path = []) {
  const found = [];
  const visit = (owner, ownerSchema, at) => {
    const resolved = ownerSchema.$ref ? (schemaOf(version, ownerSchema.$ref) ?? {}) : ownerSchema;
    if (Array.isArray(owner)) {
      for (const [index, item] of owner.entries()) step(index, item, resolved.items ?? {}, at);
      return;
    }
    if (typeof owner !== 'object' || owner === null) return;
    for (const [key, part] of Object.entries(owner)) {
      const partSchema = resolved.properties?.[key] ?? resolved.additionalProperties ?? {};
      step(key, part, partSchema, at);
    }
    found.push({ struct: owner, properties: resolved.properties, path: at });
  };
  const step = (key, part, partSchema, at) => {
    const there = [...at, key];
    if (there[0] === 'apiVersion' || there[0] === 'kind' || there[0] === 'status') return;
    if (there[0] === 'metadata' && /^(name|namespace|generateName|uid|creationTimestamp)$/.test(there[1] ?? '')) return;
    found.push({ path: there, value: part, schema: partSchema });
    visit(part, partSchema, there);
  };
  visit(value, schema, path);
  return found;
}

/** One random change as [path, value]; undefined is a removal. */
function change(object, stored) {
  const schema = { $ref: kindOf(object.apiVersion, object.kind).definition };
  const all = places(object, schema);
  const fields = all.filter((place) => 'value' in place);
  const structs = all.filter((place) => place.properties);
  const how = random();
  if (how < 0.2) {
    const place = pick(fields);
    return place && [place.path, undefined];
  }
  if (how < 0.45) {
    // What the server filled in, written out.
    const filled = places(stored, schema).filter(
      (place) =>
        'value' in place && at(object, place.path) === undefined && at(object, place.path.slice(0, -1)) !== undefined,
    );
    const place = pick(filled);
    return place && [place.path, place.value];
  }
  if (how < 0.65) {
    const { struct, properties, path } = pick(structs);
    const absent = Object.keys(properties).filter(
      (key) => !(key in struct) && key !== 'status' && path[0] !== 'status',
    );
    const key = pick(absent);
    if (!key || (path.length === 0 && key === 'metadata')) return undefined;
    return [[...path, key], zeroOf(properties[key])];
  }
  if (how < 0.75) {
    const quantities = fields.filter((place) => /Quantity$/.test(place.schema.$ref ?? ''));
    const place = pick(quantities);
    if (!place) return undefined;
    const number = Number.parseFloat(place.value);
    const suffix = String(place.value).replace(/^[\d.]+/, '');
    const scaled = {
      '': `${number * 1000}m`,
      m: String(number / 1000),
      Gi: `${number * 1024}Mi`,
      Mi: `${number * 1024}Ki`,
      G: `${number}e9`,
    };
    return [place.path, scaled[suffix] ?? String(place.value)];
  }
  const leaves = fields.filter((place) => typeof place.value !== 'object');
  const place = pick(leaves);
  if (!place) return undefined;
  const { value } = place;
  if (typeof value === 'boolean') return [place.path, !value];
  if (typeof value === 'number') return [place.path, pick([value + 1, 0, value * 2])];
  return [
    place.path,
    place.schema.enum ? pick(place.schema.enum) : pick([`${value}0`, `${value}-b`, value.toUpperCase(), '']),
  ];
}

function zeroOf(schema) {
  const resolved = schema.$ref ? schemaOf(version, schema.$ref) : schema;
  if (random() < 0.15) return null;
  switch (resolved?.type) {
    case 'array':
      return [];
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return 0;
    case 'string':
      return resolved.format === 'quantity' ? '0' : '';
    default:
      return {};
  }
}

function at(object, path) {
  return path.reduce((value, step) => value?.[step], object);
}

/** A copy with the changes made. */
function apply(object, changes) {
  const copy = structuredClone(object);
  for (const [path, value] of changes) {
    const parent = at(copy, path.slice(0, -1));
    if (typeof parent !== 'object' || parent === null) continue;
    const key = path.at(-1);
    if (value !== undefined) parent[key] = value;
    else if (Array.isArray(parent)) parent.splice(key, 1);
    else delete parent[key];
  }
  return copy;
}

const folder = join(import.meta.dirname, 'agreement', 'seeds');
const candidates = readdirSync(folder)
  .sort()
  .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => document.toJS()))
  .filter((object) => object?.metadata?.name && kindOf(object.apiVersion, object.kind));
const verdicts = await keep(oracle, candidates);
const seeds = candidates.filter((_, index) => verdicts[index].valid);
const storedSeeds = verdicts.filter((verdict) => verdict.valid).map(server);
process.stderr.write(`${seeds.length} of ${candidates.length} seeds are valid in ${version}\n`);

const wanted = Number(options.pairs);
const pairs = [];
while (pairs.length < wanted) {
  const batch = [];
  while (batch.length < wanted * 2) {
    const seed = Math.floor(random() * seeds.length);
    const make = (count) => Array.from({ length: count }, () => change(seeds[seed], storedSeeds[seed])).filter(Boolean);
    const pair = { seed, a: random() < 0.3 ? make(1) : [], b: make(pick([1, 1, 2, 3])) };
    if (pair.a.length + pair.b.length > 0) batch.push(pair);
  }
  const judged = await keep(
    oracle,
    batch.flatMap(({ seed, a, b }) => [apply(seeds[seed], a), apply(seeds[seed], b)]),
  );
  batch.forEach((pair, index) => {
    const [a, b] = [judged[index * 2], judged[index * 2 + 1]];
    if (!a.valid || !b.valid || pairs.length >= wanted) return;
    const equal = isDeepStrictEqual(server(a), server(b));
    // Half of them the same: else nearly all would differ.
    const same = pairs.filter((known) => known.equal).length;
    if (!equal && pairs.length - same >= wanted / 2) return;
    pairs.push({ ...pair, equal, served: [server(a), server(b)] });
  });
}

let disagreed = 0;
let shown = 0;
let otherForm = 0;
const show = (text) => {
  if (shown++ < Number(options.show)) process.stdout.write(`${text}\n`);
};
for (const { seed, a, b, equal, served } of pairs) {
  const objects = [apply(seeds[seed], a), apply(seeds[seed], b)];
  const ours = objects.map((object) => kept(object, version));
  if (isDeepStrictEqual(ours[0], ours[1]) !== equal) {
    disagreed++;
    show(
      `${seeds[seed].kind} ${seeds[seed].metadata.name}: server says ${equal ? 'the same' : 'different'}\n  a ${JSON.stringify(a)}\n  b ${JSON.stringify(b)}`,
    );
  }
  ours.forEach((form, index) => {
    const theirs = readAs(served[index]);
    if (isDeepStrictEqual(form, theirs)) return;
    otherForm++;
    show(`${seeds[seed].kind}: ${difference(form, theirs)}`);
  });
}
process.stdout.write(
  `${pairs.length} pairs, ${pairs.filter((pair) => pair.equal).length} the same to the server; ${disagreed} judged otherwise by us; ${otherForm} of ${pairs.length * 2} stored forms are other than the server's\n`,
);

function difference(ours, theirs, path = '') {
  if (typeof ours !== 'object' || typeof theirs !== 'object' || !ours || !theirs) {
    return isDeepStrictEqual(ours, theirs)
      ? ''
      : `${path}: ours ${JSON.stringify(ours)}, theirs ${JSON.stringify(theirs)}; `;
  }
  return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])]
    .map((key) => difference(ours[key], theirs[key], `${path}/${key}`))
    .join('');
}

if (options.write) {
  const fixtures = join(import.meta.dirname, '../podwright/gitops/__fixtures__');
  mkdirSync(fixtures, { recursive: true });
  const head = { generated: 'by scripts/record-defaults.mjs: do not edit', version, seeds };
  const lines = pairs.map(({ seed, a, b, equal }) => JSON.stringify({ seed, a: written(a), b: written(b), equal }));
  writeFileSync(join(fixtures, 'pairs.jsonl'), `${[JSON.stringify(head), ...lines].join('\n')}\n`);
}

/** A removal is a change without a value, which JSON has not. */
function written(changes) {
  return changes.map(([path, value]) => (value === undefined ? [path] : [path, value]));
}

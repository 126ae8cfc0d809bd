// How far the rules agree with the API server's own code, on freshly made variants of objects.
//   node scripts/agreement.mjs --seed 7 [--versions 1.34,1.37] [--kinds Pod,Job] [--show 20] [--faults 2] [--per 1]
// Needs the oracle's binaries (ORACLE_DIR), one a version. --show lists disagreements.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { judge, oracleFor } from './agreement/oracle.mjs';
import { apply, at, bankOf, CLASSES, randomSource, shapeOf, valueFor, visit } from './agreement/variants.mjs';

const require = createRequire(import.meta.url);
const lib = require('./build.cjs').cachedBuild();
const { checkObjects } = require(join(lib, 'rules/index.js'));
const { kindOf, schemaOf } = require(join(lib, 'api/definitions.js'));

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    versions: { type: 'string', default: '1.32,1.33,1.34,1.35,1.36,1.37' },
    kinds: { type: 'string' },
    show: { type: 'string', default: '0' },
    per: { type: 'string', default: '1' },
    double: { type: 'boolean', default: false },
    class: { type: 'string' },
  },
});

const folder = join(import.meta.dirname, 'agreement', 'seeds');
const only = options.kinds?.split(',');
const seedsOf = (version) =>
  readdirSync(folder)
    .sort()
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => document.toJS()))
    .filter((object) => object && (!only || only.includes(object.kind)))
    .map((object) => ({ object, definition: kindOf(object.apiVersion, object.kind) }))
    .filter(({ definition }) => definition && schemaOf(version, definition))
    .map(({ object, definition }) => ({ object, definition: definition.definition }));

/** Every field of the schema that the seeds lack, put into a copy of the seed that comes nearest. */
function graft(seeds, definitions, bank, random) {
  const grafted = [];
  const seen = new Set();
  const paths = [];
  for (const seed of seeds) {
    const kind = `${seed.object.apiVersion} ${seed.object.kind}`;
    const structs = [{ path: [], type: seed.definition }];
    visit(seed.object, { $ref: seed.definition }, definitions, (_parent, _key, shape, path, type) => {
      if (type) seen.add(`${kind} ${path.filter((step) => typeof step === 'string').join('.')}`);
      if (shape.kind === 'struct') structs.push({ path, type: shape.type });
    });
    paths.push({ seed, kind, structs });
  }
  for (const { seed, kind, structs } of paths) {
    for (const { path, type } of structs) {
      const value = at(seed.object, path);
      if (typeof value !== 'object' || value === null || path[0] === 'status') continue;
      for (const [field, schema] of Object.entries(shapeOf({ $ref: type }, definitions).fields)) {
        const place = `${kind} ${[...path, field].filter((step) => typeof step === 'string').join('.')}`;
        if (field in value || seen.has(place)) continue;
        seen.add(place);
        const object = structuredClone(seed.object);
        const known = bank.get(`${type} ${field}`);
        at(object, path)[field] = known
          ? structuredClone(random.pick(known))
          : valueFor(schema, field, definitions, bank, random);
        grafted.push({ object, definition: seed.definition });
      }
    }
  }
  return grafted;
}

/** One variant for each kind, place in its schema, and class. */
function variantsOf(bases, definitions, bank, random, per) {
  const places = new Map();
  for (const [index, base] of bases.entries()) {
    visit(base.object, { $ref: base.definition }, definitions, (_parent, key, shape, path, type) => {
      if (path[0] === 'apiVersion' || path[0] === 'kind' || path[0] === 'status') return;
      const place = `${base.object.apiVersion} ${base.object.kind} ${path.map((step) => (typeof step === 'number' ? '*' : step)).join('.')}`;
      if (!places.has(place)) places.set(place, []);
      places.get(place).push({ index, path, shape, type, key });
    });
  }
  const variants = [];
  const change = (object, place, fault) => {
    const parent = at(object, place.path.slice(0, -1));
    if (typeof parent !== 'object' || parent === null || !(place.key in parent)) return false;
    return apply(fault, parent, place.key, place.shape, { random, bank, type: place.type, definitions });
  };
  const all = [...places.values()];
  for (const [name, found] of places) {
    for (const fault of CLASSES) {
      if (options.class && options.class !== fault) continue;
      for (let n = 0; n < per; n++) {
        const place = random.pick(found);
        const object = structuredClone(bases[place.index].object);
        if (!change(object, place, fault)) continue;
        if (options.double) {
          const other = random.pick(random.pick(all));
          if (other.index === place.index) change(object, other, random.pick(CLASSES));
        }
        variants.push({ fault, place: name, object });
      }
    }
  }
  return variants;
}

const plain = (field) => field.replaceAll('[', '.').replaceAll(']', '').replaceAll('..', '.');

/** The fields that a verdict names, normal: `spec.containers.0.name`; undefined where it names none. */
function fieldsOf(verdict) {
  if (verdict.causes?.length) return new Set(verdict.causes.map(({ field }) => plain(field)));
  const strict = [...verdict.message.matchAll(/(?:unknown|duplicate) field "([^"]*)"/g)].map(([, field]) =>
    plain(field),
  );
  if (strict.length > 0) return new Set(strict);
  const decoding = /Go struct field \w*\.([^ ]*) of type/.exec(verdict.message);
  // Newer Go names embedded structs, too: `VolumeSource`.
  return decoding ? new Set([decoding[1].replace(/(^|\.)[A-Z]\w*(?=\.)/g, '').replace(/^\./, '')]) : undefined;
}

/** The field of a finding as the API server would spell it. */
function ownField({ field, pointer, ruleId }, decoding) {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const spelt = plain(field ?? steps.join('.'));
  if (!decoding || !/^api\/(type|quantity|time|base64)$/.test(ruleId)) return spelt;
  return spelt
    .split('.')
    .filter((step) => !/^\d+$/.test(step))
    .join('.');
}

const table = [];
for (const version of options.versions.split(',')) {
  const binary = oracleFor(version);
  if (!binary) {
    console.log(`${version}: no oracle`);
    continue;
  }
  const random = randomSource(Number(options.seed) * 7919 + Number(version.slice(2)));
  const cache = new Map();
  const definitions = (name) => {
    if (!cache.has(name)) cache.set(name, schemaOf(version, name));
    return cache.get(name);
  };
  const seeds = seedsOf(version);
  const bank = bankOf(seeds, definitions);
  const grafted = graft(seeds, definitions, bank, random);
  const judged = await judge(
    binary,
    [...seeds, ...grafted].map(({ object }) => object),
  );
  const bases = [...seeds, ...grafted].filter((_, index) => judged[index].valid);
  if (Number(options.show) > 0) {
    seeds.forEach(({ object }, index) => {
      if (!judged[index].valid)
        console.log(`refused seed: ${object.kind} ${object.metadata.name}: ${judged[index].message.slice(0, 400)}`);
    });
  }
  const variants = [
    ...variantsOf(bases, definitions, bank, random, Number(options.per)),
    ...grafted.map(({ object }) => ({ fault: 'in conflict', place: 'grafted', object })),
    ...bases.map(({ object }) => ({ fault: 'none', place: 'base', object })),
  ];
  const verdicts = await judge(
    binary,
    variants.map(({ object }) => object),
  );
  const counts = new Map(CLASSES.map((name) => [name, { all: 0, agree: 0, named: 0, first: 0 }]));
  let accepted = 0;
  let alarms = 0;
  let shown = 0;
  const groups = new Map();
  variants.forEach(({ fault, place, object }, index) => {
    const verdict = verdicts[index];
    if (/^not judged|no kind "|no version "|^panic|Object 'Kind' is missing/.test(verdict.message ?? '')) return;
    const findings = checkObjects([object], { targets: [version] }).filter(({ severity }) => severity === 'error');
    const agree = verdict.valid === (findings.length === 0);
    const count = counts.get(fault);
    let firstRight = true;
    if (verdict.valid) {
      accepted++;
      if (!agree) alarms++;
    }
    if (count) {
      count.all++;
      if (agree) count.agree++;
    }
    if (!verdict.valid && agree) {
      const fields = fieldsOf(verdict);
      if (fields) {
        if (count) count.named++;
        firstRight = fields.has(ownField(findings[0], !verdict.causes));
        if (firstRight && count) count.first++;
      }
    }
    if (agree && firstRight) return;
    const what = agree ? 'field' : verdict.valid ? 'FALSE ALARM' : 'missed';
    const said = verdict.valid
      ? `${findings[0].ruleId} ${findings[0].pointer} ${findings[0].message}`
      : `${verdict.causes?.map(({ field, message }) => `${field}: ${message}`).join(' | ') ?? verdict.message}`;
    const group = `${what} ${said
      .replace(/"[^"]*"/g, '"…"')
      .replace(/\d+/g, 'N')
      .slice(0, 160)}`;
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push({
      fault,
      place,
      said,
      own: findings[0] && `${findings[0].ruleId} ${findings[0].pointer} ${findings[0].message}`,
      object,
    });
  });
  const sorted = [...groups].sort((a, b) => b[1].length - a[1].length);
  for (const [, list] of sorted) {
    if (shown++ >= Number(options.show)) break;
    const { fault, place, said, own } = list[0];
    const what = sorted[shown - 1][0].split(' ')[0];
    console.log(
      `\n${list.length} x ${what} [${fault}] ${place}\n   server: ${said.slice(0, 420)}\n   ours:   ${own?.slice(0, 300) ?? '-'}`,
    );
    if (process.env.OBJECT) console.log(JSON.stringify(list[0].object));
  }
  const rates = [...counts].filter(([, { all }]) => all > 0).map(([name, { all, agree }]) => [name, agree / all, all]);
  const mean = rates.reduce((sum, [, rate]) => sum + rate, 0) / rates.length;
  const lowest = rates.reduce((low, one) => (one[1] < low[1] ? one : low));
  const named = [...counts.values()].reduce((sum, { named }) => sum + named, 0);
  const first = [...counts.values()].reduce((sum, { first }) => sum + first, 0);
  table.push({ version, variants: variants.length, rates, mean, lowest, alarms, accepted, first: first / named });
}

const percent = (value) => `${(value * 100).toFixed(2)}%`;
for (const { version, variants, rates, mean, lowest, alarms, accepted, first } of table) {
  console.log(
    `\n${version}: ${variants} variants, agreement ${percent(mean)} (mean over the classes), lowest ${lowest[0]} ${percent(lowest[1])}`,
  );
  for (const [name, rate, all] of rates) console.log(`  ${name.padEnd(22)} ${percent(rate).padStart(8)} of ${all}`);
  console.log(`  false alarms           ${alarms} of ${accepted} accepted`);
  console.log(`  first field named      ${percent(first)}`);
}

// How far the rules agree with the API server's own code on custom resources, on freshly made variants.
//   node scripts/custom-resources.mjs --seed 7 --crds FOLDER [--places 60] [--kinds HTTPRoute] [--show 20]
//     [--samples FOLDER] [--write FILE]
// FOLDER has the CRDs as their projects publish them; --samples one of published manifests, in which nothing may be found
// that the server accepts. Needs Go, for agreement/custom-resources/build.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { isMoot, judgeOf } from './agreement/custom-resources/judge.mjs';
import { apply, CLASSES, placesOf, reach } from './agreement/custom-resources/variants.mjs';
import { randomSource } from './agreement/values.mjs';

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    crds: { type: 'string' },
    version: { type: 'string', default: '1.34.4' },
    places: { type: 'string', default: '60' },
    kinds: { type: 'string' },
    show: { type: 'string', default: '0' },
    samples: { type: 'string' },
    write: { type: 'string' },
  },
});
if (!options.crds) throw new Error("option '--crds' needs a folder of CustomResourceDefinitions");

const require = createRequire(import.meta.url);
const lib = require('./build.cjs').cachedBuild();
const { checkAll } = require(join(lib, 'rules/families.js'));
const { readCrds } = require(join(lib, 'import/read-crds.js'));
const { keepCrds } = require(join(lib, 'import/keep-crds.js'));
const { readKeptCrds } = require(join(lib, 'api/crds.js'));

const own = join(import.meta.dirname, 'agreement', 'custom-resources');

/** The objects of all manifests below a folder. */
function objectsIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^\.(ya?ml|json)$/.test(extname(file)))
    .sort()
    .flatMap((file) =>
      parseAllDocuments(readFileSync(join(folder, file), 'utf8'), { version: '1.1', logLevel: 'silent' }),
    )
    .map((document) => (document.errors.length > 0 ? undefined : document.toJS()))
    .filter((object) => object?.kind);
}

const texts = readdirSync(options.crds)
  .filter((file) => /\.ya?ml$/.test(file))
  .sort()
  .map((file) => ({ label: file, text: readFileSync(join(options.crds, file), 'utf8') }));
const readable = readCrds(texts);
if (readable.problems.length > 0) throw new Error(readable.problems.join('\n'));
// As an import keeps them: what a program's objects are checked against.
const { crds } = readKeptCrds(keepCrds(readable.crds, 'measured'));
const serverSays = judgeOf(
  options.version,
  objectsIn(options.crds).filter(({ kind }) => kind === 'CustomResourceDefinition'),
);
const target = options.version.split('.').slice(0, 2).join('.');
/** What is found of each object, errors only. */
function found(objects) {
  const findings = objects.map(() => []);
  for (const finding of checkAll(objects, { targets: [target], families: ['api'], crds: () => crds })) {
    if (finding.severity === 'error') findings[finding.index].push(finding);
  }
  return findings;
}
const isServed = ({ apiVersion, kind }) =>
  crds.some((crd) => crd.kind === kind && crd.versions.some(({ name }) => apiVersion === `${crd.group}/${name}`));

const random = randomSource(Number(options.seed) * 7919);
const seeds = objectsIn(join(own, 'seeds'));
const only = options.kinds?.split(',');

/** Objects with a value at each of some places of a kind's schema. */
function basesOf(crd, version) {
  const seedsOfKind = seeds.filter(
    ({ apiVersion, kind }) => kind === crd.kind && apiVersion === `${crd.group}/${version.name}`,
  );
  const others = seeds.filter(({ apiVersion, kind }) => kind === crd.kind && apiVersion.startsWith(`${crd.group}/`));
  const seed = () =>
    seedsOfKind.length > 0
      ? structuredClone(random.pick(seedsOfKind))
      : { ...structuredClone(random.pick(others)), apiVersion: `${crd.group}/${version.name}` };
  if (others.length === 0) throw new Error(`no seed for ${crd.kind}`);
  const all = placesOf(version.schema);
  const bases = [];
  for (let n = 0; n < Number(options.places); n++) {
    // Shallow places are few, and most of what people write; each level is as likely as the others.
    const depth = 1 + random.below(Math.max(...all.map(({ path }) => path.length)));
    const level = all.filter(({ path }) => path.length === depth);
    const place = random.pick(level.length > 0 ? level : all);
    const object = seed();
    const reached = reach(object, version.schema, place.path, random);
    if (reached) bases.push({ object, path: place.path, root: version.schema });
  }
  return bases;
}

const bases = crds
  .filter(({ kind }) => !only || only.includes(kind))
  .flatMap((crd) => crd.versions.flatMap((version) => basesOf(crd, version)));
const basesJudged = await serverSays(bases.map(({ object }) => object));
const variants = [];
bases.forEach((base, index) => {
  variants.push({ fault: basesJudged[index].valid ? 'none' : 'in conflict', ...base });
  if (!basesJudged[index].valid) return;
  for (const fault of CLASSES) {
    const object = structuredClone(base.object);
    const reached = reach(object, base.root, base.path, random);
    if (reached && apply(fault, reached, random)) variants.push({ fault, ...base, object });
  }
});
const verdicts = await serverSays(variants.map(({ object }) => object));

const plain = (field) => field.replaceAll('[', '.').replaceAll(']', '').replaceAll('..', '.').replace(/^\./, '');
/** The fields that a verdict names; undefined where it names none. */
function fieldsOf({ message, causes }) {
  const named = (causes ?? []).filter(({ field }) => field !== '<nil>').map(({ field }) => plain(field));
  if (named.length > 0) return new Set(named);
  const unknown = [...message.matchAll(/unknown field "([^"]*)"/g)].map(([, field]) => plain(field));
  return unknown.length > 0 ? new Set(unknown) : undefined;
}
/** What the server says, and we, to be compared: reason, field and message of each cause. */
const said = ({ message, causes }) =>
  causes
    ? causes
        .filter((cause) => !isMoot(cause))
        .map(({ reason, field, message }) => `${reason} ${field === '<nil>' ? '' : plain(field)} ${message}`)
    : [...message.matchAll(/unknown field "(?:[^"\\]|\\.)*"/g)].map(([text]) => text);
const ours = (findings, combined) =>
  findings.map(({ reason, field, pointer, message }) =>
    reason === 'UnknownField'
      ? message
      : `${reason} ${combined(message) ? '' : plain(field ?? pointer.slice(1).split('/').map(unescaped).join('.'))} ${message}`,
  );
const unescaped = (step) => step.replaceAll('~1', '/').replaceAll('~0', '~');
/** The server names no field for these. */
const isCombined = (message) =>
  message.startsWith('Invalid value: "": Checked value must be') ||
  /(\((anyOf|oneOf|not)\)|\(oneOf\)\. [^"]*|\(allOf\)[^"]*)$/.test(message);

const counts = new Map(CLASSES.map((name) => [name, { all: 0, agree: 0 }]));
const groups = new Map();
let accepted = 0;
let alarms = 0;
let named = 0;
let first = 0;
let refused = 0;
let alike = 0;
const began = process.hrtime.bigint();
const all = found(variants.map(({ object }) => object));
const spent = process.hrtime.bigint() - began;
variants.forEach(({ fault, object, path }, index) => {
  const verdict = verdicts[index];
  const findings = all[index];
  const agree = verdict.valid === (findings.length === 0);
  if (verdict.valid) accepted++;
  if (verdict.valid && !agree) alarms++;
  const count = counts.get(fault);
  if (count) count.all++;
  if (count && agree) count.agree++;
  let what = agree ? undefined : verdict.valid ? 'FALSE ALARM' : 'missed';
  if (!verdict.valid && agree) {
    refused++;
    const fields = fieldsOf(verdict);
    const [one] = ours(findings.slice(0, 1), () => false);
    const field = one.startsWith('unknown field') ? plain(/"(.*)"/.exec(one)[1]) : one.split(' ')[1];
    if (fields) {
      named++;
      if (fields.has(field)) first++;
      else what = 'field';
    }
    const theirs = said(verdict).sort().join('\n');
    if (!verdict.causes && theirs === '') alike++;
    else if (theirs === ours(findings, isCombined).sort().join('\n')) alike++;
    else what ??= 'words';
  }
  if (!what) return;
  const text = verdict.valid ? ours(findings, isCombined).join(' | ') : said(verdict).join(' | ') || verdict.message;
  const group = `${what} ${text
    .replace(/"[^"]*"/g, '"…"')
    .replace(/\d+/g, 'N')
    .slice(0, 120)}`;
  if (!groups.has(group)) groups.set(group, []);
  groups.get(group).push({
    what,
    fault,
    place: `${object.kind} ${path.join('.')}`,
    text,
    own: ours(findings, isCombined).join(' | '),
    object,
  });
});

const samples = { all: 0, accepted: 0, alarms: 0 };
if (options.samples) {
  const objects = objectsIn(options.samples).filter(isServed);
  const judged = await serverSays(objects);
  objects.forEach((object, index) => {
    samples.all++;
    if (!judged[index].valid) return;
    samples.accepted++;
    const [findings] = found([object]);
    if (findings.length === 0) return;
    samples.alarms++;
    console.log(`sample: ${object.kind} ${object.metadata?.name}: ${findings[0].pointer} ${findings[0].message}`);
  });
}

const rank = { 'FALSE ALARM': 0, missed: 1, field: 2, words: 3 };
const sorted = [...groups.values()].sort((a, b) => rank[a[0].what] - rank[b[0].what] || b.length - a.length);
for (const list of sorted.slice(0, Number(options.show))) {
  const { what, fault, place, text, own, object } = list[0];
  console.log(
    `\n${list.length} x ${what} [${fault}] ${place}\n   server: ${text.slice(0, 500)}\n   ours:   ${own.slice(0, 500) || '-'}`,
  );
  if (process.env.OBJECT) console.log(JSON.stringify(object));
}
const rates = [...counts].map(([name, { all, agree }]) => ({ name, all, agree }));
const percent = (part, all) => `${((100 * part) / all).toFixed(2)}%`;
const mean = rates.reduce((sum, { all, agree }) => sum + agree / all, 0) / rates.length;
console.log(
  `\n${target}: ${variants.length} variants of ${new Set(variants.map(({ object }) => `${object.apiVersion} ${object.kind}`)).size} kinds, agreement ${(mean * 100).toFixed(2)}% (mean over the classes)`,
);
for (const { name, all, agree } of rates)
  console.log(`  ${name.padEnd(14)} ${percent(agree, all).padStart(8)} of ${all}`);
console.log(`  false alarms   ${alarms} of ${accepted} accepted`);
console.log(`  first field    ${percent(first, named)} of ${named}`);
console.log(`  same words     ${percent(alike, refused)} of ${refused}`);
const milliseconds = Number((Number(spent) / 1e6 / variants.length).toFixed(3));
console.log(`  an object      ${milliseconds} ms`);
if (options.samples)
  console.log(`  samples        ${samples.alarms} false alarms on ${samples.accepted} accepted of ${samples.all}`);
if (options.write) {
  const written = existsSync(options.write) ? JSON.parse(readFileSync(options.write, 'utf8')) : [];
  const result = {
    version: target,
    seed: Number(options.seed),
    objects: variants.length,
    classes: rates,
    accepted,
    alarms,
  };
  const others = written.filter(({ version }) => version !== target);
  const kept = [...others, { ...result, named, first, refused, alike, milliseconds, samples }];
  kept.sort((a, b) => Number(a.version.slice(2)) - Number(b.version.slice(2)));
  writeFileSync(options.write, `${JSON.stringify(kept, null, 1)}\n`);
}

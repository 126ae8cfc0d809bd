// How far the rules agree with the API server's own code, on freshly made variants of objects.
//   node scripts/agreement.mjs --seed 7 [--versions 1.34,1.37] [--kinds Pod,Job] [--class empty] [--faults 2] [--per 1]
//     [--also FOLDER]... [--show 20] [--record]
// Needs the oracle's binaries (ORACLE_DIR), one a version. --also takes more objects to make variants of. --show lists
// disagreements. --record keeps the figures in agreement/results.json, of which docs/agreement.md is made: those of the
// same version and number of faults are replaced.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { allSeeds, grow } from './agreement/bases.mjs';
import { Count, compare, isNoVerdict } from './agreement/compare.mjs';
import { CLASSES } from './agreement/faults.mjs';
import { definitionsOf, judge, oracleFor } from './agreement/oracle.mjs';
import { Groups, record, report } from './agreement/report.mjs';
import { randomSource } from './agreement/values.mjs';
import { variantsOf } from './agreement/variants.mjs';

const require = createRequire(import.meta.url);
const lib = require('./build.cjs').cachedBuild();
const { checkObjects } = require(join(lib, 'rules/index.js'));

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    versions: { type: 'string', default: '1.32,1.33,1.34,1.35,1.36,1.37' },
    kinds: { type: 'string' },
    class: { type: 'string' },
    faults: { type: 'string', default: '1' },
    per: { type: 'string', default: '1' },
    also: { type: 'string', multiple: true },
    show: { type: 'string', default: '0' },
    record: { type: 'boolean', default: false },
  },
});

const BATCH = 20_000;
const show = Number(options.show);
const kinds = options.kinds?.split(',');
const results = [];
for (const version of options.versions.split(',')) {
  const binary = oracleFor(version);
  if (binary) results.push(await measure(version, binary));
  else console.error(`${version}: no oracle`);
}
report(results);
if (options.record) keep(results.map(record));

async function measure(version, binary) {
  const definitions = definitionsOf(binary);
  const random = randomSource(Number(options.seed) * 7919 + Number(version.slice(2)));
  const accept = async (bases) =>
    (
      await judge(
        binary,
        bases.map(({ object }) => object),
      )
    ).map(({ valid }) => valid);
  const all = allSeeds(lib, version, options.also).filter(({ object }) => !kinds || kinds.includes(object.kind));
  const good = await accept(all);
  const seeds = all.filter((_, index) => good[index]);
  const { accepted, refused, bank, missing, places } = await grow(seeds, { definitions, random }, accept, 10);
  const context = { definitions, random, bank };

  const counts = new Map([...CLASSES, 'accepted', 'added field'].map((name) => [name, new Count()]));
  const groups = new Groups();
  const judgeBatch = async (batch) => {
    const verdicts = await judge(
      binary,
      batch.map(({ object }) => object),
    );
    batch.forEach(({ fault, place, object }, index) => {
      const verdict = verdicts[index];
      if (isNoVerdict(verdict)) return;
      const findings = checkObjects([object], { targets: [version] }).filter(({ severity }) => severity === 'error');
      const result = compare(verdict, findings);
      counts.get(fault).add(verdict, result);
      if (!result.agree || result.first === false) groups.add({ fault, place, object, verdict, findings, ...result });
    });
  };
  const extra = (bases, fault) =>
    bases.map(({ object }) => ({ fault, place: `${object.apiVersion} ${object.kind}`, object }));
  let batch = [...extra([...all, ...accepted], 'accepted'), ...extra(refused, 'added field')];
  const variants = variantsOf(accepted, context, {
    per: Number(options.per),
    faults: Number(options.faults),
    ...(options.class && { classes: [options.class] }),
  });
  for (const variant of variants) {
    batch.push(variant);
    if (batch.length < BATCH) continue;
    await judgeBatch(batch);
    batch = [];
  }
  await judgeBatch(batch);
  if (show > 0) {
    const left = [...missing].flatMap(([kind, places]) => [...places].map((place) => `${kind} ${place}`));
    console.log(`${version}: places that no accepted object has: ${left.length}`);
    if (process.env.PLACES) console.log(left.join('\n'));
    groups.print(show);
  }
  const left = [...missing.values()].reduce((sum, { size }) => sum + size, 0);
  const faults = Number(options.faults);
  const release = binary.replace(/.*oracle-/, '');
  return {
    version: release,
    seed: options.seed,
    faults,
    counts,
    groups,
    places,
    missing: left,
    bases: accepted.length,
  };
}

function keep(measured) {
  const file = join(import.meta.dirname, 'agreement', 'results.json');
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const name = ({ version, faults }) => `${faults} ${version}`;
  const all = new Map([...kept, ...measured].map((one) => [name(one), one]));
  const sorted = [...all.values()].sort((a, b) => (name(a) < name(b) ? -1 : 1));
  writeFileSync(file, `${JSON.stringify(sorted, null, 1)}\n`);
}

// Records what the API server's code says of a choice of variants, in each version, for a test that needs no Go.
//   node scripts/record-verdicts.mjs [--seed 1] [--each 9]
// Needs the oracle's binaries (ORACLE_DIR), one a version; --each is how many of each kind and class. A line is a base,
// an object, or a variant of the last base: its name, what is changed in it ([path, value], or [path] for what is taken
// out), and what each version says: a bit set of versions (the first of the header is bit 0) and the fields that they
// refuse, or null for those that refuse without naming one. Versions that are not there accept it.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { allSeeds, grow } from './agreement/bases.mjs';
import { fieldsOf, isNoVerdict } from './agreement/compare.mjs';
import { definitionsOf, judge, oracleFor } from './agreement/oracle.mjs';
import { isObject } from './agreement/schema.mjs';
import { randomSource } from './agreement/values.mjs';
import { variantsOf } from './agreement/variants.mjs';

const require = createRequire(import.meta.url);
const lib = require('./build.cjs').cachedBuild();
const { values: options } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, each: { type: 'string', default: '9' } },
});

/** What makes one value of the other: the smallest parts that differ. */
function difference(from, to, path = []) {
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  const alike = Array.isArray(from) ? Array.isArray(to) && from.length === to.length : isObject(from) && isObject(to);
  if (!alike) return [[path, to]];
  const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...keys].flatMap((key) => {
    if (!Object.hasOwn(to, key)) return [[[...path, key]]];
    return Object.hasOwn(from, key) ? difference(from[key], to[key], [...path, key]) : [[[...path, key], to[key]]];
  });
}

const VERSIONS = ['1.32', '1.33', '1.34', '1.35', '1.36', '1.37'];
const maker = '1.34';
const binary = oracleFor(maker);
const random = randomSource(Number(options.seed));
const definitions = definitionsOf(binary);
const accept = async (bases) =>
  (
    await judge(
      binary,
      bases.map(({ object }) => object),
    )
  ).map(({ valid }) => valid);
const all = allSeeds(lib, maker);
const good = await accept(all);
const seeds = all.filter((_, index) => good[index]);
const { accepted, bank } = await grow(seeds, { definitions, random }, accept, 10);

const chosen = new Map();
for (const faults of [1, 2]) {
  for (const variant of variantsOf(accepted, { definitions, random, bank }, { per: 1, faults })) {
    const { object, place, fault } = variant;
    // Size has its own tests.
    if (JSON.stringify(object).length > 30_000) continue;
    const name = `${faults} ${object.apiVersion ?? ''} ${object.kind} ${fault}`;
    const found = chosen.get(name) ?? { met: 0, variants: [] };
    chosen.set(name, found);
    const most = (faults === 1 ? 1 : 0.3) * Number(options.each) * (object.kind === 'Pod' ? 4 : 1);
    found.met++;
    const entry = { ...variant, name: `${place}: ${fault}${faults === 2 ? ', and another' : ''}` };
    if (found.variants.length < most) found.variants.push(entry);
    else if (random.below(found.met) < most) found.variants[random.below(found.variants.length)] = entry;
  }
}
const variants = [...chosen.values()].flatMap(({ variants }) => variants).sort((a, b) => a.base - b.base);
const verdicts = variants.map(() => []);
for (const version of VERSIONS) {
  const answers = await judge(
    oracleFor(version),
    variants.map(({ object }) => object),
  );
  for (const [index, verdict] of answers.entries()) verdicts[index].push(verdict);
}
const lines = [JSON.stringify({ seed: Number(options.seed), versions: VERSIONS })];
let last = -1;
for (const [index, { base, name, object }] of variants.entries()) {
  if (verdicts[index].some(isNoVerdict)) continue;
  const said = new Map();
  for (const [bit, verdict] of verdicts[index].entries()) {
    if (verdict.valid) continue;
    const fields = fieldsOf(verdict);
    const key = JSON.stringify(fields ? [...fields] : null);
    said.set(key, (said.get(key) ?? 0) | (1 << bit));
  }
  if (base !== last) lines.push(JSON.stringify({ base: accepted[base].object }));
  last = base;
  const refused = [...said].map(([fields, versions]) => [versions, JSON.parse(fields)]);
  lines.push(JSON.stringify({ name, change: difference(accepted[base].object, object), refused }));
}
const packed = brotliCompressSync(`${lines.join('\n')}\n`, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
});
const file = join(import.meta.dirname, '..', 'podwright', 'rules', '__fixtures__', 'verdicts.jsonl.br');
writeFileSync(file, packed);
console.error(`${variants.length} variants of ${lines.length - variants.length} objects, ${packed.length} bytes`);

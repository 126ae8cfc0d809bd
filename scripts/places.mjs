// How often a finding is at the line of the program that caused it: one literal, name or property of a program is made
// faulty at a time, its line being known, and the program is synthesized.
//   node scripts/places.mjs --seed 7 [--per 40] [--styles plain,plus] [--show 20] [--write]
// --per is the number of faults a program; --show lists findings at another line; --write records the figures.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { faultsOf } from './places/literals.mjs';
import { programs } from './places/programs.mjs';

const root = join(import.meta.dirname, '..');
const lib = createRequire(import.meta.url)('./build.cjs').cachedBuild();
const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    per: { type: 'string', default: '40' },
    styles: { type: 'string' },
    show: { type: 'string', default: '0' },
    write: { type: 'boolean', default: false },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'podwright-places-'));
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

/** The findings of a program of these files, each `{ key, source }`; undefined when it does not come to a synthesis. */
function findingsOf(name, { main, files }) {
  const cwd = join(folder, name);
  rmSync(cwd, { recursive: true, force: true });
  for (const [file, text] of files) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), text);
  }
  const request = {
    main: join(cwd, main),
    cwd,
    argv: ['node', main],
    installation: { packageRoot: join(root, 'podwright'), lib },
  };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(lib, 'synth', 'trace', 'child.js')], {
      cwd,
      stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
    });
    const chunks = [];
    child.stdio[3].on('data', (chunk) => chunks.push(chunk));
    child.stdin.end(JSON.stringify(request));
    child.on('close', () => {
      const text = Buffer.concat(chunks).toString();
      resolve(text === '' ? undefined : JSON.parse(text).map(([key, source]) => ({ key, source })));
    });
  });
}

/** mulberry32 */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffled(items, random) {
  const all = [...items];
  for (let n = all.length - 1; n > 0; n--) {
    const other = Math.floor(random() * (n + 1));
    [all[n], all[other]] = [all[other], all[n]];
  }
  return all;
}

const random = randomOf(Number(options.seed));
const only = options.styles?.split(',');
const results = [];
const jobs = [];
for (const program of programs(root)) {
  if (only && !only.includes(program.style)) continue;
  const all = [...program.files].flatMap(([file, text]) => {
    return /\.([cm]?[tj]s|json)$/.test(file) ? faultsOf(text, file).map((fault) => ({ ...fault, file })) : [];
  });
  const sound = findingsOf('sound', program).then((findings) => {
    if (!findings) throw new Error(`${program.style}: ${program.name} does not synthesize`);
    return new Set(findings.map(({ key }) => key));
  });
  for (const fault of shuffled(all, random).slice(0, Math.ceil(Number(options.per) * (program.share ?? 1))))
    jobs.push({ program, fault, sound });
  await sound;
}

let number = 0;
async function work(worker) {
  for (let job = jobs[number++]; job; job = jobs[number++]) {
    const { program, fault, sound } = job;
    const before = await sound;
    const text = program.files.get(fault.file);
    const files = new Map(program.files).set(
      fault.file,
      text.slice(0, fault.start) + fault.text + text.slice(fault.end),
    );
    const findings = await findingsOf(`worker-${worker}`, { ...program, files });
    // A fault that the program itself falls over has a stack; one that nothing follows from has no finding.
    const found = (findings ?? []).filter(({ key }) => !before.has(key));
    for (const { key, source } of found) {
      const isThere = source?.file === fault.file && source.line === fault.line;
      results.push({ style: program.style, name: program.name, fault, key, source, isThere });
    }
    if (process.stderr.isTTY) process.stderr.write(`\r${number}/${jobs.length}`);
  }
}
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, (_, worker) => work(worker)));
rmSync(folder, { recursive: true, force: true });

// What is left out has no line of its own: it is counted apart.
const literals = results.filter(({ fault }) => fault.fault !== 'missing');

/** `{ name: [there, all] }` by what `of` says of a result. */
function countBy(of, among = literals) {
  const counts = {};
  for (const result of among) {
    counts[of(result)] ??= [0, 0];
    const count = counts[of(result)];
    count[0] += result.isThere ? 1 : 0;
    count[1]++;
  }
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

for (const { style, name, fault, key, source } of results
  .filter(({ isThere }) => !isThere)
  .slice(0, Number(options.show))) {
  console.log(
    `${style} ${name} ${fault.fault} ${fault.file}:${fault.line} ${JSON.stringify(fault.text.slice(0, 30))} -> ${source ? `${source.file}:${source.line}` : 'nowhere'} ${key.slice(0, 200)}`,
  );
}
const figures = {
  seed: Number(options.seed),
  faults: jobs.length,
  // Of the faults that have findings, those of which one is at the line.
  atLeastOne: [
    new Set(literals.filter(({ isThere }) => isThere).map(({ fault }) => fault)).size,
    new Set(literals.map(({ fault }) => fault)).size,
  ],
  all: [literals.filter(({ isThere }) => isThere).length, literals.length],
  byFault: countBy(({ fault }) => fault.fault, results),
  byStyle: countBy(({ style }) => style),
  byFamily: countBy(({ key }) => JSON.parse(key)[0].split('/')[0]),
};
const percent = ([there, all]) => `${((100 * there) / Math.max(all, 1)).toFixed(1).padStart(6)} %  ${there} of ${all}`;
console.log(`seed ${figures.seed}, ${figures.faults} faults`);
console.log(`findings         ${percent(figures.all)}\nfaults           ${percent(figures.atLeastOne)}`);
for (const part of [figures.byFault, figures.byStyle, figures.byFamily]) {
  console.log();
  for (const [name, count] of Object.entries(part)) console.log(`${name.padEnd(16)} ${percent(count)}`);
}
if (options.write)
  writeFileSync(join(root, 'scripts', 'places', 'figures.json'), `${JSON.stringify(figures, null, 2)}\n`);

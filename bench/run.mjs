// `npm run bench`: measures podwright beside what people would use instead, and writes bench/results.json, of which
// docs/performance.md is made (`npm run generate`). Needs the package registry. Options: --only ID[,ID] measures those
// rows anew and leaves the others as they are; --runs N runs each subject N times at most; --keep leaves the folder.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measure } from './measure.mjs';
import { profile } from './profile.mjs';
import { prepare, VERSIONS } from './project.mjs';
import { rowsOf } from './rows.mjs';

const { claims, median } = createRequire(import.meta.url)('./claims.cjs');
const root = fileURLToPath(new URL('..', import.meta.url));
const file = join(root, 'bench', 'results.json');
const { values: options } = parseArgs({
  options: { only: { type: 'string' }, runs: { type: 'string' }, keep: { type: 'boolean' } },
});
const only = options.only?.split(',');
const most = Number(options.runs ?? Number.POSITIVE_INFINITY);

const place = realpathSync(mkdtempSync(join(os.tmpdir(), 'podwright-bench-')));
const project = prepare(place);
const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { rows: [] };
const rows = [];
for (const row of rowsOf(project)) {
  if (only && !only.includes(row.id)) {
    const old = known.rows.find(({ id }) => id === row.id);
    if (old) rows.push(old);
    continue;
  }
  process.stderr.write(`${row.name}\n`);
  rows.push(await runRow(row));
}

/** Where the time of a row's podwright subject goes; kept when the row is. */
function profileOf(rowId) {
  if (only && !only.includes(rowId)) return known.profile;
  const subject = rowsOf(project)
    .find(({ id }) => id === rowId)
    .subjects.find(({ id }) => id === 'podwright');
  subject.before();
  return profile(subject);
}

/** Each subject once, then each once more: side by side. */
async function runRow({ id, name, runs, warmUps = 2, subjects }) {
  const all = subjects.map((subject) => ({ subject, taken: [], skipped: missing(subject) }));
  for (let run = -warmUps; run < Math.min(runs, most); run++) {
    for (const one of all) {
      const { subject } = one;
      // Those that are run less often take long, and keep nothing from run to run.
      if (one.skipped || (subject.runs && (run < 0 || run >= subject.runs))) continue;
      try {
        subject.before?.();
        const taken = subject.take ? await subject.take() : [measure(subject)];
        // The first run fills the caches and the second compiles from them: what is measured is those after.
        if (run >= 0) one.taken.push(...taken);
      } catch (error) {
        if (!subject.peer) throw error;
        one.skipped = String(error.message).slice(0, 300);
      }
    }
  }
  for (const { subject, taken, skipped } of all) {
    const ms = skipped ?? `${median(taken.map((one) => one.ms)).toFixed(0)} ms`;
    process.stderr.write(`  ${subject.name.padEnd(50)} ${ms}\n`);
  }
  return {
    id,
    name,
    load: round2(os.loadavg()[0]),
    subjects: all.map(({ subject, taken, skipped }) => ({
      id: subject.id,
      name: subject.name,
      ...(skipped ? { skipped } : { runs: taken }),
    })),
  };
}

/** Why a peer cannot be run; undefined when it can, and for what is no peer. */
function missing({ peer, name }) {
  if (!peer) return undefined;
  const { status, error } = spawnSync(peer[0], peer.slice(1), { stdio: 'ignore' });
  return error || status !== 0 ? `${name} is not installed` : undefined;
}

function round2(number) {
  return Math.round(number * 100) / 100;
}

const results = {
  about: 'Written by npm run bench. Times are of whole processes, in milliseconds; mb is peak resident memory.',
  date: new Date().toISOString().slice(0, 10),
  machine: {
    processor: os.cpus()[0].model.trim(),
    cores: os.cpus().length,
    memory: `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    system: `${os.type()} ${os.release()}`,
    node: process.version,
  },
  versions: {
    podwright: execFileSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8' }).trim(),
    ...VERSIONS,
  },
  profile: profileOf('thin'),
  rows,
};
writeFileSync(file, `${JSON.stringify(results, null, 1)}\n`);
for (const { work, atLeast, aim, text, reached } of claims(results))
  process.stdout.write(
    `${reached.padEnd(9)} ${work}: ${text} (${[atLeast && `at least ${atLeast}`, aim && `aim ${aim}`].filter(Boolean).join(', ')})\n`,
  );
process.stdout.write(`Wrote bench/results.json; npm run generate writes docs/performance.md from it\n`);
if (options.keep) process.stdout.write(`kept: ${place}\n`);
else rmSync(place, { recursive: true, force: true });

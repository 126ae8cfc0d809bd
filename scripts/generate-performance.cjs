// Makes docs/performance.md of bench/results.json: the figures are in one place, and the page says what they say.
const fs = require('node:fs');
const path = require('node:path');
const { claims, median } = require('../bench/claims.cjs');

const root = path.join(__dirname, '..');

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`.replaceAll('  ', ' ');
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** A row's subjects: the median, the least and the most of the times, and the medians of what else was taken. */
function subjectTable({ subjects }) {
  const measured = subjects.filter(({ runs }) => runs);
  const has = (key) => measured.some(({ runs }) => runs.some((run) => run[key] !== undefined));
  const columns = [
    ['processor ms', 'cpu'],
    ['memory MB', 'mb'],
    ['synthesis ms', 'said'],
  ].filter(([, key]) => has(key));
  return table(
    ['', 'runs', 'ms', 'least', 'most', ...columns.map(([name]) => name)],
    measured.map(({ name, runs }) => {
      const all = runs.map((run) => run.ms);
      const others = columns.map(([, key]) => {
        const values = runs.flatMap((run) => run[key] ?? []);
        return values.length === 0 ? '' : Math.round(median(values));
      });
      return [name, all.length, ...[median(all), Math.min(...all), Math.max(...all)].map(Math.round), ...others];
    }),
  );
}

function profileTable({ profile }) {
  if (!profile) return '';
  return `${table(
    ['', '% of the samples'],
    profile.filter(({ share }) => share >= 1).map(({ part, share }) => [part, share.toFixed(0)]),
  )}\n`;
}

function skipped(rows) {
  const names = rows.flatMap(({ subjects }) => subjects.filter((one) => one.skipped).map((one) => one.skipped));
  return names.length === 0 ? '' : `\nNot measured: ${names.map((name) => name.trim()).join('; ')}.\n`;
}

function page(results) {
  const { machine, versions, date, rows } = results;
  const loads = rows.map(({ load }) => load);
  return `<!-- Generated from bench/results.json by npm run generate. Do not edit. -->
# Performance

\`npm run bench\` packs the package, installs it in an empty project as a user does, and runs it there beside cdk8s:
whole processes, from the command to its end, with nothing else left to do. The two take turns, so that what else the
machine does meets both alike; a figure is the median of its runs. Every file goes through the rules before it is
written; cdk8s checks nothing.

Measured on ${date}: ${machine.processor}, ${machine.cores} cores, ${machine.memory}, ${machine.system}, Node ${machine.node.slice(1)}, with a
load average of ${Math.min(...loads)} to ${Math.max(...loads)} from all that ran on it;
${Object.entries(versions)
  .map(([name, version]) => `${name} ${version}`)
  .join(', ')}. All runs are in [results.json](../bench/results.json).

## Goals

${table(
  ['work', 'at least', 'aim', 'measured', 'reached'],
  claims(results).map(({ work, atLeast, aim, text, reached }) => [work, atLeast ?? '', aim ?? '', text, reached]),
)}

## Figures

### Where the time of 10,000 thin Pods goes

${profileTable(results)}
${rows.map((row) => `### ${row.name}\n\n${subjectTable(row)}\n`).join('\n')}${skipped(rows)}
${fs.readFileSync(path.join(root, 'bench', 'reading.md'), 'utf8').trimEnd()}
`;
}

module.exports = () => {
  const results = path.join(root, 'bench', 'results.json');
  return [{ path: 'docs/performance.md', text: page(JSON.parse(fs.readFileSync(results, 'utf8'))) }];
};

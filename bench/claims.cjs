// What the figures of bench/results.json have to show: a line a goal, with what was measured and whether that is enough.

/** Of an even number of values the mean of the middle two. */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @returns the median of a figure of a subject's runs; undefined when it was not measured. */
function figure(results, rowId, subjectId, key = 'ms') {
  const row = results.rows.find(({ id }) => id === rowId);
  const runs = row?.subjects.find(({ id }) => id === subjectId)?.runs;
  return runs?.length > 0 ? median(runs.map((run) => run[key])) : undefined;
}

const times = (number) => (number < 10 ? `${number.toFixed(1)}x` : `${number.toFixed(0)}x`);
const ms = (number) => `${number < 10 ? number.toFixed(1) : Math.round(number)} ms`;

/** Each goal: the work, what it needs, how it is said, and whether the figures reach the least and the aim. */
const GOALS = [
  {
    work: 'One Pod, a new process, nothing changed, over `node -e 0`',
    atLeast: '40 ms',
    aim: '20 ms',
    needs: [
      ['start', 'unchanged'],
      ['start', 'node'],
    ],
    of: (run, node) => ({ text: ms(run - node), least: run - node <= 40, aim: run - node <= 20 }),
  },
  {
    work: 'The same, against `npx cdk8s synth` with ts-node',
    atLeast: '15x',
    needs: [
      ['start', 'cdk8s-ts'],
      ['start', 'unchanged'],
      ['start', 'npx'],
    ],
    of: (cdk8s, run, npx) => ({
      text: `${times(cdk8s / run)}; ${times(cdk8s / npx)} where podwright is run by npx too`,
      least: cdk8s / run >= 15,
    }),
  },
  {
    work: 'The same after an edit of main.ts, over `node -e 0`',
    atLeast: '90 ms',
    aim: '45 ms',
    needs: [
      ['start', 'edited'],
      ['start', 'node'],
    ],
    of: (run, node) => ({ text: ms(run - node), least: run - node <= 90, aim: run - node <= 45 }),
  },
  {
    work: '10,000 thin Pods, one chart, to dist',
    atLeast: '5x cdk8s',
    aim: '8x',
    needs: [
      ['thin', 'cdk8s'],
      ['thin', 'podwright'],
    ],
    of: (cdk8s, run) => ({ text: times(cdk8s / run), least: cdk8s / run >= 5, aim: cdk8s / run >= 8 }),
  },
  {
    work: 'The same, against helm template, which renders alone',
    aim: 'under it',
    needs: [
      ['thin', 'helm'],
      ['thin', 'podwright'],
    ],
    of: (helm, run) => ({ text: `${(run / helm).toFixed(2)} of its time`, least: true, aim: run < helm }),
  },
  {
    work: '10,000 cdk8s-plus Pods, unmodified classes',
    atLeast: '2x cdk8s',
    aim: '3x',
    needs: [
      ['plus', 'cdk8s'],
      ['plus', 'podwright'],
    ],
    of: (cdk8s, run) => ({ text: times(cdk8s / run), least: cdk8s / run >= 2, aim: cdk8s / run >= 3 }),
  },
  {
    work: '3,000 charts of one Pod',
    atLeast: '20x cdk8s',
    aim: 'linear',
    needs: [
      ['charts', 'cdk8s'],
      ['charts', 'podwright'],
      ['charts', 'twice'],
    ],
    of: (cdk8s, run, twice) => ({
      text: `${times(cdk8s / run)}; twice as many take ${times(twice / run)} as long`,
      least: cdk8s / run >= 20,
      aim: twice / run <= 2.1,
    }),
  },
  {
    work: '20 layers of dependencies, 5 objects a layer',
    atLeast: '100 ms',
    aim: 'linear',
    needs: [
      ['layers', 'podwright-20', 'said'],
      ['layers', 'podwright-160', 'said'],
    ],
    of: (run, long) => ({
      text: `${ms(run)}; 8 times as many layers take ${times(long / run)} as long`,
      least: run <= 100,
      aim: long / run <= 8,
    }),
  },
  {
    work: '100,000 thin Pods, against the 10,000',
    atLeast: '11x',
    needs: [
      ['large', 'podwright'],
      ['large', 'podwright-10000'],
    ],
    of: (large, run) => ({ text: times(large / run), least: large / run <= 11 }),
  },
  {
    work: "Peak memory of the 100,000, of cdk8s's",
    aim: '0.5',
    needs: [
      ['large', 'podwright', 'mb'],
      ['large', 'cdk8s', 'mb'],
    ],
    of: (run, cdk8s) => ({ text: (run / cdk8s).toFixed(2), least: true, aim: run / cdk8s < 0.5 }),
  },
  {
    work: "Peak memory of the 10,000, of cdk8s's",
    atLeast: '0.85',
    aim: '0.7',
    needs: [
      ['thin', 'podwright', 'mb'],
      ['thin', 'cdk8s', 'mb'],
    ],
    of: (run, cdk8s) => ({
      text: (run / cdk8s).toFixed(2),
      least: run / cdk8s <= 0.85,
      aim: Number((run / cdk8s).toFixed(2)) <= 0.7,
    }),
  },
  {
    work: "Save to dist in watch mode, this repository's program",
    atLeast: '100 ms',
    aim: '30 ms',
    needs: [['watch', 'podwright']],
    of: (run) => ({ text: ms(run), least: run <= 100, aim: run <= 30 }),
  },
];

/** @returns a line a goal: { work, atLeast, aim, text, reached } */
function claims(results) {
  return GOALS.map(({ work, atLeast, aim, needs, of }) => {
    const figures = needs.map((need) => figure(results, ...need));
    if (figures.includes(undefined)) return { work, atLeast, aim, text: 'not measured', reached: '' };
    const found = of(...figures);
    const reached = !found.least ? 'no' : found.aim ? 'aim' : atLeast ? 'yes' : 'no';
    return { work, atLeast, aim, text: found.text, reached };
  });
}

module.exports = { claims, figure, median };

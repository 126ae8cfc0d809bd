// The step of scripts/generate.mjs that makes docs/agreement.md of what scripts/agreement.mjs --record has measured.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const APART = new Set(['accepted', 'added field']);
const percent = (part, whole) => {
  if (whole === 0) return '-';
  // Rounded down: 100 is all of them.
  return `${(Math.floor((part / whole) * 10_000) / 100).toFixed(2)}%`;
};
const total = (counts, key) => Object.values(counts).reduce((sum, count) => sum + count[key], 0);
const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** Why a disagreement is one; the first that fits. */
const REASONS = [
  [/simpleC-/, 'mended since: the name that the server makes of a generateName is judged too'],
  [/must be a valid IPv6 address/, '1.32 names the address, later versions the list of them; we name the address'],
  [
    /may not contain '\/'/,
    'the server tells of a generateName with a slash only where nothing else is wrong; we tell of both',
  ],
  [/entropy bits/, 'mended since: the server counts log2(queues) x handSize'],
  [/maxLimitRequestRatio.*e18/, 'of a ratio beyond 64 bits nothing is left in the server, and it is not too large'],
  [
    /cel\.expression: .*compilation failed/,
    'a device selector whose names are right and whose types are not: our CEL finds types out when it evaluates',
  ],
  [
    /: only divisor's values/,
    'the server compares the divisor as it is spelt where it keeps the spelling: `+1`, `1e0`',
  ],
  [
    /: must be an integer/,
    'the server counts thousandths in 64 bits, which runs over at 9.2e15 of what can only be whole',
  ],
  [
    /volumes\[\d+\]|volumeMounts\[\d+\]/,
    'before 1.35 the server takes out a volume from an image, and numbers those after it anew; we name the place in the object',
  ],
];
const reasonOf = ({ server, ours }) =>
  REASONS.find(([pattern]) => pattern.test(server) || pattern.test(ours))?.[1] ?? 'not looked into';

function classRates({ counts }) {
  return Object.entries(counts)
    .filter(([name, { all }]) => !APART.has(name) && all > 0)
    .map(([name, { all, agreed }]) => ({ name, all, agreed, rate: agreed / all }));
}

function summary(results) {
  const rows = results.map((result) => {
    const rates = classRates(result);
    const mean = rates.reduce((sum, { rate }) => sum + rate, 0) / rates.length;
    const lowest = rates.reduce((low, one) => (one.rate < low.rate ? one : low));
    const { counts, version, seed } = result;
    return [
      version,
      seed,
      number(total(counts, 'all')),
      percent(mean, 1),
      `${percent(lowest.rate, 1)} ${lowest.name}`,
      `${number(total(counts, 'alarms'))} of ${number(total(counts, 'accepted'))}`,
      percent(total(counts, 'first'), total(counts, 'named')),
    ];
  });
  return table(['version', 'seed', 'objects', 'agreement', 'lowest class', 'false alarms', 'first field named'], rows);
}

function classes(results) {
  const names = Object.keys(results[0].counts);
  return table(
    ['class', ...results.map(({ version }) => version), 'objects'],
    names.map((name) => [
      name,
      ...results.map(({ counts }) => percent(counts[name].agreed, counts[name].all)),
      number(results.reduce((sum, { counts }) => sum + counts[name].all, 0)),
    ]),
  );
}

function disagreements(results) {
  const byReason = new Map();
  for (const { version, faults, disagreements } of results) {
    for (const one of disagreements) {
      const reason = reasonOf(one);
      const found = byReason.get(reason) ?? {
        count: 0,
        verdicts: 0,
        classes: new Set(),
        versions: new Set(),
        example: one,
      };
      byReason.set(reason, found);
      found.count += one.count;
      if (one.what !== 'other field') found.verdicts += one.count;
      for (const name of Object.keys(one.classes)) found.classes.add(name);
      found.versions.add(version);
      found.faults = faults;
    }
  }
  if (byReason.size === 0) return 'They do not.';
  const rows = [...byReason].sort((a, b) => b[1].count - a[1].count);
  const text = (value) => `\`${value.replaceAll('|', '\\|').replaceAll('`', "'").replace(/\s+/g, ' ').slice(0, 160)}\``;
  return table(
    ['disagreements', 'of the verdict', 'classes', 'why', 'at', 'server', 'podwright'],
    rows.map(([reason, { count, verdicts, classes, example }]) => [
      count,
      verdicts,
      [...classes].join(', '),
      reason,
      text(example.place),
      text(example.server),
      text(example.ours),
    ]),
  );
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** @returns the generated files: path from the repository's root, and text. */
module.exports = function generateAgreement() {
  const results = JSON.parse(readFileSync(join(__dirname, 'agreement', 'results.json'), 'utf8'));
  const one = results.filter(({ faults }) => faults === 1);
  const two = results.filter(({ faults }) => faults === 2);
  const [{ bases, places, reached }] = one;
  const text = `<!-- Generated by scripts/generate-agreement.cjs from scripts/agreement/results.json; do not edit. -->

# Agreement with the API server

How often the \`api/*\` rules say of an object what kube-apiserver's own code says of creating it, with strict field
validation: accept it, or refuse it. Measured on variants of objects, made anew from a seed; the tables
have it:

\`\`\`sh
node scripts/agreement.mjs --seed N --versions 1.34 --record --show 20             # one fault in an object
node scripts/agreement.mjs --seed N --versions 1.34 --record --show 20 --faults 2  # two
\`\`\`

The objects are written by hand (\`scripts/agreement/seeds\`) or this program's own (\`dist\`), and grown: each field of the
version's OpenAPI document that no object has at its place is added to one, ten rounds long, and what the server accepts
is kept. In ${one[0].version} that makes ${number(bases)} objects that the server accepts, which reach ${number(reached)} of ${number(places)} places in the schemas of
their kinds; the rest a create may not set, or no added value was accepted there. Each class of fault is then put in
everywhere it can be. What is added and refused is judged as well (\`added field\`), and what is accepted (\`accepted\`).

Agreement is the mean over the classes. A false alarm is an object that the server accepts and a rule refuses. The first
field named is right if it is one that the server names.

None of the seeds was used while the rules were written.

## One fault

${summary(one)}

By class:

${classes(one)}

${two.length === 0 ? '' : `## Two faults\n\n${summary(two)}\n\nBy class of the first:\n\n${classes(two)}\n`}
## Where they disagree

With one fault or two, all versions together:

${disagreements(results)}

What the server fills in before it validates is filled in for the code too: a Pod's \`serviceAccountName\`, and the
\`healthCheckNodePort\` of a Service. What only a running server knows is not in this: whether a namespace, a class or a
reference exists, quotas and webhooks.
`;
  return [{ path: 'docs/agreement.md', text }];
};

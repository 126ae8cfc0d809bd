// Asks kubectl, offline, how it reads what the toolkit writes, and keeps the answers for the tests, which need none.
// Besides the strings that the fixture keeps, thousands of random ones are asked about, once.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { isDeepStrictEqual } = require('node:util');
const { cachedBuild } = require('./build.cjs');

const fixtures = path.join(__dirname, '..', 'podwright', 'synth', 'yaml', '__fixtures__');
const { emit } = require(path.join(cachedBuild(), 'synth', 'yaml', 'emit.js'));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'podwright-'));

function kubectl(...args) {
  return execFileSync('kubectl', args, { encoding: 'utf8', maxBuffer: 1 << 30 });
}

/** The object as kubectl reads our text of it. */
function read(yaml) {
  const file = path.join(folder, 'object.yaml');
  fs.writeFileSync(file, yaml);
  const object = JSON.parse(kubectl('annotate', '--local', '-f', file, 'read=true', '-o', 'json'));
  delete object.metadata.annotations;
  return object;
}

function document(strings) {
  const byKey = Object.fromEntries(strings.map((text, index) => [text, index]));
  const data = { list: strings, byKey, nested: [strings.map((text) => ({ [text]: text }))] };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'strings' }, data };
}

/** An object and our text of it, which kubectl reads as that object. */
function asked(strings) {
  const object = document(strings);
  const yaml = emit(object);
  const answer = read(yaml);
  if (!isDeepStrictEqual(answer, object)) {
    const wrong = strings.filter(
      (text, index) => answer.data.list[index] !== text || answer.data.byKey[text] !== index,
    );
    throw new Error(`kubectl reads ${wrong.length} strings as others: ${JSON.stringify(wrong.slice(0, 10))}`);
  }
  return { object, yaml };
}

const strings = JSON.parse(fs.readFileSync(path.join(fixtures, 'strings.json'), 'utf8'));
const documents = [];
for (let at = 0; at < strings.length; at += 25) documents.push(asked(strings.slice(at, at + 25)));
fs.writeFileSync(
  path.join(fixtures, 'kubectl.json'),
  `${JSON.stringify({ generatedBy: 'node scripts/record-kubectl.cjs', version: kubectl('version', '--client').split('\n')[0], documents }, null, 1)}\n`,
);

const pieces = [...new Set(strings.flatMap((text) => [text, ...text]))];
const random = () =>
  Array.from({ length: 1 + Math.random() * 6 }, () => pieces[Math.floor(Math.random() * pieces.length)]).join('');
for (let round = 0; round < 50; round++) asked([...new Set(Array.from({ length: 2000 }, random))]);
fs.rmSync(folder, { recursive: true });
console.log(`kubectl read ${strings.length} strings and 100,000 random ones as they were written`);

// And how kubectl merges a strategic merge patch.
const patchFixtures = path.join(__dirname, '..', 'podwright', 'synth', 'patch', '__fixtures__');
const { object, patches } = JSON.parse(fs.readFileSync(path.join(patchFixtures, 'strategic-cases.json'), 'utf8'));
const file = path.join(os.tmpdir(), `podwright-${process.pid}.json`);
fs.writeFileSync(file, JSON.stringify(object));
const results = patches.map((patch) =>
  JSON.parse(kubectl('patch', '--local', '--type', 'strategic', '-f', file, '-p', JSON.stringify(patch), '-o', 'json')),
);
fs.rmSync(file);
fs.writeFileSync(
  path.join(patchFixtures, 'strategic-results.json'),
  `${JSON.stringify({ generatedBy: 'node scripts/record-kubectl.cjs', results }, null, 1)}\n`,
);
console.log(`kubectl merged ${patches.length} patches`);

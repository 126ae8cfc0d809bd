// Records the fixtures of the upstream project, which say what each version of each level allows and forbids:
//   node scripts/record-pod-security.mjs FOLDER
// with the folder of the sources of k8s.io/pod-security-admission. They are under the Apache License 2.0. Equal Pods
// are written down once, with all versions that have them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('expected the folder of k8s.io/pod-security-admission');
const data = join(folder, 'test', 'testdata');
const fixtures = new Map();
for (const level of ['baseline', 'restricted']) {
  const versions = readdirSync(join(data, level)).map((version) => Number(version.replace('v1.', '')));
  for (const minor of versions.sort((a, b) => a - b)) {
    for (const verdict of ['pass', 'fail']) {
      const cases = join(data, level, `v1.${minor}`, verdict);
      for (const file of readdirSync(cases).sort()) {
        const { metadata, spec } = parse(readFileSync(join(cases, file), 'utf8'));
        const { name, ...rest } = metadata;
        const check = file.replace(/\d*\.yaml$/, '');
        const fixture = { check, level, passes: verdict === 'pass', metadata: rest, spec };
        const key = JSON.stringify(fixture);
        const known = fixtures.get(key);
        if (known) known.minors.push(minor);
        else fixtures.set(key, { ...fixture, minors: [minor] });
      }
    }
  }
}
/** 0, 1, 2, 5 as [[0, 2], [5, 5]]. */
function ranges(minors) {
  const found = [];
  for (const minor of minors) {
    if (found.at(-1)?.[1] === minor - 1) found.at(-1)[1] = minor;
    else found.push([minor, minor]);
  }
  return found;
}
const lines = [...fixtures.values()].map(({ minors, ...fixture }) =>
  JSON.stringify({ ...fixture, minors: ranges(minors) }),
);
const target = new URL('../podwright/rules/pod-security/__fixtures__/upstream.jsonl', import.meta.url);
writeFileSync(fileURLToPath(target), `${lines.join('\n')}\n`);
console.log(`${lines.length} fixtures`);

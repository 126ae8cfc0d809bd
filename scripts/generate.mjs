// Writes every generated file of the repository, or says with --check which are not current. A step is a function of
// the compiled toolkit's folder that returns the files it is to make: { path from the root, text }.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
const { cachedBuild } = require('./build.cjs');

const steps = [
  './generate-k8s.cjs',
  './generate-imports.cjs',
  './generate-rules.cjs',
  './generate-custom-resources.cjs',
  './generate-lines.cjs',
  './generate-performance.cjs',
  './generate-agreement.cjs',
];

const check = process.argv.includes('--check');
let stale = 0;
for (const step of steps) {
  // A step may need what an earlier one has written: build anew.
  for (const { path, text } of await require(step)(cachedBuild())) {
    const file = join(root, path);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    stale++;
    if (check) process.stderr.write(`${path} is not current\n`);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      process.stderr.write(`wrote ${path}\n`);
    }
  }
}
if (check && stale > 0) {
  process.stderr.write('Make them again: npm run generate\n');
  process.exitCode = 1;
}

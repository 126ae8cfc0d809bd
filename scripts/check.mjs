// `npm run check`: everything that a commit is held to, each step once. All steps run, whatever fails before them; a
// failed one prints what it found and the command that mends it.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** The output of a step, less what only says that something passed. */
function said(output) {
  return output.replace(/^PASS .*\n/gm, '').trimEnd();
}

/** A file of an installed package, to be run by this Node: no shell between, on any system. */
function script(name, ...path) {
  return join(dirname(require.resolve(`${name}/package.json`)), ...path);
}

const quick = [
  {
    name: 'format and lint',
    args: [script('@biomejs/biome', 'bin', 'biome'), 'ci', '--error-on-warnings', '--colors=off', '.'],
    mend: 'npm run format',
  },
  { name: 'types', args: [script('typescript', 'lib', 'tsc.js'), '--noEmit'], mend: 'correct the types above' },
  {
    name: "the browser tests' types",
    args: [script('typescript', 'lib', 'tsc.js'), '--noEmit', '-p', 'browser'],
    mend: 'correct the types above',
  },
  { name: 'generated files are current', args: ['scripts/generate.mjs', '--check'], mend: 'npm run generate' },
  {
    name: 'dist is current',
    args: ['podwright/bin/podwright.js', 'synth', '--check'],
    mend: 'npm run synth, and commit dist',
  },
];
// The layers, the package's contents, the lockfile and the documentation are tests too.
const tests = {
  name: 'tests and layers',
  args: [script('jest', 'bin', 'jest.js'), '--ci', '--silent'],
  mend: 'npx jest FILE; a snapshot that is meant to change: npx jest -u FILE',
};

// What is printed is read in logs too.
const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };

function run({ name, args, mend }) {
  const started = performance.now();
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        output += text;
      });
    }
    child.on('close', (status) => {
      const seconds = `${((performance.now() - started) / 1000).toFixed(1)} s`;
      const passed = status === 0;
      process.stdout.write(`${passed ? 'ok  ' : 'FAIL'}  ${name.padEnd(28)} ${seconds.padStart(7)}\n`);
      if (!passed) process.stdout.write(`${said(output).replace(/^(?=.)/gm, '      ')}\n      To mend it: ${mend}\n`);
      done(passed);
    });
  });
}

const results = await Promise.all(quick.map(run));
results.push(await run(tests));
const failed = results.filter((passed) => !passed).length;
process.stdout.write(`${results.length - failed} checks passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

#!/usr/bin/env node
// Runs the compiled toolkit: lib/ in the published package; in a checkout, which has none, a build of the sources
// that is kept in node_modules/.cache and made again when a source changes.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const checkout = existsSync(join(root, 'index.ts'));
const lib = checkout ? require('../../scripts/build.cjs').cachedBuild() : join(root, 'lib');
const installation = { packageRoot: root, lib };
const args = process.argv.slice(2);
// A program that was synthesized before starts from what was compiled then, the toolkit included.
const kept =
  args[0] === 'synth' ? require(join(lib, 'synth', 'program', 'warm.js')).start(process.cwd(), args, installation) : {};
const main = join(lib, 'cli', 'main.js');
(kept.warm ? kept.warm.load(main) : require(main)).main(args, installation, kept);

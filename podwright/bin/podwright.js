#!/usr/bin/env node
// Runs the compiled toolkit: lib/ in the published package; in a checkout, which has none, a build of the sources
// that is kept in node_modules/.cache and made again when a source changes.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const checkout = existsSync(join(root, 'index.ts'));
const lib = checkout ? require('../../scripts/build.cjs').cachedBuild() : join(root, 'lib');
require(join(lib, 'cli', 'main.js')).main(process.argv.slice(2), { packageRoot: root, lib });

// The rules as a validation of cdk8s-cli; in cdk8s.yaml:
//   validations:
//     - package: ./node_modules/podwright/bin/validation.js
//       version: 0.1.0
//       class: Rules
// It runs the compiled toolkit: lib/ in the published package; in a checkout, a build of the sources.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const checkout = existsSync(join(root, 'index.ts'));
const lib = checkout ? require('../../scripts/build.cjs').cachedBuild() : join(root, 'lib');
exports.Rules = require(join(lib, 'cli', 'validation.js')).Rules;
